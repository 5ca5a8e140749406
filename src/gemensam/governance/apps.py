"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "gemensam.governance"
    label = "governance"

    def ready(self) -> None:
        from gemensam.governance import labels
        from gemensam.governance.cost_panel import cost_panels
        from gemensam.governance.panels import register_panels
        from gemensam.ledger import describing
        from gemensam.web.labels import register_refusals

        register_panels(cost_panels)
        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
