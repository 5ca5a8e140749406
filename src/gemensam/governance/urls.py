"""Addresses of this room."""

from django.urls import path

from gemensam.governance import views

urlpatterns = [
    path("governance/periods/new/", views.new_period, name="new-period"),
    path("spaces/<str:space>/period/", views.period, name="period"),
]
