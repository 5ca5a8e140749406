"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class ObjectivesConfig(AppConfig):
    name = "gemensam.objectives"
    label = "objectives"

    def ready(self) -> None:
        from gemensam.ledger import describing
        from gemensam.objectives import labels
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
