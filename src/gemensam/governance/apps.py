"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "gemensam.governance"
    label = "governance"

    def ready(self) -> None:
        from gemensam.governance import heightened, labels
        from gemensam.ledger import describing
        from gemensam.web import spaces
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        spaces.register_headlines(heightened.headlines)
