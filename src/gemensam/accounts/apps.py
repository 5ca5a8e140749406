"""The application's name, its words and place in the menu, and the listeners on the sign-in library."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    name = "gemensam.accounts"
    label = "accounts"

    def ready(self) -> None:
        from gemensam.accounts import labels, observers, queries, sessions
        from gemensam.delivery.subscriptions import register_holding
        from gemensam.delivery.worker import register_job
        from gemensam.web import nav
        from gemensam.web.labels import register_refusals

        observers.connect()
        register_holding(queries.principal_holding)
        register_job(sessions.forget_ended)
        register_refusals(labels.REFUSALS)
        # The organisations' own administrators have "Our people" there already.
        nav.register_place(
            nav.MAIN,
            nav.Place("/people/", pgettext_lazy("menu", "Accounts"), 50, permission="administer", icon="person"),
        )
