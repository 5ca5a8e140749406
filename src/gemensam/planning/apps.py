"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "gemensam.planning"
    label = "planning"
