"""The demonstration's questionnaire, sent round twice to invented States and organisations, with replies at every stage."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from entraide.demo import world
from entraide.demo.people import acting_for
from entraide.demo.world.questionnaire import invented_answers, questionnaire_form
from entraide.engines.forms import Imported, Value
from entraide.features.questionnaires import services
from entraide.features.questionnaires.choices import Gap
from entraide.features.questionnaires.models import Addressee, Circulation, Question, Questionnaire, Reply, Section
from entraide.features.questionnaires.outline import Asked, outline
from entraide.features.questionnaires.queries import asked_of
from entraide.features.questionnaires.saving import Given, Place
from entraide.features.questionnaires.xlsform import import_form
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body

SEED = 197
STATES = tuple(state.code for state in world.states())
NGOS = ("lantern-watch-xa", "open-courtyard-xb")
ROUNDS = (
    ({"en": "First evaluation round", "fr": "Premier cycle d’évaluation"}, -760, -640, {"XE": "nothing", NGOS[1]: "nothing"}),
    ({"en": "Second evaluation round", "fr": "Deuxième cycle d’évaluation"}, -70, 24,
     {"XA": "writing", "XC": "returned", "XD": "cleared", "XE": "nothing", NGOS[1]: "begun"}),
)  # fmt: skip
"""(titles, sent round, last day, what did not simply get sent) in days from today."""


def make_questionnaires() -> None:
    """The same each time but for identifiers and days."""
    dice, now = random.Random(SEED), clock.now()  # noqa: S311 - a story, not a secret
    previous: Circulation | None = None
    secretariat = next(post.email for post in world.policy_posts() if post.body == world.MECHANISM)
    for titles, opened, due, plots in ROUNDS:
        begun = now + timedelta(days=opened)
        last, before = now + timedelta(days=due), previous
        sent: Circulation = _as(secretariat, begun, partial(_round, titles=titles, due=last, previous=before))
        for post in world.policy_posts():
            name = post.body[-2:].upper() if post.body.startswith("coordination-") else post.body
            if post.function == "focal_point":
                _answer(dice, post.email, sent, plots.get(name, "sent"), begun)
        if before is None:
            _as(secretariat, last + timedelta(days=30), lambda by: _publish(by, sent))  # noqa: B023 - at once
        previous = sent
    _as(secretariat, now - timedelta(days=2), lambda by: _return_and_extend(by, previous))


def _as(email: str, at: datetime, work: Callable[[Acting], Any]) -> Any:  # whatever the work makes
    with clock.at(at), transaction.atomic():
        by = acting_for(email)
        with acting_as(by):
            return work(by)


def _round(by: Acting, *, titles: dict[str, str], due: datetime, previous: Circulation | None) -> Circulation:
    if previous is None:
        made = import_form(by=by, found=Imported(questionnaire_form()))
    else:
        made = services.next_version(by=by, questionnaire=previous.questionnaire)
    services.publish(by=by, questionnaire=made)
    slugs = {f"coordination-{code.lower()}": "state" for code in STATES} | dict.fromkeys(NGOS, "ngo")
    bodies = Body.objects.filter(slug__in=slugs).order_by("slug")
    return services.circulate(
        by=by, questionnaire=Questionnaire.objects.get(pk=made.pk), titles=titles, due=due.date(), previous=previous,
        addressees=[(body, slugs[body.slug]) for body in bodies],
    )  # fmt: skip


def _answer(dice: random.Random, email: str, sent: Circulation, plot: str, begun: datetime) -> None:
    if plot == "nothing":
        return
    share = {"writing": 0.55, "begun": 0.2}.get(plot, 0.93)
    reply: Reply = _as(email, begun + timedelta(days=9), lambda by: _begin(dice, by, sent, share))
    if plot == "writing":
        _as(email, begun + timedelta(days=10), lambda by: _assign(by, reply))
    if plot in {"writing", "begun"}:
        return
    _as(email, begun + timedelta(days=38), lambda by: services.clear(by=by, reply=reply))
    if plot != "cleared":
        _as(email, begun + timedelta(days=41), lambda by: services.send(by=by, reply=reply, may_publish=reply.capacity == "state"))


def _begin(dice: random.Random, by: Acting, sent: Circulation, share: float) -> Reply:
    addressee: Addressee = asked_of(by.body).get(circulation=sent)
    reply = services.begin(by=by, addressee=addressee)
    whole = outline(sent.questionnaire)
    values: dict[Place, Value] = {}
    given: dict[Place, Given] = {}
    for question in whole.questions:  # in reading order, so that conditions see what was answered before
        if question.kind == "file" or not Asked(whole, values).shows(question):
            continue
        if question.required or dice.random() < share:
            value = _value(dice, question, by.language, ngo=reply.capacity == "ngo")
            values[question.pk, 0] = value
            given[question.pk, 0] = Given(value, 0)
        elif dice.random() < 0.4:
            given[question.pk, 0] = Given(None, 0, Gap.NOT_COLLECTED)
    services.save(by=by, reply=reply, given=given, whole=whole)
    return reply


def _value(dice: random.Random, question: Question, language: str, *, ngo: bool) -> Value:
    words = invented_answers()
    if question.kind == "yes_no":
        return "yes" if dice.random() < (0.4 if ngo else 0.75) else "no"
    if question.kind == "one":
        return str(dice.choice(question.options)["code"])
    if question.kind == "many":
        return [option["code"] for option in question.options if dice.random() < 0.6] or [question.options[0]["code"]]
    if question.kind == "integer":
        return dice.randint(3, 90)
    if question.kind == "decimal":
        return f"{dice.randint(200, 4_000)}.{dice.randint(0, 9)}"
    if question.kind == "date":
        return f"{dice.randint(2026, 2029)}-12-31"
    if question.kind == "table":
        return {
            row["code"]: {column["code"]: str(dice.randint(0, 120)) for column in question.grid["columns"]} for row in question.grid["rows"]
        }
    return dice.choice(words["ngo"] if ngo and dice.random() < 0.5 else words[language])


def _assign(by: Acting, reply: Reply) -> None:
    """The ministries of both sides write in one reply."""
    sections = {section.key: section for section in Section.objects.filter(questionnaire=reply.circulation.questionnaire)}
    due = clock.today() + timedelta(days=70)
    for slug, keys in (
        (f"social-affairs-{by.country.lower()}", ("identification", "status")),
        (f"interior-{by.country.lower()}", ("justice",)),
    ):
        for key in keys:
            services.assign(by=by, reply=reply, body=Body.objects.get(slug=slug), section=sections[key], due=due)


def _publish(by: Acting, circulation: Circulation) -> None:
    """The replies of States of a round that is over, where they gave leave."""
    for reply in Reply.objects.filter(circulation=circulation, state="sent", may_publish=True).order_by("country"):
        services.publish_reply(by=by, reply=reply)


def _return_and_extend(by: Acting, circulation: Circulation | None) -> None:
    reply = Reply.objects.get(circulation=circulation, country="XC", capacity="state")
    services.give_back(by=by, reply=reply, note="Invented note: please add the figures on compensation, or say why there are none.")
    late = Addressee.objects.get(circulation=circulation, country="XE")
    services.extend(by=by, addressee=late, due=late.due + timedelta(days=30))
