from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base pages, components and look; registers the words of what core and ledger refuse."""

    name = "gemensam.web"
    label = "web"

    def ready(self) -> None:
        from gemensam.web import keeping
        from gemensam.web.labels import register_refusals
        from gemensam.web.refusals import REFUSALS

        register_refusals(REFUSALS)
        keeping.register()
