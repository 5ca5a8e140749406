"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from gemensam.planning import event_views, follow_views, project_views

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
PROJECTS: list[URLPattern | URLResolver] = [
    path("", project_views.projects, name="projects"),
    path("table.csv", project_views.table, name="projects_csv"),
    path("new/", project_views.new_project, name="new_project"),
    path("<str:subject>/", project_views.project, name="project"),
    path("<str:subject>/change/", project_views.change_project, name="change_project"),
    path("<str:subject>/state/", project_views.move_project, name="move_project"),
    path("<str:subject>/part/", project_views.take_part, name="take_part"),
]
FOLLOW_UP: list[URLPattern | URLResolver] = [
    path("", follow_views.follow_up, name="follow_up"),
    path("table.csv", follow_views.table, name="follow_up_csv"),
    path("answer/", follow_views.answer, name="answer_follow_up"),
    path("extend/", follow_views.extend, name="extend_follow_up"),
    path("close/", follow_views.close, name="close_follow_up"),
    path("report/", follow_views.report, name="publish_follow_up"),
    path("report/<int:version>/", follow_views.show_report, name="follow_up_report"),
    path("report/<int:version>/report.pdf", follow_views.report_pdf, name="follow_up_pdf"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("spaces/<str:space>/known-events/", include(EVENTS)),
    path("spaces/<str:space>/projects/", include(PROJECTS)),
    path("spaces/<str:space>/follow-ups/", follow_views.follow_ups, name="follow_ups"),
    path("spaces/<str:space>/follow-ups/new/", follow_views.new_follow_up, name="new_follow_up"),
    path("spaces/<str:space>/follow-ups/<str:subject>/", include(FOLLOW_UP)),
]
