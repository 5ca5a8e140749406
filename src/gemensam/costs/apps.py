"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class CostsConfig(AppConfig):
    name = "gemensam.costs"
    label = "costs"
