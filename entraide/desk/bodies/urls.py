"""Addresses."""

from django.urls import path

from entraide.desk.bodies import views

app_name = "bodies"
urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("<uuid:body>/", views.body, name="body"),
    path("<uuid:body>/vet/", views.vet, name="vet"),
    path("<uuid:body>/vettings/<uuid:vetting>/revoke/", views.revoke, name="revoke"),
]
