"""Addresses of the local log, and of what an organisation had access to."""

from django.urls import path

from gemensam.audit import insight_views, known_views, quarantine_views, views

urlpatterns = [
    path("audit/", views.records, name="audit"),
    path("audit/records.csv", views.records_csv, name="audit_csv"),
    path("audit/check/", views.check, name="audit_check"),
    path("spaces/<str:space>/quarantine/new/", quarantine_views.place, name="quarantine_place"),
    path("spaces/<str:space>/quarantine/<str:subject>/", quarantine_views.show, name="quarantine"),
    path("spaces/<str:space>/quarantine/<str:subject>/settle/", quarantine_views.settle, name="quarantine_settle"),
    path("spaces/<str:space>/known/", known_views.known, name="known"),
    path("spaces/<str:space>/known/table.csv", known_views.known_csv, name="known_csv"),
    path("spaces/<str:space>/known/insight/", insight_views.insight, name="insight"),
    path("spaces/<str:space>/known/insight/<int:number>/withdraw/", insight_views.withdraw, name="insight_withdraw"),
    path("spaces/<str:space>/known/of/<str:organisation>/", known_views.known, name="known_of"),
    path("spaces/<str:space>/known/of/<str:organisation>/table.csv", known_views.known_csv, name="known_of_csv"),
]
