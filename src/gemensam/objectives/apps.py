"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

OUTCOMES = frozenset({"incident", "exercise"})


class ObjectivesConfig(AppConfig):
    name = "gemensam.objectives"
    label = "objectives"

    def ready(self) -> None:
        from gemensam.governance.panels import register_panels
        from gemensam.ledger import describing
        from gemensam.objectives import labels, start_page
        from gemensam.web import nav, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.TODO_PROVIDERS.append(start_page.todos)
        start.NOTICE_PROVIDERS.append(start_page.notices)
        register_panels(start_page.panels)
        for path, label, order, spaces, rare in (
            ("objectives/", pgettext_lazy("menu", "Goals"), 10, nav.PERIOD, False),
            ("vision/", pgettext_lazy("menu", "Text"), 12, nav.PERIOD, False),
            ("yearly-plan/", pgettext_lazy("menu", "Yearly plan"), 14, nav.PERIOD, False),
            ("schedule/", pgettext_lazy("menu", "Schedule"), 16, nav.PERIOD, True),
            ("draft/", pgettext_lazy("menu", "Draft"), 10, nav.GROUP, False),
            ("outcomes/", pgettext_lazy("menu", "Led to"), 90, OUTCOMES, True),
        ):
            place = nav.Place(path, label, order, phone=path in ("objectives/", "draft/"), rare=rare, spaces=spaces)
            nav.register_place(nav.SPACE, place)
