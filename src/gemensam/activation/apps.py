"""The application's name, and what it tells the shell of the pages and the worker when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ActivationConfig(AppConfig):
    name = "gemensam.activation"
    label = "activation"

    def ready(self) -> None:
        from gemensam.activation import delivering, labels, schedule, start_page
        from gemensam.delivery.worker import register_job
        from gemensam.ledger import describing
        from gemensam.web import nav, spaces, start
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
        describing.register_kind_words(labels.KIND_WORDS)
        describing.register_group_words(labels.GROUP_WORDS)
        start_page.register_describers()
        start.ACT_PROVIDERS.append(start_page.acts)
        start.TODO_PROVIDERS.append(start_page.todos)
        start.NOTICE_PROVIDERS.append(start_page.notices)
        spaces.register_headlines(start_page.headlines)
        delivering.register()
        register_job(schedule.end_what_is_over)
        register_job(schedule.note_what_was_tested)
        register_job(schedule.send_what_is_scheduled)
        alerts = pgettext_lazy("menu", "Alerts")
        nav.register_place(nav.MAIN, nav.Place("/larm/statistics/", alerts, 25, icon="report", phone=False))
        shown_in = frozenset({"incident", "exercise"})
        word = pgettext_lazy("menu", "Activation")
        nav.register_place(nav.SPACE, nav.Place("activation/", word, 5, phone=False, spaces=shown_in))
