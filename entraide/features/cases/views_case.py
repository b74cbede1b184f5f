"""The pages of one case: each a tab, under the rules of safe contact."""

from collections.abc import Iterable
from operator import attrgetter
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from entraide.features.cases import ahead, fields, queries, rules, situation
from entraide.features.cases.choices import STEPS, Group, StepState, Track
from entraide.features.cases.models import Case, ErasureCertificate, IdentificationDecision, Step
from entraide.features.cases.pages import back_to, frame, names_of, page_of, standing
from entraide.features.cases.panels import Panel, makers
from entraide.features.cases.timeline import moments
from entraide.features.cases.values import Values
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies import queries as bodies
from entraide.ui import parts
from entraide.ui.forms import DaysFilter
from entraide.ui.narrowing import Facet, RowsFilter, coded

PERSON = (
    Group.COMMUNICATION, Group.SAFE_CONTACT, Group.CONTACT, Group.IDENTITY, Group.FAMILY, Group.BACKGROUND, Group.SUPPORT,
    Group.CASE, Group.ORGANISATION, Group.CONSENT,
)  # fmt: skip
SITUATION = (Group.TRAFFICKING, Group.EVENTS, Group.PERPETRATOR)


@acting(*HOLDS_CASES)
def case(request: ActingRequest, case: UUID) -> HttpResponse:
    """How to reach the person, what is next, what is agreed, where referrals stand, who is responsible, and the five tracks."""
    found = queries.get(case)
    context = frame(request.acting, found, "case")
    context |= {
        "tasks": ahead.tasks(found, contact_known=bool(context["contact"])),
        "answers": [answer for answer in queries.agreements(found) if queries.holds(found, answer)],
        "panels": [render_to_string(panel.template, panel.context, request) for panel in _panels(request.acting, found)],
        "responsible": bodies.get(found.holder),
        "members": _members(request.acting, found),
        "tracks": tracks(found),
        "closing_reason": queries.closing_reason(by=request.acting, case=found),
    }
    return render(request, "cases/case.html", context)


def _panels(by: Acting, case: Case) -> list[Panel]:
    return [maker(by, case) for maker in makers]


def tracks(case: Case) -> list[parts.Track]:
    """The five tracks side by side, with the steps that somebody ticked."""
    touched = queries.steps(case)
    return [_track(case, track, {code: step for (at, code), step in touched.items() if at == track}) for track in Track]


def _track(case: Case, track: Track, touched: dict[str, Step]) -> parts.Track:
    states = {code: touched[code].state if code in touched else StepState.TODO for code in STEPS[track]}
    handled = sum(state != StepState.TODO for state in states.values())
    steps = [
        parts.Step(label, states[code] == StepState.DONE, StepState.NOT_NEEDED.label if states[code] == StepState.NOT_NEEDED else "")
        for code, label in STEPS[track].items()
    ]
    url = f"{back_to(case)}tracks/{track}/"
    if not handled:
        return parts.Track(track.label, _("Not begun"), "neutral", steps, url)
    if handled == len(states):
        return parts.Track(track.label, _("Done"), "done", steps, url)
    return parts.Track(track.label, _("%(done)s of %(total)s") % {"done": handled, "total": len(states)}, "active", steps, url)


def _groups(values: dict[str, Values], groups: Iterable[Group]) -> dict[str, object]:
    """Field groups for the page: those with something recorded, with their rows, and the empty ones."""
    rows = {group: [parts.Row(label, shown) for label, shown in fields.labelled(values.get(group, {})).items()] for group in groups}
    return {
        "groups": [(group, lines) for group, lines in rows.items() if lines],
        "empty": [group for group, lines in rows.items() if not lines],
    }


def _evidence(elements: list[situation.Element]) -> list[parts.Track]:
    """Act, means and purpose side by side; a star marks our own reading."""
    found = []
    for element in elements:
        state = _("Evidence") if element.findings else _("Nothing recorded") if element.needed else _("Not needed for a child")
        steps = [parts.Step(f"{one.label}{' *' if one.reading else ''}", True, "; ".join(one.because)) for one in element.findings]
        found.append(parts.Track(element.label, state, "done" if element.findings else "neutral", steps))
    return found


@acting(*HOLDS_CASES)
def person(request: ActingRequest, case: UUID) -> HttpResponse:
    """What is recorded about the person, group by group, and who belongs to her."""
    found = queries.get(case)
    values = queries.read(by=request.acting, case=found, groups=[str(group) for group in PERSON])
    relation = Facet("relation", _("Relation"), attrgetter("relation"), attrgetter("relation_label"))
    narrowed = RowsFilter(request.GET, queries.links(by=request.acting, case=found), relation)
    context = frame(request.acting, found, "person") | {
        **_groups(values, PERSON),
        "filter": narrowed,
        "relatives": page_of(request, narrowed.kept),
    }
    return render(request, "cases/person.html", context)


@acting(*HOLDS_CASES)
def situation_page(request: ActingRequest, case: UUID) -> HttpResponse:
    """Act, means and purpose as far as they are recorded, what was decided, and the records behind."""
    found = queries.get(case)
    values = queries.read(by=request.acting, case=found, groups=[str(group) for group in SITUATION])
    elements = situation.elements(found, values)
    decided = IdentificationDecision.objects.filter(case=found).order_by("-created_at", "-id")
    narrowed = RowsFilter(request.GET, decided, coded("status", _("Decision")))
    context = frame(request.acting, found, "situation") | {
        **_groups(values, SITUATION),
        "elements": _evidence(elements),
        "complete": situation.complete(elements),
        "filter": narrowed,
        "decisions": page_of(request, narrowed.kept),
    }
    return render(request, "cases/situation.html", context)


@acting(*HOLDS_CASES)
def agreements(request: ActingRequest, case: UUID) -> HttpResponse:
    """Agreement, legal basis and basis of transfer: three records."""
    found = queries.get(case)
    said = RowsFilter(request.GET, queries.agreements(found), coded("purpose", _("Purpose")), coded("decision", _("Answer")))
    legal = RowsFilter(request.GET, queries.legal_bases(found), Facet("basis", *coded("kind", _("Kind"))[1:]))
    transfer = RowsFilter(request.GET, queries.transfer_bases(found), Facet("transfer", *coded("kind", _("Kind"))[1:]))
    page = page_of(request, said.kept)
    context = frame(request.acting, found, "agreements") | {
        "page": page,
        "answers": [(answer, *standing(found, answer)) for answer in page],
        "filter": said,
        "legal_filter": legal,
        "transfer_filter": transfer,
        "legal_bases": page_of(request, legal.kept, "bases"),
        "transfer_bases": page_of(request, transfer.kept, "transfers"),
    }
    return render(request, "cases/agreements.html", context)


@acting(*HOLDS_CASES)
def notes(request: ActingRequest, case: UUID) -> HttpResponse:
    """What the team wrote; only the notes of this page are opened."""
    found = queries.get(case)
    narrowed = DaysFilter(request.GET)
    page = page_of(request, narrowed.kept(queries.note_rows(found), lambda row: row.created_at))
    opened = queries.notes(by=request.acting, case=found, rows=list(page))
    names = names_of([note.written_by for note in opened])
    context = {"page": page, "filter": narrowed, "notes": [(note, names.get(note.written_by, "")) for note in opened]}
    return render(request, "cases/notes.html", frame(request.acting, found, "notes") | context)


@acting(*HOLDS_CASES)
def timeline(request: ActingRequest, case: UUID) -> HttpResponse:
    """Everything that happened, newest first."""
    found = queries.get(case)
    narrowed = DaysFilter(request.GET)
    kept = narrowed.kept(moments(found, _panels(request.acting, found)), lambda moment: moment.when)
    context = {"page": page_of(request, kept), "filter": narrowed}
    return render(request, "cases/timeline.html", frame(request.acting, found, "timeline") | context)


def _members(by: Acting, case: Case) -> list[dict[str, object]]:
    team = list(queries.team(case))
    names = names_of([member.post for member in team])
    return [
        {
            "post": member.post,
            "name": names.get(member.post) or _("a former colleague"),
            "since": member.since,
            "me": member.post == by.post,
        }
        for member in team
    ]


@acting(*HOLDS_CASES)
def team(request: ActingRequest, case: UUID) -> HttpResponse:
    """Who is in the team; status, legal hold, erasure."""
    found = queries.get(case)
    context = frame(request.acting, found, "team") | {
        "members": _members(request.acting, found),
        "responsible": bodies.get(found.holder),
        "may_erase": rules.may_erase(request.acting, found),
        "certificate": ErasureCertificate.objects.filter(case=found).first(),
        "closing_reason": queries.closing_reason(by=request.acting, case=found),
    }
    return render(request, "cases/team.html", context)
