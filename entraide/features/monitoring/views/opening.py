"""Opening a round, and publishing what its lots are drawn from."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from entraide.features.monitoring import forms, queries, rules, services
from entraide.features.monitoring.models import Evaluation
from entraide.features.monitoring.services.rounds import Evaluated
from entraide.features.monitoring.views.asking import ask, posted
from entraide.features.questionnaires.queries import circulations
from entraide.features.texts import queries as texts
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies import facts
from entraide.kernel.bodies.models import Body


@acting(Function.SECRETARIAT)
def open_round(request: ActingRequest, slug: str) -> HttpResponse:
    """A new round on chosen provisions, with the States in their order."""
    found = queries.mechanism(slug)
    require(rules.may_manage(request.acting, found))
    version = texts.shown(found.document)
    rows = texts.wordings(version, texts.best_language(version, [request.acting.language])) if version else []
    provisions = {str(row.provision_id): row for row in rows}
    offices = {str(body.pk): body for body in _offices()}
    sent = {str(each.pk): each for each in circulations().filter(holder=request.acting.body)}
    choices = {
        "provisions": [(key, f"{row.number} {row.heading}".strip() or row.provision.eid) for key, row in provisions.items()],
        "states": [(key, f"{body.country_label}: {body.name}") for key, body in offices.items()],
        "circulation": [("", _("None")), *((key, each.title) for key, each in sent.items())],
    }

    def verb(given: dict[str, Any]) -> None:
        states = [Evaluated(offices[key].country, offices[key], given["replies_due"]) for key in given["states"]]
        services.open_round(
            by=request.acting, mechanism=found, names={request.acting.language: given["name"]}, opens_on=given["opens_on"],
            closes_on=given["closes_on"], provisions=[(provisions[key].provision, "") for key in given["provisions"]], states=states,
            circulation=sent.get(given["circulation"]),
        )  # fmt: skip

    form = forms.RoundForm(posted(request), choices=choices)
    return ask(
        request, form, title=_("Open a round"), caption=found.name, back=found.get_absolute_url(), verb=verb, done=_("The round is open.")
    )


def _offices() -> list[Body]:
    """National coordination offices: those who can answer for their State."""
    return list(Body.objects.filter(kind="coordination", level="national").exclude(country="").order_by("country", "slug"))


@acting(Function.SECRETARIAT)
def fix_inputs(request: ActingRequest, round: UUID) -> HttpResponse:
    """Publishes the States, the possible reviewers with their groups, and the conflicts, before there is a seed."""
    found = queries.round(round)
    require(rules.may_manage(request.acting, found.mechanism))
    states = list(Evaluation.objects.filter(round=found).order_by("place").values_list("state", flat=True))
    known = {state.code: state.regional_group or "" for state in facts.states()}
    form = forms.InputsForm(posted(request), initial={"pool": "\n".join(f"{code}, {known.get(code, '')}" for code in states)})

    def verb(given: dict[str, Any]) -> None:
        groups = known | dict(given["pool"])
        services.fix_inputs(by=request.acting, round=found, pool=given["pool"], excluded=given["excluded"], groups=groups)

    return ask(
        request, form, title=_("Publish what lots are drawn from"), caption=found.name, back=found.get_absolute_url(), verb=verb,
        follows=_("Once published, the inputs no longer change. The seed comes later, from a source that nobody here can choose."),
        done=_("The inputs are published."),
    )  # fmt: skip
