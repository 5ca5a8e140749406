"""The application's name, and its place in a space's menu."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReserveConfig(AppConfig):
    name = "gemensam.reserve"
    label = "reserve"

    def ready(self) -> None:
        from gemensam.web import nav

        shown_in = nav.CRISIS_SPACES
        binder = nav.Place("binder/", pgettext_lazy("menu", "Binder"), 95, phone=False, rare=True, spaces=shown_in)
        nav.register_place(nav.SPACE, binder)
