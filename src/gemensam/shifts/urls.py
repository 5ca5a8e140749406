"""Addresses of the shift change."""

from django.urls import path

from gemensam.shifts import views

urlpatterns = [
    path("spaces/<str:space>/handover/", views.handover, name="handover"),
    path("spaces/<str:space>/handover/give/", views.give, name="handover_give"),
    path("spaces/<str:space>/handover/take/", views.take, name="handover_take"),
]
