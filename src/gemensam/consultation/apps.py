"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "gemensam.consultation"
    label = "consultation"
