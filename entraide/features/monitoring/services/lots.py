"""Lots: the inputs are fixed and published, then the seed is entered, then everybody can draw again."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.engines import lots
from entraide.features.monitoring import audiences, rules
from entraide.features.monitoring.choices import Reviewers
from entraide.features.monitoring.models import Draw, Evaluation, Reviewer, Round
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name

SENTENCES: Mapping[str, object] = {
    "nobody": _("There is nobody to review."),
    "reviewers": _("At least one reviewer for each State is needed."),
    "many": _("There are more States than the draw takes."),
    "seed": _("Enter the seed."),
    "shape": _("This is not what a draw needs."),
    "twice": _("%(state)s stands there twice."),
    "few": _("No draw is possible: %(state)s has too few possible reviewers. Itself and those with a conflict of interest do not count."),
    "group": _("No draw is possible: nobody else of its regional group can review %(state)s. Add a State of that group to the pool."),
}


@transaction.atomic
def fix_inputs(
    *, by: Acting, round: Round, pool: Sequence[tuple[str, str]], excluded: Sequence[tuple[str, str]] = (), groups: Mapping[str, str]
) -> Draw:  # fmt: skip
    """Fixes and publishes what is drawn from: the States of the round, the pool [(code, group)], the conflicts [(reviewed, reviewer)]."""
    mechanism = round.mechanism
    require(rules.may_manage(by, mechanism))
    if mechanism.reviewers_are != Reviewers.STATES:
        require(refuse("appointed", _("In this mechanism reviewers are appointed, not drawn.")))
    if Draw.objects.filter(round=round, drawn_at__isnull=False).exists():
        require(refuse("drawn", _("The lots of this round have been drawn.")))
    inputs = lots.Inputs(
        tuple(lots.Unit(each.state, groups.get(each.state, "")) for each in Evaluation.objects.filter(round=round).order_by("state")),
        tuple(lots.Unit(code, group) for code, group in pool), mechanism.reviewers, mechanism.same_region, frozenset(excluded),
    )  # fmt: skip
    _possible(inputs)
    drawn = Draw.objects.create(holder=by.body, audience=audiences.PUBLIC, round=round, inputs=inputs.as_json(), digest=lots.digest(inputs))
    record(by=by, action="monitoring.fix_inputs", kind="draw", object_id=drawn.pk)
    return drawn


def _possible(inputs: lots.Inputs) -> None:
    try:
        lots.check(inputs)
    except lots.NoDraw as why:
        require(refuse(why.code, str(SENTENCES[why.code]) % {"state": country_name(why.unit)}))


@transaction.atomic
def draw(*, by: Acting, drawn: Draw, seed: str, seed_source: str) -> Draw:
    """Draws with a seed that nobody could choose; the States drawn become the reviewers, and the order of countries is that of the lots."""
    drawn = Draw.objects.select_for_update().get(pk=drawn.pk)
    require(rules.may_manage(by, drawn.round.mechanism))
    if drawn.drawn_at is not None:
        require(refuse("drawn", _("The lots of this round have been drawn.")))
    if not seed.strip() or not seed_source.strip():
        require(refuse("seed", _("Enter the seed, and where everybody can look it up.")))
    inputs = lots.read(drawn.inputs)
    result = lots.draw(inputs, seed.strip())
    order = lots.order(result, seed.strip())
    drawn.seed, drawn.seed_source, drawn.drawn_at = seed.strip(), seed_source.strip(), clock.now()
    drawn.result = {"order": order, "reviewers": result}
    drawn.save(update_fields=["seed", "seed_source", "drawn_at", "result"])
    _seat(by, drawn.round, order, result)
    record(by=by, action="monitoring.draw", kind="draw", object_id=drawn.pk)
    return drawn


def _seat(by: Acting, round: Round, order: list[str], result: dict[str, list[str]]) -> None:
    evaluations = {each.state: each for each in Evaluation.objects.filter(round=round)}
    for place, code in enumerate(order, start=1):
        evaluations[code].place = place
    Evaluation.objects.bulk_update(evaluations.values(), ["place"])
    Reviewer.objects.bulk_create(
        Reviewer(
            holder=by.body, audience=audiences.PUBLIC, evaluation=evaluations[code], country=country,
            body_id=evaluations[country].body_id if country in evaluations else None,
        )
        for code, countries in result.items()
        for country in countries
    )  # fmt: skip
