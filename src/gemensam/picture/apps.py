"""Reports, requests and the common picture."""

from django.apps import AppConfig


class PictureConfig(AppConfig):
    """Registers what this room knows with the shell of the pages."""

    name = "gemensam.picture"
    label = "picture"

    def ready(self) -> None:
        from gemensam.picture import log_words, picture_labels, space_lines
        from gemensam.picture.reporting_labels import REFUSALS
        from gemensam.picture.reporting_todo import todos
        from gemensam.web import spaces
        from gemensam.web.labels import register_refusals
        from gemensam.web.start import TODO_PROVIDERS

        log_words.register()
        register_refusals(REFUSALS)
        register_refusals(picture_labels.REFUSALS)
        if todos not in TODO_PROVIDERS:
            TODO_PROVIDERS.append(todos)
            TODO_PROVIDERS.append(space_lines.todos)
            spaces.register_headlines(space_lines.headlines)
            spaces.register_beats(space_lines.beats)
            spaces.register_takt(space_lines.takt)
            spaces.register_summaries(space_lines.summary)
