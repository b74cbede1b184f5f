"""Addresses."""

from django.urls import path

from entraide.desk.record import views

app_name = "record"
urlpatterns = [
    path("", views.openings, name="openings"),
    path("export/", views.export, name="export"),
]
