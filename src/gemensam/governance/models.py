"""Rows beside the log: decision documents that wait for a person (G7). They are an organisation's own, like drafts."""

from django.db import models


class IncomingFile(models.Model):
    """A file as it was uploaded, and what was read in it; `body` is empty where the file is not (or no longer) kept.

    `organisation` and `uploaded_by`: whose it is and the function that uploaded it; times in ms UTC. `rows` and
    `answer` are JSON (extraction's rows; docs/decisions.md), `code` and `facts` why it could not be read.
    `claimed_until`: until when a reader or a registrar has it, `attempts` how many readers have had it. `kept_in` and
    `digest`: the attachment that it became; `decision`: the subject that was registered.
    """

    id = models.CharField(max_length=36, primary_key=True)
    organisation = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    uploaded_at = models.BigIntegerField()
    uploaded_by = models.CharField(max_length=100)
    status = models.CharField(max_length=12)
    claimed_until = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    read_at = models.BigIntegerField(default=0)
    rows = models.TextField(default="")
    answer = models.TextField(default="")
    code = models.CharField(max_length=60, default="")
    facts = models.TextField(default="{}")
    kept_in = models.TextField(default="")
    digest = models.CharField(max_length=64, default="")
    decision = models.TextField(default="")

    class Meta:
        db_table = "governance_incoming_file"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="governance_incoming_once"),
        ]
        indexes = [
            models.Index(fields=["status", "uploaded_at"], name="governance_incoming_next"),
            models.Index(fields=["organisation", "uploaded_at"], name="governance_incoming_of"),
        ]
