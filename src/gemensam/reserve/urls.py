"""Addresses of the reservpärm."""

from django.urls import path

from gemensam.reserve import views

urlpatterns = [
    path("spaces/<str:space>/binder/", views.binder, name="binder"),
    path("spaces/<str:space>/binder/sheet/", views.one_sheet, name="one_sheet"),
    path("spaces/<str:space>/binder/sheet.pdf", views.one_sheet_pdf, name="one_sheet_pdf"),
    path("spaces/<str:space>/binder.pdf", views.binder_pdf, name="binder_pdf"),
]
