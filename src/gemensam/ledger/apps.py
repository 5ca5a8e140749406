"""The ledger as a Django application."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LedgerConfig(AppConfig):
    """The log: entries, payloads, search, attachments, drafts; and its pages."""

    name = "gemensam.ledger"
    label = "ledger"

    def ready(self) -> None:
        from gemensam.ledger import labels
        from gemensam.web import nav
        from gemensam.web.labels import register_refusals

        labels.register()
        register_refusals(labels.REFUSALS)
        search = nav.Place("/search/", pgettext_lazy("menu", "Search"), 45, icon="search", phone=False)
        nav.register_place(nav.MAIN, search)
        take = pgettext_lazy("menu", "Take along")
        export = nav.Place("export/", take, 80, permission="export", phone=False, rare=True)
        nav.register_place(nav.SPACE, export)
