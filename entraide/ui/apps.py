"""Registers the look with Django, so that its templates and static files are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look of Entraide."""

    name = "entraide.ui"
    label = "ui"

    def ready(self) -> None:
        """Before any form is made and any date is written."""
        from entraide.ui.formats import write_ordinals
        from entraide.ui.sentences import say_it_plainly

        say_it_plainly()
        write_ordinals()
