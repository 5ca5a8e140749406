"""The application's name, its place in a space's menu, and its thing to do on the start page."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ShiftsConfig(AppConfig):
    name = "gemensam.shifts"
    label = "shifts"

    def ready(self) -> None:
        from gemensam.shifts import start_page
        from gemensam.shifts.labels import REFUSALS
        from gemensam.web import nav, start
        from gemensam.web.labels import register_refusals

        register_refusals(REFUSALS)
        shown_in = nav.CRISIS_SPACES
        label = pgettext_lazy("menu", "Shift change")
        handover = nav.Place("handover/", label, 48, phone=False, rare=True, spaces=shown_in)
        nav.register_place(nav.SPACE, handover)
        if start_page.todos not in start.TODO_PROVIDERS:
            start.TODO_PROVIDERS.append(start_page.todos)
