"""The application's name and its place in the menu."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AuditConfig(AppConfig):
    name = "gemensam.audit"
    label = "audit"

    def ready(self) -> None:
        from gemensam.audit import deliveries, log
        from gemensam.audit.labels import REFUSALS
        from gemensam.audit.quarantine import notices, todos
        from gemensam.ledger.noting import register_opener, register_recorder
        from gemensam.web import nav, sending
        from gemensam.web.labels import register_refusals
        from gemensam.web.start import NOTICE_PROVIDERS, TODO_PROVIDERS

        register_recorder(log.record, log.record_now)
        register_opener(deliveries.note_openings)
        sending.register_observer(deliveries.note_delivery)
        register_refusals(REFUSALS)

        if todos not in TODO_PROVIDERS:
            TODO_PROVIDERS.append(todos)
            NOTICE_PROVIDERS.append(notices)

        nav.register_place(
            nav.MAIN,
            nav.Place("/audit/", pgettext_lazy("menu", "Local log"), 60, permission="review", icon="log", phone=False),
        )
        nav.register_place(
            nav.MOMENT, nav.Place("known/", pgettext_lazy("menu", "What did we know? Entry by entry"), 10)
        )
