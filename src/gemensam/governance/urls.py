"""Addresses of this room."""

from django.urls import path

from gemensam.governance import adoption_views, decision_views, document_views, package_views, views
from gemensam.governance.intake import views as intake

DOCUMENT, DECISION = "spaces/<str:space>/documents/<str:subject>/", "spaces/<str:space>/decisions/<str:subject>/"
MEMBER = "governance/members/<str:organisation>/"

urlpatterns = [
    path("governance/", document_views.show_governance, name="governance"),
    path("governance/adoption.csv", adoption_views.board_csv, name="adoption-board-csv"),
    path("governance/adoption.pdf", adoption_views.board_pdf, name="adoption-board-pdf"),
    path("governance/documents/new/", document_views.new_document, name="new-document"),
    path(MEMBER, adoption_views.show_member, name="adoption-member"),
    path(f"{MEMBER}route/", adoption_views.set_member_route, name="member-route"),
    path(DOCUMENT, document_views.show_document, name="document"),
    path(f"{DOCUMENT}revise/", document_views.revise_document, name="revise-document"),
    path(f"{DOCUMENT}send/", document_views.add_step, {"step": "send"}, name="send-document"),
    path(f"{DOCUMENT}adopt/", document_views.add_step, {"step": "adopt"}, name="adopt-document"),
    path(f"{DOCUMENT}rule/", document_views.add_step, {"step": "rule"}, name="rule-adoption"),
    path(f"{DOCUMENT}withdraw/", document_views.add_step, {"step": "end"}, name="withdraw-document"),
    path(f"{DOCUMENT}take-back/", document_views.take_back_step, name="take-back-step"),
    path(f"{DOCUMENT}adoption/", adoption_views.show_adoption, name="adoption"),
    path(f"{DOCUMENT}adoption.csv", adoption_views.adoption_csv, name="adoption-csv"),
    path(f"{DOCUMENT}adoption.pdf", adoption_views.adoption_pdf, name="adoption-pdf"),
    path(f"{DOCUMENT}package/", package_views.packages, name="decision-packages"),
    path(f"{DOCUMENT}package/<str:organisation>/", package_views.package, name="decision-package"),
    path(f"{DOCUMENT}package/<str:organisation>/package.zip", package_views.package_file, name="decision-package-file"),
    path(f"{DOCUMENT}decisions/new/", decision_views.new_decision, name="new-decision"),
    path(DECISION, decision_views.show_decision, name="decision"),
    path(f"{DECISION}correct/", decision_views.correct_decision, name="correct-decision"),
    path(f"{DECISION}confirm/", decision_views.confirm_decision, name="confirm-decision"),
    path(f"{DECISION}return/", decision_views.return_decision, name="return-decision"),
    path(f"{DECISION}withdraw/", decision_views.withdraw_decision, name="withdraw-decision"),
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
