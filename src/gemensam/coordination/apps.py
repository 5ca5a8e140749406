"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CoordinationConfig(AppConfig):
    name = "gemensam.coordination"
    label = "coordination"

    def ready(self) -> None:
        from gemensam.coordination import labels, start_page
        from gemensam.ledger import describing
        from gemensam.web import nav, spaces, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.TODO_PROVIDERS.append(start_page.todos)
        start.NOTICE_PROVIDERS.append(start_page.notices)
        spaces.register_headlines(start_page.headlines)
        spaces.register_beats(start_page.beats)
        shown_in = nav.CRISIS_SPACES
        for path, label, order in (
            ("agreements/", pgettext_lazy("conference", "Agreements"), 42),
            ("needs/", pgettext_lazy("conference", "Needs"), 44),
            ("questions/", pgettext_lazy("conference", "Questions"), 46),
        ):
            nav.register_place(nav.SPACE, nav.Place(path, label, order, phone=False, spaces=shown_in))
