"""Addresses."""

from django.urls import path

from entraide.features.figures import views, views_table

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("tables/", views.tables, name="tables"),
    path("tables/count/", views.count, name="count"),
    path("tables/bring/", views_table.bring, name="bring"),
    path("tables/<uuid:table>/", views.table, name="table"),
    path("tables/<uuid:table>/file/", views.table_file, name="table_file"),
    path("tables/<uuid:table>/tried/", views_table.tried, name="tried"),
    path("tables/<uuid:table>/tried/file/", views_table.file_table, name="file_table"),
    path("tables/<uuid:table>/tried/throw-away/", views_table.discard, name="discard_table"),
]
