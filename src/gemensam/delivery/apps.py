"""The application's name, its words, and what wakes it."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "gemensam.delivery"
    label = "delivery"

    def ready(self) -> None:
        from gemensam.delivery import heartbeat
        from gemensam.delivery.labels import REFUSALS
        from gemensam.ledger.append import on_appended
        from gemensam.web.labels import register_refusals
        from gemensam.web.warnings import register_late

        register_refusals(REFUSALS)
        register_late(heartbeat.late_since)
        on_appended(_woken)


def _woken(_space: str, kind: str, _position: int) -> None:
    """An entry may have made something due; most have not, and the one who writes them does not wait for a look."""
    from gemensam.delivery.outbox import may_make_due, wake

    if may_make_due(kind):
        wake()
