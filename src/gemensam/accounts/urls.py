"""Addresses of our own account pages."""

from django.urls import path

from gemensam.accounts import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/appoint/", views.appoint, name="appoint"),
    path("people/appointments/<int:appointment>/end/", views.end_appointment, name="end_appointment"),
    path("people/invitations/<int:invitation>/withdraw/", views.withdraw_invitation, name="withdraw_invitation"),
    path("people/<str:account>/second-factor/", views.remove_second_factor, name="remove_second_factor"),
    path("people/<str:account>/allow/", views.allow_again, name="allow_again"),
    path("tokens/<int:token>/revoke/", views.revoke_token, name="revoke_token"),
    path("invitation/<str:token>/", views.accept_invitation, name="invitation"),
    path("function/", views.choose_function, name="choose_function"),
    path("account/", views.my_account, name="my_account"),
]
