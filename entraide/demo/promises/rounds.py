"""Two rounds of independent experts on a convention: the second harder than the first, one State through, one commenting, one drafting."""

from datetime import timedelta
from decimal import Decimal

from entraide.demo.promises.cast import at, bodies, committee, experts, on, provisions, secretariat, speaker, words
from entraide.features.monitoring import services
from entraide.features.monitoring.models import Edition, Evaluation, Finding, Mechanism, Plan, Recommendation, Round, Visit
from entraide.features.monitoring.services.rounds import Evaluated
from entraide.features.questionnaires import services as questionnaires
from entraide.features.questionnaires.models import Answer, Circulation, Question
from entraide.features.questionnaires.queries import asked_of
from entraide.features.texts.models import Document
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock

STATES = ("XA", "XB", "XC")
NGOS = ("lantern-watch-xa", "open-courtyard-xb")
ARTICLES = ("art_10", "art_12", "art_13", "art_15")
RESULTS = {"XA": ("partly", "partly", "not_met", "not_met"), "XB": ("partly", "not_met", "met", "not_met"), "XC": ("open",) * 4}
VERBS = [
    {"code": "invites", "names": {"en": "invites", "fr": "invite"}},
    {"code": "considers", "names": {"en": "considers it advisable for", "fr": "considère qu’il y a lieu d’inviter"}},
    {"code": "urges", "names": {"en": "urges", "fr": "exhorte"}},
]
COUNTRIES = ("XD", "XE", "XD")


def make_rounds() -> None:
    """Mechanism, two rounds, a national plan."""
    mechanism = _mechanism()
    first = _round(mechanism, -1500, {"en": "First round", "fr": "Premier cycle"})
    earlier = {state: _whole(first, state, -1400, "considers", {}) for state in STATES}
    circulation = _ask(-400)
    second = _round(mechanism, -420, {"en": "Second round", "fr": "Deuxième cycle"}, circulation)
    asked = _whole(second, "XA", -330, "urges", earlier["XA"], cited=True)
    _send(_drafted(second, "XB", -60, "urges", earlier["XB"], cited=True), -20)
    _drafted(second, "XC", -30, "invites", {})
    _follow(second, asked)


def _mechanism() -> Mechanism:
    with on(-1600, secretariat()) as by:
        body, decides = bodies("aldersund-mechanism", "aldersund-committee")
        made = Mechanism(
            slug="aldersund-rounds", names={"en": "Rounds of the Aldersund experts", "fr": "Cycles des experts d’Aldersund"}, body=body,
            committee=decides, document=Document.objects.get(slug="cets-197"), reviewers_are="experts", reviewers=2, visits=True,
            comments_days=60, publicity="public", ngo_replies=True, ranking=False, verbs=VERBS, invented=True,
        )  # fmt: skip
        services.found(by=by, mechanism=made)
    for expert, state in zip(experts(), COUNTRIES, strict=True):
        with on(-1590, expert):
            services.declare(by=expert, state=state, kind="nationality")
    return made


def _round(mechanism: Mechanism, day: int, names: dict[str, str], *circulations: Circulation) -> Round:
    with on(day, secretariat()) as by:
        offices = bodies(*(f"coordination-{state.lower()}" for state in STATES))
        due = clock.today() + timedelta(days=90)
        return services.open_round(
            by=by, mechanism=mechanism, names=names, opens_on=clock.today(), closes_on=clock.today() + timedelta(days=1200),
            provisions=[(each, "") for each in provisions("cets-197", *ARTICLES).values()],
            states=[Evaluated(state, body, due) for state, body in zip(STATES, offices, strict=True)],
            circulations=circulations,
        )  # fmt: skip


def _ask(day: int) -> Circulation:
    """The second round's questions, sent to three States and two NGOs; two States and both NGOs have answered."""
    with on(day, secretariat()) as by:
        asked = questionnaires.create(
            by=by, titles={"en": "Aldersund, second round", "fr": "Aldersund, deuxième cycle"}, languages=["en", "fr"], code="aldersund-2"
        )
        section = questionnaires.add_section(by=by, questionnaire=asked, titles={"en": "Victims", "fr": "Victimes"}, key="victims")
        for eid, provision in provisions("cets-197", *ARTICLES).items():
            label = words()["articles"][eid]["question"]
            questionnaires.add_question(by=by, section=section, kind="long", labels=label, key=eid, provisions=[provision])
        questionnaires.publish(by=by, questionnaire=asked)
        asked.refresh_from_db()
        states = [(body, "state") for body in bodies(*(f"coordination-{state.lower()}" for state in STATES))]
        circulation = questionnaires.circulate(
            by=by, questionnaire=asked, titles={"en": "Second round", "fr": "Deuxième cycle"}, due=clock.today() + timedelta(days=90),
            addressees=[*states, *((body, "ngo") for body in bodies(*NGOS))], readers=[each.hand for each in experts()],
        )  # fmt: skip
        questions = {question.key: question.pk for question in Question.objects.filter(questionnaire=asked)}
    for who, said in words()["answers"].items():
        body = who if "-" in who else f"coordination-{who.lower()}"
        with on(day + 60, at(body, "focal_point")) as by:
            reply = questionnaires.begin(by=by, addressee=asked_of(by.body).get(circulation=circulation))
            given = {(questions[eid], 0): questionnaires.Given(text, 0) for eid, text in said.items()}
            questionnaires.save(by=by, reply=reply, given=given)
            questionnaires.clear(by=by, reply=reply)
            questionnaires.send(by=by, reply=reply)
    return circulation


def _move(evaluation: Evaluation, day: int, *names: str) -> None:
    with on(day, secretariat()) as by:
        for name in names:
            services.move(by=by, evaluation=evaluation, name=name)


def _drafted(
    round: Round, state: str, day: int, verb: str, earlier: dict[str, Recommendation], *, cited: bool = False
) -> Evaluation:  # fmt: skip
    """An evaluation with its team, its visit and its draft."""
    with on(day - 60, secretariat()) as by:
        evaluation = Evaluation.objects.select_related("round__mechanism").get(round=round, state=state)
        services.move(by=by, evaluation=evaluation, name="begin")
        free = [expert for expert, country in zip(experts(), COUNTRIES, strict=True) if country != state]
        for expert in free[:2]:
            services.appoint(by=by, evaluation=evaluation, post=expert.hand)
        services.move(by=by, evaluation=evaluation, name="visit")
        _visit(by, evaluation)
    with on(day, secretariat()) as by:
        services.move(by=by, evaluation=evaluation, name="write")
        _write(by, evaluation, verb, earlier, cited)
    return evaluation


def _visit(by: Acting, evaluation: Evaluation) -> Visit:
    today = clock.today()
    visit = services.plan_visit(by=by, evaluation=evaluation, begins_on=today, ends_on=today + timedelta(days=4), places="Invented capital")
    held = ((0, "authority", "Coordination office", "Figures were given by region."), (2, "shelter", "A shelter run by an NGO", "No men."))
    for days, party, whom, noted in held:
        services.hold_meeting(by=by, visit=visit, on=today + timedelta(days=days), party=party, with_whom=whom, noted=noted)
    services.send_programme(by=by, visit=visit)
    return visit


def _write(by: Acting, evaluation: Evaluation, verb: str, earlier: dict[str, Recommendation], cited: bool) -> None:
    edition, said = _draft(evaluation), words()
    heads = said["heads"]
    services.add_paragraph(by=by, edition=edition, text="", texts=heads["how"], kind="heading")
    services.add_paragraph(by=by, edition=edition, text="", texts=heads["intro"])
    services.add_paragraph(by=by, edition=edition, text="", texts=heads["findings"], kind="heading")
    for (eid, provision), result in zip(provisions("cets-197", *ARTICLES).items(), RESULTS[evaluation.state], strict=True):
        article = said["articles"][eid]
        services.add_paragraph(by=by, edition=edition, text="", texts=article["heading"], kind="heading", level=2)
        paragraph = services.add_paragraph(by=by, edition=edition, text="", texts=article["finding"])
        finding = services.add_finding(by=by, paragraph=paragraph, provision=provision, result=result)
        _prove(by, finding, cited)
        if result not in {"met", "open"}:
            services.recommend(
                by=by, edition=edition, verb=verb, text="", texts=article["asks"], finding=finding, themes=[article["theme"]],
                persons=article["persons"], targets=article["targets"], earlier=earlier.get(eid),
            )  # fmt: skip


def _draft(evaluation: Evaluation) -> Edition:
    return Edition.objects.select_related("evaluation__round__mechanism").get(evaluation=evaluation, kind="draft")


def _prove(by: Acting, finding: Finding, cited: bool) -> None:
    if not cited:
        services.add_evidence(by=by, finding=finding, origin="public", title="National report on trafficking (invented)")
        return
    on_it = Answer.objects.filter(question__bindings__provision=finding.provision_id, reply__country=finding.edition.evaluation.state)
    for answer in on_it.select_related("reply", "question"):
        services.cite(by=by, finding=finding, answer=answer)
    services.add_evidence(by=by, finding=finding, origin="visit", title="Meeting at a shelter (invented)")


def _send(evaluation: Evaluation, day: int) -> None:
    _move(evaluation, day, "send_draft")


def _whole(
    round: Round, state: str, day: int, verb: str, earlier: dict[str, Recommendation], *, cited: bool = False
) -> dict[str, Recommendation]:  # fmt: skip
    """The whole way to publication; gives {article: final recommendation}."""
    evaluation = _drafted(round, state, day, verb, earlier, cited=cited)
    _send(evaluation, day + 40)
    said = words()["comments"]
    with on(day + 90, speaker(state)) as by:
        edition = Edition.objects.select_related("evaluation__round__mechanism").get(evaluation=evaluation, kind="sent")
        services.comment(by=by, edition=edition, text=said["general"])
        services.submit(by=by, edition=edition)
    _move(evaluation, day + 105, "take_comments")
    _move(evaluation, day + 130, "adopt", "publish")
    rows = Recommendation.objects.filter(edition__evaluation=evaluation, edition__kind="final").select_related("provision", "paragraph")
    return {row.provision.eid: row for row in rows if row.provision}


def _follow(round: Round, asked: dict[str, Recommendation]) -> None:
    """Decision, replies, plan, assessment of the State that is through."""
    said = words()
    evaluation = Evaluation.objects.select_related("round__mechanism").get(round=round, state="XA")
    with on(-170, committee()) as by:
        services.decide(
            by=by, evaluation=evaluation, texts=said["decision"], recommendations=list(asked.values()), reference="CP/2026/3 (invented)",
            due=clock.today() + timedelta(days=730),
        )  # fmt: skip
    with on(-120, speaker("XA")) as by:
        for eid, row in asked.items():
            position = "partly" if eid == "art_12" else "accepted"
            services.reply(by=by, recommendation=row, position=position, text=said["replies"][position])
        _plan(by, asked)
    with on(-10, secretariat()) as by:
        services.assess(by=by, recommendation=asked["art_10"], progress="partly", text="Two regions of six (invented).")


def _plan(by: Acting, asked: dict[str, Recommendation]) -> None:
    said = words()["plan"]
    begins = clock.today()
    plan: Plan = services.begin_plan(by=by, titles=said["title"], begins_on=begins, ends_on=begins + timedelta(days=1400), invented=True)
    for each in said["measures"]:
        lead, *partners = bodies(each["lead"], *each["partners"])
        measure = services.add_measure(
            by=by, plan=plan, titles=each["title"], lead=lead, partners=partners, indicator=each["indicator"],
            budget=Decimal(each["budget"]), currency="EUR", begins_on=begins, due=begins + timedelta(days=120 + each["due"]),
            recommendations=[asked[eid] for eid in each["answers"]],
        )  # fmt: skip
        services.add_milestone(by=by, measure=measure, title=each["milestone"], due=begins + timedelta(days=100))
        for text in each["steps"]:
            services.report_step(by=by, measure=measure, text=text, percent=each["percent"], evidence=each["evidence"])
    services.publish_plan(by=by, plan=plan)
