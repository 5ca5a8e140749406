"""The directory as a Django application."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class OrganisationsConfig(AppConfig):
    """Organisations, functions, lists, and the spaces that they open."""

    name = "gemensam.organisations"
    label = "organisations"

    def ready(self) -> None:
        from gemensam.organisations import labels
        from gemensam.web import nav
        from gemensam.web.labels import register_refusals

        labels.register()
        register_refusals(labels.REFUSALS)
        about = nav.Place("about/", pgettext_lazy("menu", "About the space"), 70, phone=False, rare=True)
        nav.register_place(nav.SPACE, about)
