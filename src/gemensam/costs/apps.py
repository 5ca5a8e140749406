"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CostsConfig(AppConfig):
    """The network's costs and each member's share of them."""

    name = "gemensam.costs"
    label = "costs"

    def ready(self) -> None:
        from gemensam.costs import labels, start_page
        from gemensam.costs.domain.rules import HERE
        from gemensam.web import nav, start
        from gemensam.web.labels import register_refusals

        labels.register()
        register_refusals(labels.REFUSALS)
        place = nav.Place(
            "costs/", pgettext_lazy("menu", "Costs"), 58, icon="list", phone=False, rare=True, spaces=HERE
        )
        nav.register_place(nav.SPACE, place)
        if start_page.todos not in start.TODO_PROVIDERS:
            start.TODO_PROVIDERS.append(start_page.todos)
            start.NOTICE_PROVIDERS.append(start_page.notices)
