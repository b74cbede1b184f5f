"""What two invented States did with treaties, whom they designated and what their law says, through the usual verbs."""

import json
from datetime import timedelta
from importlib import resources
from typing import Any

from entraide.demo.promises.cast import at, on
from entraide.features.treaties import services
from entraide.features.treaties.choices import Help
from entraide.features.treaties.models import Instrument
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock

SOURCE = "Invented for the demonstration"


def make_treaties() -> None:
    """For each State that has somebody who records it."""
    told: dict[str, Any] = json.loads(resources.files(__package__).joinpath("treaties.json").read_text("utf-8"))
    for state in told["acts"]:
        with on(-30, at(f"coordination-{state.lower()}", "coordinator")) as by:
            _record(by, state, told)


def _record(by: Acting, state: str, told: dict[str, Any]) -> None:
    as_of = clock.today() - timedelta(days=1)
    for slug, kind, day, words in told["acts"][state]:
        services.record_act(
            by=by, state=state, instrument=Instrument.objects.get(slug=slug), kind=kind, on=day, text=words, source=SOURCE, as_of=as_of
        )
    services.designate(
        by=by, state=state, instrument=None, helps=[Help.MLA, Help.EXTRADITION, Help.INFORMATION], contact="", source=SOURCE, as_of=as_of,
        **told["authorities"][state],
    )  # fmt: skip
    for topic, answer, text, reference in told["law"][state]:
        services.record_law(by=by, state=state, topic=topic, answer=answer, text=text, reference=reference, source=SOURCE, as_of=as_of)
