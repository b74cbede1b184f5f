"""Addresses."""

from django.urls import path, register_converter

from entraide.desk import views
from entraide.kernel.base.desk import PILES


class PileConverter:
    """The name of a pile."""

    regex = "|".join(PILES)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(PileConverter, "pile")
app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/<pile:name>/", views.pile, name="pile"),
]
