"""The tables of the log. Written by `append` (and `disposal`) alone; read through `reading`.

Every table is keyed by space and position, so that nothing joins or counts across spaces (design 5.1).
"""

from django.db import models


class Entry(models.Model):
    """A signed entry as it was signed, with its arrival on this node."""

    space = models.TextField()
    position = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.TextField()
    subject = models.TextField()
    header = models.TextField()
    signature = models.CharField(max_length=128)
    received_at = models.BigIntegerField()

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.UniqueConstraint(fields=["space", "position"], name="ledger_entry_position"),
            models.UniqueConstraint(fields=["space", "digest"], name="ledger_entry_digest"),
        ]
        indexes = [models.Index(fields=["space", "subject", "position"], name="ledger_entry_subject")]


class Payload(models.Model):
    """What an entry says, apart from its header; goes with its salt when disposed of (F22c)."""

    space = models.TextField()
    position = models.BigIntegerField()
    salt = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        db_table = "ledger_payload"
        constraints = [models.UniqueConstraint(fields=["space", "position"], name="ledger_payload_position")]


class Extract(models.Model):
    """What the fold needs of a payload that is mostly text; made of it, and removed with it. Never signed or sent.

    `version` is the program's `EXTRACTS` when it was made.
    """

    space = models.TextField()
    position = models.BigIntegerField()
    version = models.IntegerField()
    value = models.TextField()

    class Meta:
        db_table = "ledger_extract"
        constraints = [models.UniqueConstraint(fields=["space", "position"], name="ledger_extract_position")]


class Request(models.Model):
    """Who wrote an entry, and the client's idempotency key, scoped to that account (F22)."""

    space = models.TextField()
    position = models.BigIntegerField()
    account = models.TextField()
    client_id = models.TextField(null=True)  # noqa: DJ001  absent is not the empty key
    request_digest = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_request"
        constraints = [models.UniqueConstraint(fields=["account", "client_id"], name="ledger_request_client_id")]
        indexes = [models.Index(fields=["space", "position"], name="ledger_request_position")]


class Held(models.Model):
    """A text in quarantine: moved here from the payloads with its salt, and back when it is lifted (R47)."""

    space = models.TextField()
    position = models.BigIntegerField()
    salt = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        db_table = "ledger_quarantine"
        constraints = [models.UniqueConstraint(fields=["space", "position"], name="ledger_quarantine_position")]


class Space(models.Model):
    """What rights need to know of each space, taken from its `space.*` entries; `version` rises with each."""

    id = models.TextField(primary_key=True)
    version = models.IntegerField()
    info = models.TextField()

    class Meta:
        db_table = "ledger_space"


class Blob(models.Model):
    """An attachment of a space; known by its digest only there (salted), never executed."""

    space = models.TextField()
    digest = models.CharField(max_length=64)
    name = models.TextField()
    media_type = models.TextField()
    size = models.IntegerField()
    salt = models.CharField(max_length=64)
    body = models.BinaryField()
    stored_at = models.BigIntegerField()
    organisation = models.TextField()

    class Meta:
        db_table = "ledger_blob"
        constraints = [models.UniqueConstraint(fields=["space", "digest"], name="ledger_blob_digest")]


class WorkingCopy(models.Model):
    """A draft: a row beside the log, of the organisation, never shown to another (R59)."""

    organisation = models.TextField()
    space = models.TextField()
    purpose = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    based_on = models.TextField(default="")
    saved_at = models.BigIntegerField()
    saved_by = models.TextField()
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "ledger_draft"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "space", "purpose", "subject"], name="ledger_draft_of"),
        ]
