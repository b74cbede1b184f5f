"""The room under /api/monitoring/, and its doors."""

from typing import Annotated

from django.utils.translation import gettext_lazy
from ninja import Schema
from pydantic import Field

from entraide.features.monitoring.choices import ANSWERS_FOR_STATE, WORKS_ON_IT
from entraide.kernel.accounts.choices import Function
from entraide.kernel.api.doors import acting
from entraide.kernel.api.rooms import Room

PUBLIC = "mechanisms, rounds and lots are public"
SEES = "what is published is for everybody; each sees beside it what is sent to her"
room = Room("monitoring", gettext_lazy("Monitoring"))
state_speaks, house, secretariat = acting(*sorted(ANSWERS_FOR_STATE)), acting(*sorted(WORKS_ON_IT)), acting(Function.SECRETARIAT)

Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]
Wordings = Annotated[dict[Language, Annotated[str, Field(min_length=1, max_length=5_000)]], Field(min_length=1, max_length=20)]
"""{language: text}, at least one."""


class Nothing(Schema):
    """A body without values, for verbs that need none."""
