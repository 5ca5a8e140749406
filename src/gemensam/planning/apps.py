"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "gemensam.planning"
    label = "planning"

    def ready(self) -> None:
        from gemensam.activation.origins import register_origin
        from gemensam.governance.panels import register_panels
        from gemensam.ledger import describing
        from gemensam.planning import labels, start_page
        from gemensam.planning.domain import follow_ups
        from gemensam.planning.domain.known_events import HERE
        from gemensam.planning.origins import tell_known_event
        from gemensam.web import nav, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.TODO_PROVIDERS.append(start_page.todos)
        register_origin("known_event", tell_known_event)
        register_panels(start_page.panels)
        nav.register_place(nav.SPACE, nav.Place("projects/", _("Projects"), 35, phone=False, spaces=nav.PERIOD))
        follow_up = nav.Place("follow-ups/", _("Follow-up"), 37, phone=False, spaces=follow_ups.HERE, rare=True)
        nav.register_place(nav.SPACE, follow_up)
        nav.register_place(nav.SPACE, nav.Place("known-events/", _("Known events"), 47, phone=False, spaces=HERE))
