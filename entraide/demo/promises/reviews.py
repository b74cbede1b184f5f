"""A review between governments whose reviewers are drawn by lot, and a work plan reported on twice a year: other rows, the same verbs."""

from datetime import timedelta

from entraide.demo.promises.cast import bodies, on, provisions, secretariat, speaker, words
from entraide.features.monitoring import services
from entraide.features.monitoring.models import Edition, Evaluation, Mechanism, Round
from entraide.features.monitoring.services.rounds import Evaluated
from entraide.features.texts.models import Document
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock

GROUPS = {"XA": "Northern group (invented)", "XB": "Southern group (invented)", "XC": "Northern group (invented)",
          "XD": "Southern group (invented)", "XE": "Southern group (invented)"}  # fmt: skip
CLUSTERS = [
    {"code": "1", "names": {"en": "Criminalization", "fr": "Incrimination"}},
    {"code": "2", "names": {"en": "Prevention and assistance", "fr": "Prévention et assistance"}},
    {"code": "3", "names": {"en": "Law enforcement and judiciary", "fr": "Répression et justice"}},
    {"code": "4", "names": {"en": "International cooperation", "fr": "Coopération internationale"}},
]
SCOPE = {"art_5": "1", "art_25": "2", "art_20": "3", "art_18": "4"}


def _found(by: Acting, slug: str, names: dict[str, str], document: str, **row: object) -> Mechanism:
    made = Mechanism(
        slug=slug, names=names, body=bodies("aldersund-mechanism")[0], document=Document.objects.get(slug=document), invented=True, **row
    )
    return services.found(by=by, mechanism=made)


def _open(by: Acting, mechanism: Mechanism, names: dict[str, str], scope: dict[str, str], states: tuple[str, ...]) -> Round:
    rows = provisions(mechanism.document.slug, *scope)
    offices = bodies(*(f"coordination-{state.lower()}" for state in states))
    return services.open_round(
        by=by, mechanism=mechanism, names=names, opens_on=clock.today(), closes_on=clock.today() + timedelta(days=700),
        provisions=[(rows[eid], cluster) for eid, cluster in scope.items()],
        states=[Evaluated(state, body) for state, body in zip(states, offices, strict=True)],
    )  # fmt: skip


def make_review() -> None:
    """Five States, two reviewers each by lot; one report published with the leave of its State, one waits for it."""
    with on(-200, secretariat()) as by:
        mechanism = _found(
            by, "aldersund-review", {"en": "Aldersund review between governments", "fr": "Examen d’Aldersund entre gouvernements"}, "untoc",
            reviewers_are="states", reviewers=2, same_region=True, visits=False, comments_days=30, publicity="by_state", ranking=False,
            verbs=[{"code": "observes", "names": {"en": "observes", "fr": "observe"}}], clusters=CLUSTERS,
        )  # fmt: skip
        opened = _open(by, mechanism, {"en": "First phase", "fr": "Première phase"}, SCOPE, tuple(GROUPS))
        drawn = services.fix_inputs(by=by, round=opened, pool=list(GROUPS.items()), groups=GROUPS)
    with on(-190, secretariat()) as by:
        services.draw(by=by, drawn=drawn, seed="04 17 23 31 38 42", seed_source="Invented lottery of the day after the inputs")
    for state in ("XB", "XD"):
        _reviewed(opened, state)
    with on(-20, speaker("XB")) as by:
        evaluation = Evaluation.objects.select_related("round__mechanism").get(round=opened, state="XB")
        services.consent(by=by, evaluation=evaluation)
    _moves(evaluation, -15, "publish")


def _reviewed(opened: Round, state: str) -> None:
    with on(-150, secretariat()) as by:
        evaluation = Evaluation.objects.select_related("round__mechanism").get(round=opened, state=state)
        for name in ("begin", "write"):
            services.move(by=by, evaluation=evaluation, name=name)
        _write(by, evaluation, words()["review"], "untoc", "observes")
        services.move(by=by, evaluation=evaluation, name="send_draft")
    with on(-130, speaker(state)) as by:
        edition = Edition.objects.select_related("evaluation__round__mechanism").get(evaluation=evaluation, kind="sent")
        services.comment(by=by, edition=edition, text="No comments (invented).")
        services.submit(by=by, edition=edition)
    _moves(evaluation, -110, "take_comments", "adopt")


def _moves(evaluation: Evaluation, day: int, *names: str) -> None:
    with on(day, secretariat()) as by:
        for name in names:
            services.move(by=by, evaluation=evaluation, name=name)


def _write(by: Acting, evaluation: Evaluation, said: dict[str, dict[str, dict[str, str]]], document: str, verb: str) -> None:
    edition = Edition.objects.get(evaluation=evaluation, kind="draft")
    for eid, provision in provisions(document, *said).items():
        paragraph = services.add_paragraph(by=by, edition=edition, text="", texts=said[eid]["finding"])
        finding = services.add_finding(by=by, paragraph=paragraph, provision=provision, result="partly")
        services.recommend(by=by, edition=edition, verb=verb, text="", texts=said[eid]["asks"], finding=finding, themes=["cooperation"])


def make_work_plan() -> None:
    """Two half-years of a work plan: reported, adopted and published without drafts in between."""
    said = words()["work_plan"]
    with on(-380, secretariat()) as by:
        mechanism = _found(
            by, "aldersund-work-plan", {"en": "Aldersund work plan", "fr": "Plan de travail d’Aldersund"}, "commit-memorandum",
            reviewers_are="experts", reviewers=0, visits=False, comments_days=0, publicity="public", ranking=True, reports_a_year=2,
            verbs=[{"code": "asks", "names": {"en": "asks", "fr": "invite"}}],
        )  # fmt: skip
    halves = ((-370, {"en": "First half-year", "fr": "Premier semestre"}), (-185, {"en": "Second half-year", "fr": "Second semestre"}))
    for day, names in halves:
        with on(day, secretariat()) as by:
            opened = _open(by, mechanism, names, dict.fromkeys(said, ""), ("XC", "XE"))
        with on(day + 150, secretariat()) as by:
            evaluation = Evaluation.objects.select_related("round__mechanism").get(round=opened, state="XC")
            for name in ("begin", "write"):
                services.move(by=by, evaluation=evaluation, name=name)
            _write(by, evaluation, said, "commit-memorandum", "asks")
            for name in ("adopt", "publish"):
                services.move(by=by, evaluation=evaluation, name=name)
