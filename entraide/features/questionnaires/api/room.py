"""The room under /api/questionnaires/."""

from django.utils.translation import gettext_lazy

from entraide.kernel.api.rooms import Room

room = Room("questionnaires", gettext_lazy("Questionnaires"))
