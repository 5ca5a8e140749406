"""The table of answer links (R85): who made one, for whom, and what came of it. What is answered is in the log.

No personal data: `label` names a function, `made_by` an account by its key. Times are ms since epoch UTC.
"""

from django.db import models

from gemensam.answer_links.domain import LinkTimes


class AnswerLink(models.Model):
    """A link by which one asked organisation can answer one thing without an account.

    Only the SHA-256 (hex) of the link's secret is kept. `about` is the code of a `LinkKind`, `subject` the thing of
    that kind. `organisation` is asked; `made_for` is whose account writes the answer, by `made_by` in the function
    `made_as`. `answer`: the subject of the latest answer where that is a thing of its own, or "". `in_letter`: its
    address goes out in letters, and its secret is made as `letter_words` says.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=20)
    space = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
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
    answer = models.CharField(max_length=100, blank=True)
    in_letter = models.BooleanField(default=False)

    class Meta:
        db_table = "answer_link"
        indexes = [models.Index(fields=["space", "subject"], name="answer_link_of")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.label}"

    @property
    def times(self) -> LinkTimes:
        """What has happened with it."""
        return LinkTimes(
            made_at=self.made_at, margin_ms=self.margin_ms, opened_at=self.opened_at, answered_at=self.answered_at,
            revoked_at=self.revoked_at,
        )  # fmt: skip
