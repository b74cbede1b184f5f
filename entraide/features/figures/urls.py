"""Addresses."""

from django.urls import path

from entraide.features.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("tables/", views.tables, name="tables"),
    path("tables/count/", views.count, name="count"),
    path("tables/<uuid:table>/", views.table, name="table"),
    path("tables/<uuid:table>/file/", views.table_file, name="table_file"),
]
