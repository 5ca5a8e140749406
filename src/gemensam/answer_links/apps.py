"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class AnswerLinksConfig(AppConfig):
    """Links by which something is answered without an account."""

    name = "gemensam.answer_links"
    label = "answer_links"

    def ready(self) -> None:
        from gemensam.answer_links import labels
        from gemensam.web.labels import register_refusals

        register_refusals(labels.REFUSALS)
