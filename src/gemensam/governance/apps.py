"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "gemensam.governance"
    label = "governance"

    def ready(self) -> None:
        from django.utils.translation import pgettext_lazy

        from gemensam.delivery.worker import register_job
        from gemensam.governance import labels
        from gemensam.governance.intake.desk import wake_if_waiting
        from gemensam.ledger import describing
        from gemensam.web import nav
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        register_job(wake_if_waiting)
        read = pgettext_lazy("menu", "Read in decisions")
        place = nav.Place("/governance/decisions/read/", read, 46, "register_decision", icon="list", phone=False)
        nav.register_place(nav.MAIN, place)
