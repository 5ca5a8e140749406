"""Addresses of call lists, contacts, shifts, covers and calendars."""

from django.urls import path

from gemensam.rosters import calendar_views, edit_views, shift_views, views

urlpatterns = [
    path("rosters/", views.overview, name="rosters"),
    path("rosters/sheet/", views.sheet, name="call_list_sheet"),
    path("rosters/sheet.pdf", views.sheet_pdf, name="call_list_pdf"),
    path("rosters/list/", edit_views.edit_list, name="edit_call_list"),
    path("rosters/list/confirm/", edit_views.confirm_list, name="confirm_call_list"),
    path("rosters/contacts/new/", edit_views.new_contact, name="new_duty_contact"),
    path("rosters/contacts/<str:subject>/", edit_views.change_contact, name="change_duty_contact"),
    path("rosters/contacts/<str:subject>/withdraw/", edit_views.withdraw_contact, name="withdraw_duty_contact"),
    path("rosters/covers/new/", edit_views.ask_cover, name="ask_cover"),
    path("rosters/covers/<str:subject>/end/", edit_views.end_cover, name="end_cover"),
    path("rosters/covers/<str:subject>/answer/", edit_views.answer_cover, name="answer_cover"),
    path("rosters/shifts/plan/", shift_views.plan, name="plan_shifts"),
    path("rosters/shifts/bring-in/", calendar_views.bring_in, name="bring_in_calendar"),
    path("rosters/shifts/<str:subject>/", shift_views.shift, name="shift"),
    path("rosters/shifts/<str:subject>/change/", shift_views.change, name="change_shift"),
    path("rosters/shifts/<str:subject>/cancel/", shift_views.cancel, name="cancel_shift"),
    path("rosters/shifts/<str:subject>/swap/", shift_views.swap, name="swap_shifts"),
    path("rosters/shifts/<str:subject>/hand-over/", shift_views.hand_over, name="hand_over_shift"),
    path("rosters/members/<str:organisation>/", views.member, name="roster_member"),
    path("rosters/members/<str:organisation>/schedule/", views.schedule, name="schedule"),
    path("rosters/functions/<str:function>/calendar/", calendar_views.addresses, name="duty_calendar_addresses"),
    path("rosters/functions/<str:function>/calendar/new/", calendar_views.make_address, name="make_duty_calendar"),
    path("rosters/functions/<str:function>/duty.ics", calendar_views.calendar, name="function_calendar"),
    path("rosters/calendars/<int:link>/revoke/", calendar_views.revoke_address, name="revoke_duty_calendar"),
    path("duty-calendar/<str:token>/duty.ics", calendar_views.by_address, name="duty_calendar"),
]
