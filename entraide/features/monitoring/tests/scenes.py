"""A small invented world: three mechanisms, five States, an NGO, a committee; and an evaluation brought to any stage."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from entraide.engines import texts as engine
from entraide.features.monitoring import services
from entraide.features.monitoring.models import Edition, Evaluation, Mechanism, Recommendation, Round
from entraide.features.monitoring.services.rounds import Evaluated
from entraide.features.questionnaires import services as forms
from entraide.features.questionnaires.models import Answer, Circulation, Question
from entraide.features.questionnaires.queries import asked_of
from entraide.features.texts import services as texts
from entraide.features.texts.models import Document, Provision
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body
from tests import world

TREATY = b"Invented Convention\n\nArticle 1\n\nThe parties identify victims.\n\nArticle 2\n\nThe parties compensate victims.\n"
VERBS = [
    {"code": "invites", "names": {"en": "invites", "fr": "invite"}},
    {"code": "considers", "names": {"en": "considers", "fr": "considère"}},
    {"code": "urges", "names": {"en": "urges", "fr": "exhorte"}},
]
GRETA = {"reviewers_are": "experts", "reviewers": 2, "comments_days": 60, "publicity": "public", "ngo_replies": True, "verbs": VERBS}
UNTOC = {
    "reviewers_are": "states", "reviewers": 2, "same_region": True, "visits": False, "comments_days": 30, "publicity": "by_state",
    "verbs": [{"code": "observes", "names": {"en": "observes"}}],
    "clusters": [{"code": str(number), "names": {"en": f"Cluster {number}"}} for number in range(1, 5)],
}  # fmt: skip
WORK_PLAN = {
    "reviewers_are": "experts", "reviewers": 0, "visits": False, "comments_days": 0, "publicity": "public", "reports_a_year": 2,
    "ranking": True, "verbs": [{"code": "asks", "names": {"en": "asks"}}],
}  # fmt: skip
STATES = {"XA": "north", "XB": "north", "XC": "south", "XD": "south", "XE": "south"}


@dataclass
class Scene:
    """Who is there. Everything is made when first asked for; with a password, people can sign in on pages."""

    password: str = ""

    @cached_property
    def house(self) -> Body:
        return world.body("monitoring-house", kind="monitoring", country="")

    @cached_property
    def secretariat(self) -> Acting:
        return world.post(self.house, "secretariat", password=self.password)

    @cached_property
    def experts(self) -> list[Acting]:
        made = [world.post(self.house, "evaluator", password=self.password) for _number in range(3)]
        for expert, state in zip(made, ("XD", "XE", "XA"), strict=True):
            with acting_as(expert):
                services.declare(by=expert, state=state, kind="nationality")
        return made

    @cached_property
    def committee(self) -> Acting:
        return world.post(world.body("committee-of-parties", kind="coordination", country=""), "secretariat", password=self.password)

    @cached_property
    def ministries(self) -> dict[str, Body]:
        return {code: world.body(f"ministry-{code.lower()}", kind="coordination", country=code) for code in STATES}

    @cached_property
    def speakers(self) -> dict[str, Acting]:
        return {code: world.post(body, "focal_point", password=self.password) for code, body in self.ministries.items()}

    @cached_property
    def ngo(self) -> Acting:
        return world.post(world.body("ngo-xa", country="XA", name="Open Door"), "focal_point", password=self.password)

    @cached_property
    def other_ngo(self) -> Acting:
        return world.post(world.body("other-ngo-xa", country="XA", name="Second Door"), "focal_point", password=self.password)

    @cached_property
    def treaty(self) -> Document:
        with acting_as(self.secretariat):
            version = texts.file_text(by=self.secretariat, text=engine.read(TREATY, "t.txt", "en").text, kind="treaty")
            texts.publish(by=self.secretariat, version=version)
            return version.document

    @cached_property
    def provisions(self) -> list[Provision]:
        with acting_as(self.secretariat):
            return list(Provision.objects.filter(document=self.treaty, eid__startswith="art_").order_by("eid"))

    def mechanism(self, slug: str = "greta-like", **row: object) -> Mechanism:
        """A mechanism of the house; GRETA-like unless said otherwise."""
        named = {"names": {"en": slug.title()}, "committee_id": None if row else self.committee.body}
        made = Mechanism(slug=slug, body=self.house, document=self.treaty, **(named | (row or GRETA)))
        with acting_as(self.secretariat):
            return services.found(by=self.secretariat, mechanism=made)

    def round(self, mechanism: Mechanism, states: tuple[str, ...] = ("XA",)) -> Round:
        """A round of a mechanism on both articles."""
        today = clock.today()
        evaluated = [Evaluated(code, self.ministries[code]) for code in states]
        with acting_as(self.secretariat):
            return services.open_round(
                by=self.secretariat, mechanism=mechanism, names={"en": "A round"}, opens_on=today, closes_on=today + timedelta(days=900),
                provisions=[(each, "") for each in self.provisions], states=evaluated,
            )  # fmt: skip

    def evaluation(self, round: Round | None = None, state: str = "XA") -> Evaluation:
        """The evaluation of a State."""
        round = round or self.round(self.mechanism())
        with acting_as(self.secretariat):
            return Evaluation.objects.select_related("round__mechanism").get(round=round, state=state)

    def move(self, evaluation: Evaluation, *names: str, by: Acting | None = None) -> Evaluation:
        """Makes moves one after the other; the team is appointed before the draft is begun."""
        by = by or self.secretariat
        with acting_as(by):
            for name in names:
                if name == "write" and evaluation.round.mechanism.reviewers_are == "experts":
                    for expert in self.experts[: evaluation.round.mechanism.reviewers]:
                        services.appoint(by=by, evaluation=evaluation, post=expert.hand)
                evaluation = services.move(by=by, evaluation=evaluation, name=name)
        return evaluation

    def draft(self, evaluation: Evaluation, verb: str = "", earlier: Recommendation | None = None) -> Edition:
        """A draft with a heading, a finding on three pieces of evidence (one from an NGO), and a recommendation."""
        self.move(evaluation, "begin", "write")
        by = self.secretariat
        with acting_as(by):
            edition = Edition.objects.get(evaluation=evaluation, kind="draft")
            services.add_paragraph(by=by, edition=edition, text="Identification", kind="heading")
            paragraph = services.add_paragraph(by=by, edition=edition, text="The team found few identified victims.")
            finding = services.add_finding(by=by, paragraph=paragraph, provision=self.provisions[0], result="partly")
            services.add_evidence(by=by, finding=finding, origin="state", title="Reply of the State, question 4")
            services.add_evidence(by=by, finding=finding, origin="ngo", title="Letter of Open Door", body=self.ngo.body)
            services.add_evidence(by=by, finding=finding, origin="visit", title="Heard at a shelter")
            services.recommend(
                by=by, edition=edition, verb=verb or evaluation.round.mechanism.verbs[-1]["code"], text="to train the front line.",
                finding=finding, themes=["identification"], persons=["all"], targets=["8.7"], earlier=earlier,
            )  # fmt: skip
        return edition

    def sent(self, evaluation: Evaluation) -> Edition:
        """The draft as the State has it."""
        self.draft(evaluation)
        self.move(evaluation, "send_draft")
        with acting_as(self.speakers[evaluation.state]):
            return Edition.objects.select_related("evaluation__round__mechanism").get(evaluation=evaluation, kind="sent")

    def commented(self, evaluation: Evaluation) -> None:
        """The State's comments, sent."""
        edition, by = self.sent(evaluation), self.speakers[evaluation.state]
        with acting_as(by):
            services.comment(by=by, edition=edition, text="We thank the team.")
            services.submit(by=by, edition=edition)

    def questions(self, addressees: list[tuple[Body, str]]) -> Question:
        """A question on article 1, sent round to these bodies and to two NGOs; the experts read the replies."""
        with acting_as(self.secretariat):
            ngos = [(bodies.get(each.body), "ngo") for each in (self.ngo, self.other_ngo)]
        sent = self.circulated([*addressees, *ngos])
        with acting_as(self.secretariat):
            return Question.objects.get(questionnaire=sent.questionnaire_id)

    def circulated(self, addressees: list[tuple[Body, str]], title: str = "Round", days: int = 30, code: str = "questions") -> Circulation:
        """A question on article 1, sent round."""
        by = self.secretariat
        with acting_as(by):
            asked = forms.create(by=by, titles={"en": "Questions"}, languages=["en"], code=code)
            section = forms.add_section(by=by, questionnaire=asked, titles={"en": "Law"}, key="law")
            bound = [self.provisions[0]]
            label = {"en": "How are victims identified?"}
            forms.add_question(by=by, section=section, kind="text", labels=label, key="how", provisions=bound)
            forms.publish(by=by, questionnaire=asked)
            asked.refresh_from_db()
            return forms.circulate(
                by=by, questionnaire=asked, titles={"en": title}, due=clock.today() + timedelta(days=days),
                addressees=addressees, readers=[each.hand for each in self.experts],
            )  # fmt: skip

    def answered(self, evaluation: Evaluation) -> tuple[Answer, Answer]:
        """Question and answers on article 1: of the State, and of an NGO, which only the secretariat and the experts read."""
        question = self.questions([(self.ministries[evaluation.state], "state")])
        said = {"By a procedure of 2024.": self.speakers[evaluation.state], "In practice hardly ever.": self.ngo, "Never.": self.other_ngo}
        for words, who in said.items():
            with acting_as(who):
                reply = forms.begin(by=who, addressee=asked_of(who.body).get())
                forms.save(by=who, reply=reply, given={(question.pk, 0): forms.Given(words, 0)})
                forms.clear(by=who, reply=reply)
                forms.send(by=who, reply=reply)
        with acting_as(self.secretariat):
            return Answer.objects.get(reply__capacity="state"), Answer.objects.get(reply__holder=self.ngo.body)

    def published(self, evaluation: Evaluation) -> Recommendation:
        """The whole way; gives the final recommendation."""
        self.commented(evaluation)
        self.move(evaluation, "take_comments", "adopt", "publish")
        with acting_as(self.secretariat):
            return Recommendation.objects.get(edition__evaluation=evaluation, edition__kind="final")
