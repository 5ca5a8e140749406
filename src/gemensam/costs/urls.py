"""Addresses of this room."""

from django.urls import path

from gemensam.costs import edit_views, views

_COSTS = "spaces/<str:space>/costs/"
urlpatterns = [
    path(_COSTS, views.overview, name="costs"),
    path(_COSTS + "budget/new/", edit_views.new_budget, name="new-budget"),
    path(_COSTS + "what-if/", views.what_if, name="costs-what-if"),
    path(_COSTS + "population/new/", edit_views.enter_population, name="enter-population"),
    path(_COSTS + "population/<str:day>/", views.population, name="population"),
    path(_COSTS + "population/<str:day>/table.csv", views.population_csv, name="population-csv"),
    path(_COSTS + "key/", edit_views.key, name="cost-key"),
    path(_COSTS + "key/new/", edit_views.set_key, name="new-cost-key"),
    path(_COSTS + "key/withdraw/", edit_views.withdraw_key, name="withdraw-cost-key"),
    path(_COSTS + "<int:year>/", views.year, name="cost-year"),
    path(_COSTS + "<int:year>/change/", edit_views.change_budget, name="change-budget"),
    path(_COSTS + "<int:year>/compute/", edit_views.compute, name="compute-shares"),
    path(_COSTS + "<int:year>/shares.csv", views.shares_csv, name="cost-shares-csv"),
    path(_COSTS + "<int:year>/<str:organisation>/", views.statement, name="cost-statement"),
    path(_COSTS + "<int:year>/<str:organisation>/statement.pdf", views.statement_as_pdf, name="cost-statement-pdf"),
]
