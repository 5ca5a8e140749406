"""Handovers: rows beside the log, of the organisation, never shown to another and never shared with another node."""

from django.db import models


class Handover(models.Model):
    """What a function handed over in a space, and how it was taken over. Times in ms UTC, 0 for not yet.

    `spoken`: there is something that is said by word of mouth and not written. `position`: what the one who took over
    had before them; what has changed since is counted from there.
    """

    organisation = models.CharField(max_length=100)
    function = models.CharField(max_length=100)
    space = models.CharField(max_length=100)
    note = models.TextField(blank=True)
    spoken = models.BooleanField(default=False)
    given_at = models.BigIntegerField(default=0)
    taken_at = models.BigIntegerField(default=0)
    taken_note = models.TextField(blank=True)
    position = models.BigIntegerField(default=0)

    class Meta:
        db_table = "shifts_handover"
        indexes = [models.Index(fields=["organisation", "function", "space"], name="shifts_handover_of")]

    def __str__(self) -> str:
        return f"{self.function} {self.space}"
