"""The application's name, and the words of its refusals."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "gemensam.governance"
    label = "governance"

    def ready(self) -> None:
        from gemensam.governance.labels import REFUSALS
        from gemensam.web.labels import register_refusals

        register_refusals(REFUSALS)
