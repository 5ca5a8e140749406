"""Addresses of delivery: callbacks of providers, notifications in a browser."""

from django.urls import path

from gemensam.delivery import callback_views, push_views

_PROVIDER = "callbacks/<slug:provider>/<str:secret>"

urlpatterns = [
    path("callbacks/push/<str:token>/", callback_views.push, name="push_answer"),
    path(f"{_PROVIDER}/incoming/", callback_views.incoming, name="callback_incoming"),
    path(f"{_PROVIDER}/delivered/<str:token>/", callback_views.delivered, name="callback_delivered"),
    path(f"{_PROVIDER}/key/<str:token>/", callback_views.key, name="callback_key"),
    path(f"{_PROVIDER}/hangup/<str:token>/", callback_views.hangup, name="callback_hangup"),
    path(f"{_PROVIDER}/sound/<str:name>.wav", callback_views.sound, name="callback_sound"),
    path("notifications/", push_views.notifications, name="notifications"),
    path("notifications/subscribe/", push_views.subscribe, name="push_subscribe"),
    path("notifications/unsubscribe/", push_views.unsubscribe, name="push_unsubscribe"),
]
