"""Addresses of this room."""

from django.urls import path

from gemensam.capabilities import own_views, round_views, summary_views, table_views

_BASE = "spaces/<str:space>/capabilities/"
_OWN = _BASE + "own/<str:code>/"
_ROUND = _BASE + "rounds/<str:subject>/"

urlpatterns = [
    path(_BASE, table_views.matrix, name="capabilities"),
    path("spaces/<str:space>/capabilities.csv", table_views.matrix_csv, name="capabilities-csv"),
    path(_BASE + "list/", table_views.listed, name="capability-list"),
    path(_BASE + "summary/", summary_views.summary, name="capability-summary"),
    path(_BASE + "summary.csv", summary_views.summary_csv, name="capability-summary-csv"),
    path(_BASE + "development/", summary_views.development, name="capability-development"),
    path(_BASE + "development.csv", summary_views.development_csv, name="capability-development-csv"),
    path(_BASE + "office/", table_views.office_matrix, name="capabilities-office"),
    path(_BASE + "office/table.csv", table_views.office_csv, name="capabilities-office-csv"),
    path(_BASE + "office/summary/", summary_views.office_summary, name="capability-office-summary"),
    path(_BASE + "office/summary.csv", summary_views.office_summary_csv, name="capability-office-summary-csv"),
    path(_BASE + "members/<str:organisation>/", table_views.member, name="capability-member"),
    path(_BASE + "rounds/", round_views.list_rounds, name="assessment-rounds"),
    path(_BASE + "rounds/new/", round_views.new_round, name="open-assessment-round"),
    path(_ROUND, round_views.show_round, name="assessment-round"),
    path(_ROUND + "change/", round_views.change_round, name="change-assessment-round"),
    path(_ROUND + "close/", round_views.close_round, name="close-assessment-round"),
    path(_BASE + "own/", own_views.own, name="own-capabilities"),
    path(_BASE + "own/open/", own_views.open_own, name="open-own-capabilities"),
    path(_BASE + "own/bring/", own_views.bring_earlier, name="bring-earlier-capabilities"),
    path(_BASE + "own/answer/", own_views.answer, name="answer-assessment-round"),
    path(_OWN, own_views.assess, name="assess-capability"),
    path(_OWN + "draft/", own_views.save_draft, name="assessment-draft"),
    path(_OWN + "confirm/", own_views.confirm, name="confirm-assessment"),
    path(_BASE + "<str:code>/", table_views.capability, name="capability"),
]
