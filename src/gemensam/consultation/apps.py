"""The application's name, and what it tells the shell of the pages and the delivery when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ConsultationConfig(AppConfig):
    name = "gemensam.consultation"
    label = "consultation"

    def ready(self) -> None:
        from gemensam.consultation import delivering, labels, start_page
        from gemensam.governance.panels import register_panels
        from gemensam.ledger import describing
        from gemensam.web import nav, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.TODO_PROVIDERS.append(start_page.todos)
        register_panels(start_page.panels)
        delivering.register()
        word = pgettext_lazy("menu", "Remisses")
        nav.register_place(nav.SPACE, nav.Place("remisser/", word, 30, icon="request", spaces=nav.PERIOD))
