"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CapabilitiesConfig(AppConfig):
    name = "gemensam.capabilities"
    label = "capabilities"

    def ready(self) -> None:
        from gemensam.capabilities import labels, start_page
        from gemensam.governance.panels import register_panels
        from gemensam.ledger import describing
        from gemensam.web import nav, spaces, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.TODO_PROVIDERS.append(start_page.todos)
        register_panels(start_page.panels)
        spaces.register_home(start_page.home)
        place = nav.Place("capabilities/", pgettext_lazy("menu", "Capabilities"), 38, phone=False, spaces=nav.PERIOD)
        nav.register_place(nav.SPACE, place)
