"""Addresses of the green button, lägen, larm and acknowledgement links."""

from django.urls import URLPattern, URLResolver, include, path

from gemensam.activation import ack_views, call_views, incident_views, larm_views, mode_views, statistics_views

CALL: list[URLPattern | URLResolver] = [
    path("", call_views.show_call, name="call"),
    path("take/", call_views.take, name="take_assessment"),
    path("assess/", call_views.assess, name="assess_call"),
    path("withdraw/", call_views.withdraw, name="withdraw_call"),
    path("convene/", call_views.convene, name="convene_call"),
    path("raise/", call_views.raise_call, name="raise_call"),
]
LARM: list[URLPattern | URLResolver] = [
    path("", larm_views.show_larm, name="larm"),
    path("board/", larm_views.board_part, name="larm_board"),
    path("wall/", larm_views.show_wall, name="larm_wall"),
    path("table.csv", larm_views.larm_csv, name="larm_csv"),
    path("answer/", larm_views.answer, name="answer_larm"),
    path("entered/", larm_views.enter_answer, name="enter_answer"),
    path("follow-up/", larm_views.follow_up, name="follow_up_larm"),
    path("cancel/", larm_views.cancel, name="cancel_larm"),
    path("end/", larm_views.end, name="end_larm"),
]
SPACE: list[URLPattern | URLResolver] = [
    path("activation/", incident_views.show_activation, name="activation"),
    path("activation/information/", incident_views.give_information, name="give_information"),
    path("activation/information/<str:subject>/withdraw/", incident_views.withdraw_information,
         name="withdraw_information"),
    path("activation/state/", incident_views.set_mode, name="set_mode"),
    path("activation/close/", incident_views.close, name="close_activation"),
    path("activation/link/", incident_views.link, name="link_incident"),
    path("activation/link/<str:subject>/withdraw/", incident_views.unlink, name="unlink_incident"),
    path("calls/<str:subject>/", include(CALL)),
    path("larm/new/", larm_views.send, name="send_larm"),
    path("larm/<str:subject>/", include(LARM)),
]  # fmt: skip
urlpatterns = [
    path("call/", call_views.green_button, name="green_button"),
    path("modes/", mode_views.show_modes, name="modes"),
    path("modes/own/", mode_views.set_own_mode, name="set_own_mode"),
    path("modes/heightened/", mode_views.record_heightened, name="record_heightened"),
    path("modes/heightened/<str:subject>/lift/", mode_views.lift_heightened, name="lift_heightened"),
    path("larm/banner/", larm_views.banner, name="larm_banner"),
    path("larm/statistics/", statistics_views.statistics, name="larm_statistics"),
    path("larm/statistics.csv", statistics_views.statistics_csv, name="larm_statistics_csv"),
    path("larm/statistics/members.csv", statistics_views.members_csv, name="larm_members_csv"),
    path("larm/provlarm/", statistics_views.provlarm, name="provlarm"),
    path("k/<str:token>/", ack_views.acknowledge, name="acknowledge"),
    path("spaces/<str:space>/", include(SPACE)),
]
