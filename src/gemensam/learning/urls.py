"""Addresses of the replay."""

from django.urls import path

from gemensam.learning import views

urlpatterns = [
    path("spaces/<str:space>/replay/", views.replay, name="replay"),
    path("spaces/<str:space>/replay/timeline.svg", views.timeline_picture, name="timeline_svg"),
]
