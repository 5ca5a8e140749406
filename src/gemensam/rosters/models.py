"""The table of calendar addresses, by which calendar programs read shifts. Times in ms since epoch UTC."""

from django.db import models


class CalendarLink(models.Model):
    """An address by which a calendar program reads the shifts of one function, without an account.

    Only the SHA-256 (hex) of the address's secret is kept. It reads as the account that made it, in the function that
    it was made in, and holds only as long as that one may.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    function = models.CharField(max_length=100)
    made_at = models.BigIntegerField()
    made_by = models.CharField(max_length=40)
    made_as = models.CharField(max_length=100)
    made_for = models.CharField(max_length=100)
    revoked_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "rosters_calendar_link"
        indexes = [models.Index(fields=["made_for", "function"], name="rosters_calendar_link_of")]

    def __str__(self) -> str:
        return f"{self.made_for} {self.function}"
