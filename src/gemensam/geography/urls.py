"""Addresses of the situation by place: kommuner, the map, and what is drawn on it."""

from django.urls import path

from gemensam.geography import drawing_views, map_views, place_views

_SPACE = "spaces/<str:space>/"
_DRAWING = _SPACE + "drawings/<str:subject>/"

urlpatterns = [
    path(_SPACE + "places/", place_views.places, name="places"),
    path(_SPACE + "places/_part/", place_views.places_part, name="places-part"),
    path(_SPACE + "places.csv", place_views.places_csv, name="places-csv"),
    path(_SPACE + "places/<str:kommun_code>/", place_views.kommun, name="kommun"),
    path(_SPACE + "map/", map_views.situation_map, name="map"),
    path(_SPACE + "map/_list/", map_views.map_list, name="map-list"),
    path(_SPACE + "map/_point/", map_views.map_point, name="map-point"),
    path(_SPACE + "drawings/new/", drawing_views.make_drawing, name="make-drawing"),
    path(_DRAWING, drawing_views.show_drawing, name="drawing"),
    path(_DRAWING + "change/", drawing_views.change_drawing, name="change-drawing"),
    path(_DRAWING + "withdraw/", drawing_views.withdraw_drawing, name="withdraw-drawing"),
]
