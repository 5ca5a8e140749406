"""Tables of the local log. Rows are only added; nothing of them is ever shared with another node."""

from django.db import models


class Record(models.Model):
    """One thing that someone did, chained to the record before it by hashes (R66).

    `at` is in ms since epoch UTC. `detail` is canonical JSON without texts that people wrote. `account` is the local id
    of the account's row, empty where nobody was signed in.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()
    account = models.CharField(max_length=40, blank=True)
    function = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=100, blank=True)
    action = models.CharField(max_length=40)
    space = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.TextField(default="{}")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_record"
        indexes = [
            models.Index(fields=["organisation", "at"], name="audit_record_of"),
            models.Index(fields=["at"], name="audit_record_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class Delivery(models.Model):
    """From `at` on, everything up to `position` in a space had been made available to an organisation (design 6)."""

    organisation = models.CharField(max_length=100)
    space = models.CharField(max_length=100)
    position = models.BigIntegerField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "audit_delivery"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "space", "position"], name="audit_delivery_once")
        ]
        indexes = [models.Index(fields=["organisation", "space", "at"], name="audit_delivery_at")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.space} {self.position}"


class Insight(models.Model):
    """An organisation has let another one see what it had access to in a space, until a time.

    Kept when it has ended: `withdrawn_at` is 0 while nobody has withdrawn it. Functions, never persons.
    """

    organisation = models.CharField(max_length=100)
    space = models.CharField(max_length=100)
    to_organisation = models.CharField(max_length=100)
    reason = models.TextField()
    given_at = models.BigIntegerField()
    given_by = models.CharField(max_length=100)
    until = models.BigIntegerField()
    withdrawn_at = models.BigIntegerField(default=0)
    withdrawn_by = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "audit_insight"
        indexes = [models.Index(fields=["organisation", "space"], name="audit_insight_of")]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.to_organisation}"


class Opening(models.Model):
    """When an organisation first opened one entry, known by its digest."""

    organisation = models.CharField(max_length=100)
    space = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    at = models.BigIntegerField()

    class Meta:
        db_table = "audit_opening"
        constraints = [models.UniqueConstraint(fields=["organisation", "space", "digest"], name="audit_opening_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.digest}"
