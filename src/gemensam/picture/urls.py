"""Addresses of reports, requests and the picture."""

from django.urls import include, path

from gemensam.picture import picture_urls, reporting_urls

urlpatterns = [
    path("spaces/<str:space>/", include(reporting_urls.SPACE)),
    *picture_urls.urlpatterns,
    *reporting_urls.ANSWER,
    *reporting_urls.YEARS,
]
