"""The application's name, and its place in a space's menu."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class LearningConfig(AppConfig):
    name = "gemensam.learning"
    label = "learning"

    def ready(self) -> None:
        from gemensam.web import nav

        nav.register_place(nav.MOMENT, nav.Place("replay/", pgettext_lazy("menu", "Replay: from the beginning"), 20))
