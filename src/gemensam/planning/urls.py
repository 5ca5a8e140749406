"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from gemensam.planning import event_views

EVENT: list[URLPattern | URLResolver] = [
    path("", event_views.event, name="known_event"),
    path("calendar.ics", event_views.event_calendar, name="known_event_calendar"),
    path("change/", event_views.change_event, name="change_known_event"),
    path("cancel/", event_views.cancel_event, name="cancel_known_event"),
    path("note/", event_views.note_planning, name="note_planning"),
    path("note/withdraw/", event_views.withdraw_note, name="withdraw_planning_note"),
    path("clash/", event_views.judge_clash, name="judge_clash"),
]
EVENTS: list[URLPattern | URLResolver] = [
    path("", event_views.events, name="known_events"),
    path("month/", event_views.month, name="known_events_month"),
    path("table.csv", event_views.table, name="known_events_csv"),
    path("calendar.ics", event_views.calendar, name="known_events_calendar"),
    path("new/", event_views.new_event, name="new_known_event"),
    path("<str:subject>/", include(EVENT)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("spaces/<str:space>/known-events/", include(EVENTS)),
]
