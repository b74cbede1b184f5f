"""Opening a round, what it asks, and publishing what its lots are drawn from."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.monitoring import forms, forms_rounds, queries, rules, services
from entraide.features.monitoring.choices import Publicity
from entraide.features.monitoring.models import Evaluation, Mechanism
from entraide.features.monitoring.services.rounds import Evaluated
from entraide.features.monitoring.views.asking import ask, posted
from entraide.features.questionnaires.models import Circulation
from entraide.features.questionnaires.queries import circulations
from entraide.features.texts import queries as texts
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.names import localised
from entraide.kernel.bodies import facts
from entraide.kernel.bodies.models import Body
from entraide.ui.templatetags.ui import colon


@acting(Function.SECRETARIAT)
def open_round(request: ActingRequest, slug: str) -> HttpResponse:
    """A new round on chosen provisions, with the States in their order."""
    found = queries.mechanism(slug)
    require(rules.may_manage(request.acting, found))
    version = texts.shown(found.document)
    rows = texts.wordings(version, texts.best_language(version, [request.LANGUAGE_CODE])) if version else []
    provisions = {str(row.provision_id): row for row in rows}
    offices = {str(body.pk): body for body in _offices()}
    sent = _sent(request.acting)
    choices = {
        "provisions": [(key, f"{row.number} {row.heading}".strip() or row.provision.eid) for key, row in provisions.items()],
        "states": [(key, f"{body.country_label}{colon()} {body.name}") for key, body in offices.items()],
        "circulations": _titles(sent),
    }

    def verb(given: dict[str, Any]) -> None:
        states = [Evaluated(offices[key].country, offices[key], given["replies_due"]) for key in given["states"]]
        services.open_round(
            by=request.acting, mechanism=found, names={request.acting.language: given["name"]}, opens_on=given["opens_on"],
            closes_on=given["closes_on"], provisions=[(provisions[key].provision, "") for key in given["provisions"]], states=states,
            circulations=[sent[key] for key in given.get("circulations", [])],
        )  # fmt: skip

    form = forms_rounds.RoundForm(posted(request), choices=choices)
    if not sent:
        del form.fields["circulations"]
    return ask(
        request, form, title=_("Open a round"), caption=found.name, back=found.get_absolute_url(), verb=verb, done=_("The round is open."),
        warning=_withdraws(found) if sent else "",
    )  # fmt: skip


def _sent(by: Acting) -> dict[str, Circulation]:
    """What the acting body sent round, the newest first."""
    return {str(each.pk): each for each in circulations().filter(holder=by.body)}


def _titles(sent: dict[str, Circulation]) -> forms.Choices:
    return [(key, _("%(title)s (last day %(day)s)") % {"title": each.title, "day": date_format(each.due)}) for key, each in sent.items()]


def _withdraws(mechanism: Mechanism) -> str:
    """What happens to replies that were published before the round asked for them."""
    kept = _("Replies that are published already are withdrawn from publication where this mechanism does not publish them.")
    return kept if mechanism.publicity == Publicity.BY_STATE else ""


def _clusters(of: Mechanism) -> forms.Choices:
    return [(each["code"], localised(each["names"])) for each in of.clusters]


@acting(Function.SECRETARIAT)
def clusters(request: ActingRequest, round: UUID) -> HttpResponse:
    """In which of the mechanism's clusters each obligation of the round stands."""
    found = queries.round(round)
    require(rules.may_manage(request.acting, found.mechanism))
    if not found.mechanism.clusters:
        raise Http404
    rows = [row for _cluster, inside in queries.scope(found) for row in inside]
    listed = forms.provision_choices([row.provision for row in rows], request.LANGUAGE_CODE)
    initial = {str(row.provision_id): row.cluster for row in rows}
    form = forms_rounds.ClustersForm(posted(request), provisions=listed, clusters=_clusters(found.mechanism), initial=initial)

    def verb(given: dict[str, Any]) -> None:
        services.set_clusters(by=request.acting, round=found, clusters={UUID(key): cluster for key, cluster in given.items()})

    return ask(
        request, form, title=_("Clusters of obligations"), caption=f"{found.mechanism.name}, {found.name}", back=found.get_absolute_url(),
        follows=_("The next round of this mechanism takes over what you choose here."), verb=verb, done=_("The clusters are saved."),
    )  # fmt: skip


@acting(Function.SECRETARIAT)
def add_questionnaire(request: ActingRequest, round: UUID) -> HttpResponse:
    """One more questionnaire of a round."""
    found = queries.round(round)
    require(rules.may_manage(request.acting, found.mechanism))
    there = set(queries.questionnaires(found).values_list("circulation", flat=True))
    sent = {key: each for key, each in _sent(request.acting).items() if each.pk not in there}
    choices = {"circulation": _titles(sent), "cluster": [("", _("All that the round looks at")), *_clusters(found.mechanism)]}
    form = forms_rounds.AskForm(posted(request), choices=choices)
    if not found.mechanism.clusters:
        del form.fields["cluster"]

    def verb(given: dict[str, Any]) -> None:
        chosen, cluster = sent[given["circulation"]], given.get("cluster", "")
        services.add_questionnaire(by=request.acting, round=found, circulation=chosen, cluster=cluster)

    return ask(
        request, form, title=_("Add a questionnaire"), caption=found.name, back=found.get_absolute_url(), verb=verb,
        follows="" if sent else _("Send a questionnaire round first; then the round can ask it."), done=_("The round asks it."),
        warning=_withdraws(found.mechanism) if sent else "",
    )  # fmt: skip


@acting(Function.SECRETARIAT)
def remove_questionnaire(request: ActingRequest, asked: UUID) -> HttpResponse:
    """Takes a questionnaire out of a round."""
    found = queries.round_questionnaire(asked)
    require(rules.may_manage(request.acting, found.round.mechanism))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Take the questionnaire out of the round"), caption=found.title,
        back=found.round.get_absolute_url(), follows=_("What was asked and answered stays where it is; only this page no longer names it."),
        verb=lambda _given: services.remove_questionnaire(by=request.acting, asked=found), done=_("The round no longer asks it."),
    )  # fmt: skip


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
    form = forms_rounds.InputsForm(posted(request), initial={"pool": "\n".join(f"{code}, {known.get(code, '')}" for code in states)})

    def verb(given: dict[str, Any]) -> None:
        groups = known | dict(given["pool"])
        services.fix_inputs(by=request.acting, round=found, pool=given["pool"], excluded=given["excluded"], groups=groups)

    return ask(
        request, form, title=_("Publish what lots are drawn from"), caption=found.name, back=found.get_absolute_url(), verb=verb,
        follows=_("Once published, the inputs no longer change. The seed comes later, from a source that nobody here can choose."),
        done=_("The inputs are published."),
    )  # fmt: skip
