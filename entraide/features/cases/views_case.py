"""The pages of one case."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from entraide.engines import htcds
from entraide.features.cases import fields, queries, rules
from entraide.features.cases.choices import STEPS, Group, StepState, Track
from entraide.features.cases.models import Case, ErasureCertificate, IdentificationDecision
from entraide.features.cases.pages import back_to, frame
from entraide.features.cases.panels import makers
from entraide.features.cases.timeline import moments
from entraide.features.cases.values import Values
from entraide.kernel.access.rules import Verdict
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock
from entraide.ui import parts

PERSON = [group for group in Group if group not in {Group.CONSENT, Group.ORGANISATION}]


@acting(*HOLDS_CASES)
def case(request: ActingRequest, case: UUID) -> HttpResponse:
    """How to reach the person, what is agreed, where referrals stand, and the five tracks."""
    found = queries.get(case)
    today = clock.today()
    answers = [answer for answer in queries.agreements(found) if answer.ended_at is None and (answer.valid_until or today) >= today]
    context = frame(request.acting, found, "case") | {
        "panels": [
            render_to_string(panel.template, panel.context, request) for panel in (maker(request.acting, found) for maker in makers)
        ],
        "answers": answers,
        "tracks": tracks(found),
    }
    return render(request, "cases/case.html", context)


def tracks(case: Case) -> list[parts.Track]:
    """The five tracks side by side, with the steps that somebody ticked."""
    touched = queries.steps(case)
    found = []
    for track in Track:
        states = {code: touched[track, code].state if (track, code) in touched else StepState.TODO for code in STEPS[track]}
        done = sum(state != StepState.TODO for state in states.values())
        steps = [
            parts.Step(
                label, states[code] == StepState.DONE, str(StepState.NOT_NEEDED.label) if states[code] == StepState.NOT_NEEDED else ""
            )
            for code, label in STEPS[track].items()
        ]
        state, kind = (
            (_("Not begun"), "neutral") if not done else (_("Done"), "done") if done == len(states) else (_("Under way"), "active")
        )
        found.append(parts.Track(track.label, state, kind, steps, f"{back_to(case)}tracks/{track}/"))  # type: ignore[arg-type]  # one of the kinds
    return found


@acting(*HOLDS_CASES)
def person(request: ActingRequest, case: UUID) -> HttpResponse:
    """Everything recorded about the person, group by group, and what it says in terms of the Palermo Protocol."""
    found = queries.get(case)
    by_group = queries.read(by=request.acting, case=found, groups=[str(group) for group in PERSON])
    groups = [
        (Group(group), [parts.Row(label, shown) for label, shown in fields.labelled(by_group.get(group, {})).items()]) for group in PERSON
    ]
    context = frame(request.acting, found, "person") | {
        "groups": groups,
        "elements": situation(found, by_group.get(Group.TRAFFICKING, {})),
        "decisions": IdentificationDecision.objects.filter(case=found).order_by("-decided_on", "-id"),
    }
    return render(request, "cases/person.html", context)


def situation(case: Case, values: Values) -> list[tuple[str, list[str]]]:
    """Act, means and purpose, as far as the recorded fields show them."""
    typed: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    found = htcds.elements(typed)
    return [(_("Act"), list(found.acts)), (_("Means"), list(found.means)), (_("Purpose"), list(found.purposes))]


@acting(*HOLDS_CASES)
def agreements(request: ActingRequest, case: UUID) -> HttpResponse:
    """Agreement, legal basis and basis of transfer: three records."""
    found = queries.get(case)
    context = frame(request.acting, found, "agreements") | {
        "answers": queries.agreements(found),
        "legal_bases": queries.legal_bases(found),
        "transfer_bases": queries.transfer_bases(found),
        "today": clock.today(),
    }
    return render(request, "cases/agreements.html", context)


@acting(*HOLDS_CASES)
def notes(request: ActingRequest, case: UUID) -> HttpResponse:
    """Notes, relatives, and everything that happened."""
    found = queries.get(case)
    names = {post.pk: post.label for post in Post.objects.filter(body=request.acting.body)}
    context = frame(request.acting, found, "notes") | {
        "notes": [(note, names.get(note.written_by, "")) for note in queries.notes(by=request.acting, case=found)],
        "links": queries.links(by=request.acting, case=found),
        "moments": moments(request.acting, found, names),
    }
    return render(request, "cases/notes.html", context)


@acting(*HOLDS_CASES)
def team(request: ActingRequest, case: UUID) -> HttpResponse:
    """Who is in the team; status, legal hold, erasure."""
    found = queries.get(case)
    names = {post.pk: post.label for post in Post.objects.filter(body=request.acting.body)}
    members = [
        (member, names.get(member.post, _("a former colleague")), member.post == request.acting.post) for member in queries.team(found)
    ]
    erase: Verdict = rules.may_erase(request.acting, found)
    context = frame(request.acting, found, "team") | {
        "members": members,
        "may_erase": erase,
        "certificate": ErasureCertificate.objects.filter(case=found).first(),
    }
    return render(request, "cases/team.html", context)


@acting(*HOLDS_CASES)
def certificate(request: ActingRequest, case: UUID) -> HttpResponse:
    """The certificate of erasure, for printing."""
    found = queries.get(case)
    paper = ErasureCertificate.objects.filter(case=found).first()
    if paper is None:
        raise Http404
    return render(request, "cases/certificate.html", {"case": found, "certificate": paper, "back_url": back_to(found, "team")})
