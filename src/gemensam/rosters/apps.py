"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class RostersConfig(AppConfig):
    """Call lists, duty contacts, shifts and covers."""

    name = "gemensam.rosters"
    label = "rosters"

    def ready(self) -> None:
        from gemensam.core.policy import ROSTERS
        from gemensam.rosters import labels, start_page
        from gemensam.web import nav, start
        from gemensam.web.labels import register_refusals

        labels.register()
        register_refusals(labels.REFUSALS)
        place = nav.Place(
            "/rosters/", pgettext_lazy("menu", "Duty"), 35, icon="people", phone=False, readers_of=ROSTERS
        )
        nav.register_place(nav.MAIN, place)
        if start_page.todos not in start.TODO_PROVIDERS:
            start.TODO_PROVIDERS.append(start_page.todos)
            start.NOTICE_PROVIDERS.append(start_page.notices)
