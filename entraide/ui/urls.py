"""Addresses of the style guide."""

from django.urls import path

from entraide.ui import views

app_name = "ui"

urlpatterns = [path("", views.guide, name="guide")]
