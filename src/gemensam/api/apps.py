from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "gemensam.api"
    label = "api"
