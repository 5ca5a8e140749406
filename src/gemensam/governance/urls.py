"""Addresses of this room."""

from django.urls import path

from gemensam.governance import views
from gemensam.governance.intake import views as intake

urlpatterns = [
    path("governance/periods/new/", views.new_period, name="new-period"),
    path("spaces/<str:space>/period/", views.period, name="period"),
    path("governance/decisions/read/", intake.read_decisions, name="read-decisions"),
    path("governance/decisions/read/progress/", intake.reading_progress, name="reading-progress"),
    path("governance/decisions/read/<str:file>/", intake.read_decision_form, name="read-decision"),
    path("governance/decisions/read/<str:file>/file/", intake.original, name="read-decision-file"),
    path("governance/decisions/read/<str:file>/pages/<int:number>.png", intake.page_picture, name="read-decision-page"),
    path("governance/decisions/read/<str:file>/discard/", intake.discard, name="discard-incoming"),
    path("governance/decisions/read/<str:file>/again/", intake.again, name="read-again"),
]
