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
        from gemensam.web import nav, spaces, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.TODO_PROVIDERS.append(start_page.todos)
        start.NOTICE_PROVIDERS.append(start_page.notices)
        register_panels(start_page.panels)
        spaces.register_home(start_page.home)
        for path, label, order, where, rare in (
            ("objectives/", pgettext_lazy("menu", "Goals"), 10, nav.PERIOD, False),
            ("vision/", pgettext_lazy("menu", "Text"), 12, nav.PERIOD, False),
            ("yearly-plan/", pgettext_lazy("menu", "Yearly plan"), 14, nav.PERIOD, False),
            ("schedule/", pgettext_lazy("menu", "Schedule"), 16, nav.PERIOD, True),
            ("outcomes/", pgettext_lazy("menu", "Led to"), 90, OUTCOMES, True),
        ):
            phone = path == "objectives/"
            place = nav.Place(path, label, order, icon="picture" if phone else "", phone=phone, rare=rare, spaces=where)
            nav.register_place(nav.SPACE, place)
        draft = nav.Place(
            start_page.DRAFT, pgettext_lazy("menu", "Draft"), 10, icon="report", spaces=nav.GROUP,
            shown=lambda page: spaces.home(page) == start_page.DRAFT,
        )  # fmt: skip
        nav.register_place(nav.SPACE, draft)
