"""The table of answer links of remisses: who made one, for which member, and what came of it. Answers are in the log.

No personal data: `label` names a function, `made_by` an account by its key. Times are ms since epoch UTC.
"""

from django.db import models


class RemissLink(models.Model):
    """A link by which one member can answer one remiss without an account; only the SHA-256 of its secret is kept.

    `made_for` is whose account writes the answer: the joint office's, by `made_by` in the function `made_as`.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    space = models.CharField(max_length=100)
    remiss = models.CharField(max_length=100)
    organisation = models.CharField(max_length=100)
    label = models.CharField(max_length=80)
    made_at = models.BigIntegerField()
    made_by = models.CharField(max_length=40)
    made_as = models.CharField(max_length=100)
    made_for = models.CharField(max_length=100)
    margin_ms = models.BigIntegerField()
    opened_at = models.BigIntegerField(null=True, blank=True)
    answered_at = models.BigIntegerField(null=True, blank=True)
    revoked_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "consultation_link"
        indexes = [models.Index(fields=["space", "remiss"], name="consultation_link_of")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.label}"
