"""Addresses of import and export."""

from django.urls import path

from entraide.features.cases import views_import

urlpatterns = [
    path("imports/", views_import.upload, name="imports"),
    path("imports/<uuid:run>/", views_import.run, name="import_run"),
    path("imports/<uuid:run>/file/", views_import.confirm, name="import_confirm"),
    path("imports/<uuid:run>/stop/", views_import.stop, name="import_stop"),
    path("imports/<uuid:run>/discard/", views_import.discard, name="import_discard"),
    path("export/", views_import.export, name="export"),
]
