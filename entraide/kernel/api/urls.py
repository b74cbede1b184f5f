"""Addresses under /api/: the page and the schema, then every room's operations."""

from django.urls import URLPattern, URLResolver, path

from entraide.kernel.api import views
from entraide.kernel.api.site import api


def _operations() -> list[URLPattern | URLResolver]:
    return [pattern for pattern in api().urls[0] if getattr(pattern, "name", "") != "api-root"]


app_name = "api"
urlpatterns = [path("", views.operations, name="operations"), path("openapi.json", views.openapi, name="openapi"), *_operations()]
