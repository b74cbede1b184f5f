"""Django's entry to the app."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Questionnaires."""

    name = "entraide.features.questionnaires"
    label = "questionnaires"
