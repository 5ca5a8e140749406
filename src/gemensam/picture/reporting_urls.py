"""Addresses of reports, requests and statements within a space, and of a request answered by link."""

from django.urls import path

from gemensam.picture import (
    answer_views,
    burden_views,
    contact_views,
    draft_views,
    link_views,
    quick_views,
    report_pages,
    reporting_views,
    request_views,
    sanitising_views,
    statement_views,
)

# Outside the spaces: whoever holds a link is in none.
ANSWER = [path("answer/<str:token>/", answer_views.answer, name="answer")]
YEARS = [
    path("statistics/requests/", burden_views.year_burden, name="year_burden"),
    path("statistics/requests.csv", burden_views.year_burden_csv, name="year_burden_csv"),
]
SPACE = [
    path("requests/", request_views.show_requests, name="requests"),
    path("requests/new/", request_views.make_request, name="make_request"),
    path("requests/statistics/", burden_views.space_burden, name="space_burden"),
    path("requests/statistics.csv", burden_views.space_burden_csv, name="space_burden_csv"),
    path("requests/<str:subject>/", request_views.show_request, name="request"),
    path("requests/<str:subject>/change/", request_views.change_request, name="change_request"),
    path("requests/<str:subject>/withdraw/", request_views.withdraw_request, name="withdraw_request"),
    path("requests/<str:subject>/remind/", request_views.remind, name="remind"),
    path("requests/<str:subject>/defer/", request_views.defer_request, name="defer_request"),
    path("requests/<str:subject>/decline/", request_views.decline_request, name="decline_request"),
    path("requests/<str:subject>/links/", link_views.make_link, name="make_link"),
    path("requests/<str:subject>/links/<int:link>/revoke/", link_views.revoke_link, name="revoke_link"),
    path("report/", reporting_views.write_report, name="write_report"),
    path("report/draft/", draft_views.save_report_draft, name="save_report_draft"),
    path("report/quick/", quick_views.quick_report, name="quick_report"),
    path("report/for/", reporting_views.choose_member, name="choose_member"),
    path("report/for/<str:organisation_id>/", reporting_views.relay_report, name="relay_report"),
    path("report/for/<str:organisation_id>/draft/", draft_views.save_relay_draft, name="save_relay_draft"),
    path("reports/<str:subject>/", report_pages.show_report, name="report"),
    path("reports/<str:subject>/text/", report_pages.report_text, name="report_text"),
    path("reports/<str:subject>/versions/<str:digest>/", report_pages.show_version, name="report_version"),
    path("reports/<str:subject>/correct/", reporting_views.correct_report, name="correct_report"),
    path("reports/<str:subject>/correct/draft/", draft_views.save_correction_draft, name="save_correction_draft"),
    path("reports/<str:subject>/sanitise/", sanitising_views.sanitise, name="sanitise_report"),
    path("reports/<str:subject>/withdraw/", report_pages.withdraw_report, name="withdraw_report"),
    path("reports/<str:subject>/confirm/", report_pages.confirm_report, name="confirm_report"),
    path("reports/<str:subject>/cells/<str:row>/confirm/", report_pages.confirm_cell, name="confirm_cell"),
    path("reports/<str:subject>/cells/<str:row>/deny/", report_pages.deny_cell, name="deny_cell"),
    path("reports/<str:subject>/deny/", report_pages.deny_report, name="deny_report"),
    path("statements/new/", statement_views.record_statement, name="record_statement"),
    path("statements/<str:subject>/", statement_views.show_statement, name="statement"),
    path("statements/<str:subject>/correct/", statement_views.correct_statement, name="correct_statement"),
    path("statements/<str:subject>/confirm/", statement_views.confirm_statement, name="confirm_statement"),
    path("statements/<str:subject>/deny/", statement_views.deny_statement, name="deny_statement"),
    path("statements/<str:subject>/same/", statement_views.judge_duplicate, name="judge_duplicate"),
    path("members/<str:organisation>/contact/", contact_views.note_contact, name="note_contact"),
    path("statements/<str:subject>/withdraw/", statement_views.withdraw_statement, name="withdraw_statement"),
]
