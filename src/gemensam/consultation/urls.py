"""Addresses of this room."""

from django.urls import path

from gemensam.consultation import (
    answer_pages,
    edit_views,
    link_answer,
    link_views,
    registry_views,
    summary_views,
    synpunkt_views,
    views,
)

_ALL = "spaces/<str:space>/remisser/"
_ONE = f"{_ALL}<str:subject>/"
urlpatterns = [
    path(_ALL, views.show_remisses, name="remisses"),
    path(f"{_ALL}new/", edit_views.new_remiss, name="new-remiss"),
    path(_ONE, views.show_remiss, name="remiss"),
    path(f"{_ONE}edit/", edit_views.edit_remiss, name="edit-remiss"),
    path(f"{_ONE}send/", edit_views.send_remiss, name="send-remiss"),
    path(f"{_ONE}extend/", edit_views.extend, name="extend-remiss"),
    path(f"{_ONE}remind/", edit_views.remind, name="remind-remiss"),
    path(f"{_ONE}withdraw/", edit_views.withdraw, name="withdraw-remiss"),
    path(f"{_ONE}revise/", edit_views.revise, name="revise-remiss"),
    path(f"{_ONE}answer/", answer_pages.answer, name="answer-remiss"),
    path(f"{_ONE}enter/", answer_pages.enter_answer, name="enter-remiss-answer"),
    path(f"{_ONE}answers/", views.show_answers, name="remiss-answers"),
    path(f"{_ONE}answers.csv", views.answers_csv, name="remiss-answers-csv"),
    path(f"{_ONE}answers/<str:member>/", answer_pages.show_yttrande, name="yttrande"),
    path(f"{_ONE}answers/<str:member>/mark/", answer_pages.mark_view, name="mark-view"),
    path(f"{_ONE}views/", synpunkt_views.show_views, name="remiss-views"),
    path(f"{_ONE}views.csv", synpunkt_views.views_csv, name="remiss-views-csv"),
    path(f"{_ONE}views/respond/", synpunkt_views.respond, name="respond"),
    path(f"{_ONE}views/<str:view>/change/", synpunkt_views.change_view, name="change-view"),
    path(f"{_ONE}views/<str:view>/withdraw/", synpunkt_views.withdraw_view, name="withdraw-view"),
    path(f"{_ONE}responses/<str:response>/withdraw/", synpunkt_views.withdraw_response, name="withdraw-response"),
    path(f"{_ONE}changes/", synpunkt_views.show_changes, name="remiss-changes"),
    path(f"{_ONE}summary/", summary_views.show_summary, name="remiss-summary"),
    path(f"{_ONE}summary/<int:place>/", summary_views.show_version, name="remiss-summary-version"),
    path(f"{_ONE}summary/<int:place>.pdf", summary_views.version_pdf, name="remiss-summary-pdf"),
    path(f"{_ONE}summary/<int:place>.docx", summary_views.version_docx, name="remiss-summary-docx"),
    path(f"{_ONE}links/", link_views.make_link, name="make-remiss-link"),
    path(f"{_ONE}links/<int:link>/revoke/", link_views.revoke_link, name="revoke-remiss-link"),
    path("registries/", registry_views.show_registries, name="registries"),
    path("registries/<str:member>/", registry_views.edit_registry, name="registry"),
    path("remiss/<str:token>/", link_answer.answer, name="remiss-answer"),
    path("remiss/<str:token>/files/<str:digest>/", link_answer.link_file, name="remiss-link-file"),
]
