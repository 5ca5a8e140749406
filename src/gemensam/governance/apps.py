"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class GovernanceConfig(AppConfig):
    name = "gemensam.governance"
    label = "governance"

    def ready(self) -> None:
        from gemensam.core.policy import STANDING
        from gemensam.delivery.worker import register_job
        from gemensam.governance import heightened, labels, start_page
        from gemensam.governance.cost_panel import cost_panels
        from gemensam.governance.intake import todo
        from gemensam.governance.intake.desk import wake_if_waiting
        from gemensam.governance.panels import register_panels
        from gemensam.ledger import describing
        from gemensam.web import nav, spaces, start
        from gemensam.web.labels import register_refusals

        register_panels(cost_panels)
        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        spaces.register_headlines(heightened.headlines)
        start_page.register_describers()
        start.TODO_PROVIDERS += [start_page.todos, todo.todos]
        register_panels(start_page.panels)
        register_job(wake_if_waiting)
        place = nav.Place(
            "/governance/", pgettext_lazy("menu", "Steering documents"), 35, icon="list", phone=False,
            readers_of=STANDING,
        )  # fmt: skip
        nav.register_place(nav.MAIN, place)
