"""The application's name, and what it tells the shell of the pages when it starts."""

from django.apps import AppConfig


class CapabilitiesConfig(AppConfig):
    name = "gemensam.capabilities"
    label = "capabilities"
