"""Addresses of the log's pages."""

from django.urls import path

from gemensam.ledger.pages import attachments, disposing, exporting, log, searching

urlpatterns = [
    path("search/", searching.search_everywhere, name="search"),
    path("spaces/<str:space>/search/", searching.search_space, name="search_space"),
    path("spaces/<str:space>/log/", log.log, name="log"),
    path("spaces/<str:space>/log/table.csv", log.log_table, name="log_csv"),
    path("spaces/<str:space>/log/<str:digest>/", log.entry, name="log_entry"),
    path("spaces/<str:space>/export/", exporting.export, name="export"),
    path("spaces/<str:space>/export/file/", exporting.export_file, name="export_file"),
    path("spaces/<str:space>/attachments/", attachments.upload, name="attachments"),
    path("spaces/<str:space>/attachments/<str:digest>/", attachments.download, name="attachment"),
    path("spaces/<str:space>/dispose/", disposing.disposing, name="dispose"),
]
