"""The demonstration's cases and referrals, made through the same verbs that people use, over the last months."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from entraide.demo import world
from entraide.demo.people import acting_for, post_at
from entraide.features.cases import consent, erasure, services
from entraide.features.cases.agreements import Agreement, AgreementText
from entraide.features.cases.choices import STEPS, Decider, LegalBasisKind, Manner, Purpose, TransferBasisKind
from entraide.features.cases.fields import by_group
from entraide.features.cases.models import Case
from entraide.features.referrals import services as referrals
from entraide.features.referrals import tasks
from entraide.features.referrals.choices import DeclineReason, Outcome
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body

SEED, COUNT = 64_178, 100
SHELTER, BAAN, COORDINATION = "abrigo-mare-mansa-pt", "baan-lom-chao-th", "gabinete-tagide-pt"
MOVE_OF = {"conclusive": ["presume", "conclude"], "reasonable_grounds": ["presume", "find_grounds"], "presumed": ["presume"],
           "negative": ["presume", "refuse"], "appealed": ["presume", "refuse", "appeal"]}  # fmt: skip
ALL = ["identity", "communication", "safe_contact", "contact", "family", "background", "trafficking", "support"]


@dataclass(frozen=True)
class Made:
    """A case of the demonstration and who opened it."""

    case: UUID
    email: str
    person: world.Person


def make_story() -> None:
    """100 cases and the referrals between bodies; deterministic but for identifiers, references and what is sealed."""
    dice, now = random.Random(SEED), clock.now()  # noqa: S311 - a story, not a secret
    people = world.persons(SEED, COUNT, clock.today())
    made = [_case(dice, person, email, now) for person, email in zip(people, _holders(), strict=True)]
    _lives(dice, made, now)
    _referrals(dice, made, now)


def _holders() -> list[str]:
    """Who holds which case: most of them the Portuguese shelter, whose list then has several pages."""
    others = sorted(
        {
            email
            for body in world.bodies()
            if body.kind == "assistance" and body.vetted and body.vetted.in_force and body.slug != SHELTER
            and (email := post_at(body.slug, "case_worker", "intake"))
        }
    )  # fmt: skip
    police = post_at("brigada-atlantida-pt", "investigator")
    mine = post_at(SHELTER, "case_worker")
    assert mine and police and others
    return [mine] * 64 + [police] * 4 + [others[place % len(others)] for place in range(COUNT - 68)]


def _case(dice: random.Random, person: world.Person, email: str, now: datetime) -> Made:
    opened = now - timedelta(days=dice.randint(5, 520), minutes=dice.randint(0, 1_400))
    with clock.at(opened), transaction.atomic():
        by = acting_for(email)
        with acting_as(by):
            case = services.open_case(
                by=by,
                age=person.age,
                values_by_group=by_group(person.values()),
                country=person.country,
                opened_on=opened.date(),
                invented=True,
            )
            for note in person.notes:
                services.write_note(by=by, case=case, text=note)
            for move in MOVE_OF.get(person.identification, []):
                case = Case.objects.get(pk=case.pk)
                services.decide_identification(
                    by=by, case=case, name=move, decider=person.decider or Decider.NGO, decider_name="", decided_on=clock.today()
                )
            for track, steps in STEPS.items() if person.number % 4 == 1 else ():
                for code in list(steps)[: dice.randint(0, len(steps)) if track < "T4" else dice.randint(0, 1)]:
                    services.set_step(by=by, case=case, track=track, code=code, state="done" if dice.random() < 0.85 else "not_needed")
            consent.add_legal_basis(by=by, case=case, kind=LegalBasisKind.PUBLIC_TASK, provision="Invented Act 7/2019, article 4")
    return Made(case.pk, email, person)


def _lives(dice: random.Random, made: list[Made], now: datetime) -> None:
    """Some cases close, two persons are linked, one is under a legal hold, one was erased."""
    for place, one in enumerate(made[:40:4]):
        with clock.at(now - timedelta(days=3, hours=place)), transaction.atomic():
            by = acting_for(one.email)
            with acting_as(by):
                services.move(
                    by=by, case=Case.objects.get(pk=one.case), name="follow_up" if place % 2 else "close", reason="Invented reason"
                )
    with transaction.atomic():
        by = acting_for(made[1].email)
        with acting_as(by):
            cases = [Case.objects.get(pk=made[place].case) for place in (1, 2, 3, 5)]
            services.link_person(by=by, case=cases[0], relation="sibling", text="A younger sister (invented)", other=cases[1])
            services.link_person(by=by, case=cases[1], relation="companion", text="Worked on the same farm (invented)")
            erasure.hold(by=by, case=cases[2], order="Invented court order 12/2026")
            erasure.erase(by=by, case=cases[3], requested_by_person=True)


def _text(case: Case) -> AgreementText:
    child = case.age != "adult"
    return (
        AgreementText.objects.filter(language="en").order_by("-for_children" if child else "for_children").first()
        or AgreementText.objects.get()
    )


def _agree(by: Acting, case: Case, recipient: Body, purpose: str, guardian: str | None, days: int = 200) -> Agreement:
    answer = consent.record_agreement(
        by=by, case=case, recipient=recipient, purpose=purpose, groups=ALL, text=_text(case),
        valid_until=clock.today() + timedelta(days=days), manner=Manner.SIGNED, told_copies_stay=True,
        guardian=guardian or ("Invented Guardian" if case.age != "adult" else ""),
    )  # fmt: skip
    if recipient.country != by.country:
        consent.add_transfer_basis(by=by, case=case, kind=TransferBasisKind.SHARING_AGREEMENT, recipient=recipient, document="INV-SHARE/3")
    return answer


PLOTS = [
    plot
    for plot, times in {
        "draft": 1, "sent": 6, "queried": 2, "offered": 2, "telephoned": 2, "accepted": 3, "arrived": 2, "not_arrived": 1, "closed": 3,
        "declined": 2, "no_capacity": 1, "recalled": 1, "expired": 3, "discarded": 1, "withdrawn": 1, "withdrawn_answered": 1,
    }.items()
    for _time in range(times)
]  # fmt: skip


def _referrals(dice: random.Random, made: list[Made], now: datetime) -> None:
    """One referral for each plot: most from the shelter, every second one to the receiving NGO in Thailand."""
    partners = [
        body.slug for body in world.bodies()
        if body.kind == "assistance" and body.vetted and body.vetted.in_force
        and body.slug not in {SHELTER, BAAN} and post_at(body.slug, "intake")
    ]  # fmt: skip
    senders = [one for one in made if one.email == made[0].email and one not in made[:8]]
    for place, plot in enumerate(PLOTS):
        recipient = BAAN if place % 2 == 0 else partners[place % len(partners)]
        _play(dice, plot, senders[place], recipient, now)
    for one in made[70:72]:
        _play(dice, "sent", one, COORDINATION, now)
    _to_police(made[60], now)
    with transaction.atomic():
        by = acting_for(made[61].email)
        with acting_as(by):
            case = Case.objects.get(pk=made[61].case)
            baan = Body.objects.get(slug=BAAN)
            consent.record_refusal(by=by, case=case, recipient=baan, purpose=Purpose.FAMILY_TRACING, text=_text(case))
            narrower = _agree(by, case, baan, Purpose.MEDICAL, None, days=9)
            consent.narrow(by=by, case=case, answer=narrower, groups=["identity", "communication"])


def _play(dice: random.Random, plot: str, one: Made, to: str, now: datetime) -> None:
    waits = {"draft", "sent", "queried", "offered", "telephoned"}
    begun = now - (timedelta(hours=dice.randint(1, 3)) if plot in waits else timedelta(days=dice.randint(9, 60)))
    with clock.at(begun), transaction.atomic():
        by = acting_for(one.email)
        with acting_as(by):
            case, recipient = Case.objects.get(pk=one.case), Body.objects.get(slug=to)
            answer = _agree(by, case, recipient, Purpose.ASSISTANCE, one.person.guardian)
            needs = list(one.person.needs) or ["shelter"]
            if plot == "telephoned":
                referrals.record_call(
                    by=by, case=case, recipient=recipient, purpose=Purpose.ASSISTANCE, needs=needs, chosen=ALL,
                    called_at=begun - timedelta(minutes=50), account="Invented call: a bed is free tonight.",
                )  # fmt: skip
                return
            urgency = "immediate" if plot == "expired" else dice.choice(["routine", "urgent"])
            sent = referrals.draft(
                by=by, case=case, recipient=recipient, purpose=Purpose.ASSISTANCE, urgency=urgency, needs=needs, chosen=ALL
            )
            if plot == "discarded":
                referrals.make(by=by, referral=sent, name="discard")
            elif plot != "draft":
                referrals.send(by=by, referral=sent)
    if plot in {"draft", "sent", "discarded"}:
        return
    if plot == "recalled":
        _step(begun + timedelta(hours=2), one.email, sent.pk, "recall")
    elif plot == "expired":
        _expire(sent.pk, by, begun)
    else:
        _answer(dice, plot, sent, post_at(to, "intake") or "", begun, one.email, answer)


def _expire(sent: UUID, by: Acting, begun: datetime) -> None:
    with clock.at(begun + timedelta(hours=5)):
        tasks.expire_one(by.body, by.side, sent)


def _step(at: datetime, email: str, sent: UUID, name: str, **facts: str) -> None:
    with clock.at(at), transaction.atomic():
        by = acting_for(email)
        with acting_as(by):
            referrals.make(by=by, referral=OutgoingReferral.objects.get(pk=sent), name=name, **facts)


def _answer(dice: random.Random, plot: str, sent: OutgoingReferral, email: str, begun: datetime, sender: str, answer: Agreement) -> None:
    with clock.at(begun + timedelta(minutes=40)), transaction.atomic():
        by = acting_for(email)
        with acting_as(by):
            referral = IncomingReferral.objects.get(thread=sent.thread)
            if plot == "queried":
                referrals.make(by=by, referral=referral, name="ask_back", text="Invented question: is an interpreter needed?")
            elif plot == "offered":
                referrals.accept(by=by, referral=referral, name="accept_with_conditions", text="Invented condition: arrival on a weekday.")
            elif plot == "declined":
                referrals.make(by=by, referral=referral, name="decline", reason=dice.choice([DeclineReason.LANGUAGE, DeclineReason.SAFETY]))
            elif plot == "no_capacity":
                referrals.make(by=by, referral=referral, name="no_capacity")
            else:
                referrals.accept(by=by, referral=referral)
    _afterwards(plot, sent, email, begun, sender, answer)


def _afterwards(plot: str, sent: OutgoingReferral, email: str, begun: datetime, sender: str, answer: Agreement) -> None:
    moves = {"arrived": ["confirm_arrival"], "not_arrived": ["report_no_arrival"], "closed": ["confirm_arrival", "report_outcome"]}.get(
        plot, []
    )
    for place, name in enumerate(moves):
        with clock.at(begun + timedelta(days=2 + place)), transaction.atomic():
            by = acting_for(email)
            with acting_as(by):
                facts = {"outcome": str(Outcome.IN_CARE)} if name == "report_outcome" else {}
                referrals.make(by=by, referral=IncomingReferral.objects.get(thread=sent.thread), name=name, **facts)
    if not plot.startswith("withdrawn"):
        return
    with clock.at(begun + timedelta(days=3)), transaction.atomic():
        by = acting_for(sender)
        with acting_as(by):
            consent.withdraw(by=by, case=Case.objects.get(pk=sent.case_id), answer=Agreement.objects.get(pk=answer.pk))
    if plot == "withdrawn_answered":
        with clock.at(begun + timedelta(days=4)), transaction.atomic():
            by = acting_for(email)
            with acting_as(by):
                referrals.answer_withdrawal(by=by, referral=IncomingReferral.objects.get(thread=sent.thread), answer="erased")


def _to_police(one: Made, now: datetime) -> None:
    """What a documented legal duty passes over the firewall: the groups that it names, and nothing else."""
    with clock.at(now - timedelta(hours=2)), transaction.atomic():
        by = acting_for(one.email)
        with acting_as(by):
            case, police = Case.objects.get(pk=one.case), Body.objects.get(slug="brigada-atlantida-pt")
            consent.add_legal_basis(
                by=by, case=case, kind=LegalBasisKind.LEGAL_DUTY, provision="Invented Code, article 242", document="INV-ORDER/9",
                recipient=police, groups=["identity", "trafficking"],
            )  # fmt: skip
            sent = referrals.draft(
                by=by, case=case, recipient=police, purpose=Purpose.INVESTIGATION, urgency="routine", needs=["investigation"],
                chosen=["identity", "trafficking"],
            )  # fmt: skip
            referrals.send(by=by, referral=sent)
