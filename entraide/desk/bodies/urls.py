"""Addresses."""

from django.urls import path

from entraide.desk.bodies import views, views_write

app_name = "bodies"
urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("new/", views_write.register, name="register"),
    path("<uuid:body>/", views.body, name="body"),
    path("<uuid:body>/vet/", views.vet, name="vet"),
    path("<uuid:body>/vettings/<uuid:vetting>/revoke/", views.revoke, name="revoke"),
    path("<uuid:body>/seats/new/", views_write.give_seat, name="give_seat"),
    path("<uuid:body>/seats/<uuid:seat>/end/", views_write.end_seat, name="end_seat"),
]
