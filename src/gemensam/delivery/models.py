"""Tables of delivery: attempts, what channels told us, subscriptions to push. Never shared with another node.

No text of a message is kept. Addresses are contact data: they are forgotten when an attempt is 90 days old.
"""

from django.db import models


class AttemptRow(models.Model):
    """One attempt to hand a message over; (item, number) is claimed once, by whoever inserts it. Times are ms UTC.

    `run` names the process life that claimed it, `token` is its secret in callbacks, `reference` the provider's id.
    `script` says what a voice call may play, as names of sound files.
    """

    item = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=40)
    cause = models.CharField(max_length=64, db_index=True)
    space = models.CharField(max_length=100)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10)
    again = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    run = models.CharField(max_length=32)
    token = models.CharField(max_length=32, unique=True)
    reference = models.CharField(max_length=100, blank=True)
    script = models.TextField(default="{}")
    started_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(default=0)
    reported_at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "delivery_attempt"
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="delivery_attempt_once")]
        indexes = [
            models.Index(fields=["channel", "address", "started_at"], name="delivery_attempt_to"),
            models.Index(fields=["state", "run"], name="delivery_attempt_state"),
            models.Index(fields=["started_at"], name="delivery_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.number} {self.state}"


class Received(models.Model):
    """That an answer was taken, known by the channel's own id: told once more it changes nothing. `at` is ms UTC."""

    channel = models.CharField(max_length=20)
    reference = models.CharField(max_length=150)
    item = models.CharField(max_length=200)
    word = models.CharField(max_length=40)
    at = models.BigIntegerField()

    class Meta:
        db_table = "delivery_received"
        constraints = [models.UniqueConstraint(fields=["channel", "reference"], name="delivery_received_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.reference}"


class Subscription(models.Model):
    """A browser that shows pushes for a function, as long as the account holds it. Times are ms UTC."""

    account = models.CharField(max_length=40)
    function = models.CharField(max_length=100)
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    since = models.BigIntegerField()

    class Meta:
        db_table = "delivery_subscription"
        indexes = [models.Index(fields=["function"], name="delivery_subscription_of")]

    def __str__(self) -> str:
        return f"{self.account} {self.function}"
