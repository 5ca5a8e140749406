"""The table of answer links (R85): who made one, for whom, and what came of it. What is answered is in the log.

No personal data: `label` names a function, `made_by` an account by its key. Times are ms since epoch UTC.
"""

from django.db import models


class AnswerLink(models.Model):
    """A link by which one asked organisation can answer one request without an account.

    Only the SHA-256 (hex) of the link's secret is kept. `organisation` is asked; `made_for` is whose account writes the
    answer: the asker's, by `made_by` in the function `made_as`. `report`: the subject of the latest answer, or "".
    """

    sha256 = models.CharField(max_length=64, unique=True)
    space = models.CharField(max_length=100)
    request = models.CharField(max_length=100)
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
    report = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "picture_answer_link"
        indexes = [models.Index(fields=["space", "request"], name="picture_answer_link_of")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.label}"
