"""A mechanism, two States with ministries on both sides, two organisations, and a questionnaire sent to all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from entraide.engines.forms.values import Value
from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Addressee, Circulation, Question, Questionnaire, Reply
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.saving import Given, Saved
from entraide.features.texts.models import Document, Provision
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.sides import Kind
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from entraide.kernel.bodies.choices import Form
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward


@dataclass
class Scene:
    """Everybody, and what was sent round."""

    secretariat: Acting
    focal: Acting
    ministry: Acting
    police: Acting
    other_focal: Acting
    ngo: Acting
    other_ngo: Acting
    bodies: dict[str, Body]
    questionnaire: Questionnaire | None = None
    circulation: Circulation | None = None
    questions: dict[str, Question] = field(default_factory=dict)


def provision(eid: str = "art_9") -> Provision:
    """A provision of a published text."""
    with as_steward():
        document, _made = Document.objects.get_or_create(
            slug="protocol", defaults={"kind": "treaty", "titles": {"en": "Protocol"}, "published": True}
        )
        return Provision.objects.get_or_create(document=document, eid=eid, defaults={"published": True})[0]


def people(password: str = "") -> Scene:
    """Bodies and posts, nothing asked yet."""
    made = {
        "mechanism": world.body("mechanism", kind=Kind.MONITORING, country="", name="Monitoring Mechanism"),
        "office": world.body("office-xa", kind=Kind.COORDINATION, country="XA", name="Coordination Office"),
        "ministry": world.body("ministry-xa", kind=Kind.ASSISTANCE, country="XA", name="Ministry of Social Affairs"),
        "police": world.body("police-xa", kind=Kind.LAW_ENFORCEMENT, country="XA", name="Ministry of the Interior"),
        "office-xb": world.body("office-xb", kind=Kind.COORDINATION, country="XB", name="Office of XB"),
        "ngo": world.body("ngo-xa", country="XA", name="Harbour Lights"),
        "other-ngo": world.body("ngo-xb", country="XB", name="Open Doors"),
    }
    with as_steward():
        Body.objects.filter(pk__in=[made[name].pk for name in ("office", "ministry", "police", "office-xb")]).update(form=Form.AUTHORITY)
    focal, writes = Function.FOCAL_POINT, Function.RESPONDENT
    return Scene(
        secretariat=world.post(made["mechanism"], Function.SECRETARIAT, password=password),
        focal=world.post(made["office"], focal, password=password), ministry=world.post(made["ministry"], writes, password=password),
        police=world.post(made["police"], writes, password=password), other_focal=world.post(made["office-xb"], focal, password=password),
        ngo=world.post(made["ngo"], focal, password=password), other_ngo=world.post(made["other-ngo"], focal, password=password),
        bodies=made,
    )  # fmt: skip


def write_questionnaire(by: Acting) -> Questionnaire:
    """Two sections, five questions, a condition, a repeating part."""
    bound = [provision()]
    with acting_as(by):
        made = services.create(by=by, titles={"en": "Prevention", "fr": "Prévention"}, languages=["en", "fr"], code="prevention")
        first = services.add_section(by=by, questionnaire=made, titles={"en": "Law"}, key="law")
        services.add_question(
            by=by, section=first, kind="yes_no", labels={"en": "Is there a law?", "fr": "Existe-t-il une loi ?"}, key="has_law",
            required=True, provisions=bound,
        )  # fmt: skip
        services.add_question(
            by=by, section=first, kind="long", labels={"en": "Which law?"}, key="which_law", condition="${has_law} = 'yes'"
        )
        second = services.add_section(by=by, questionnaire=made, titles={"en": "Measures"}, key="measures")
        services.add_question(by=by, section=second, kind="integer", labels={"en": "How many?"}, key="how_many", provisions=bound)
        repeat = services.add_section(by=by, questionnaire=made, titles={"en": "Each measure"}, key="each", parent=second, repeats=True)
        services.add_question(by=by, section=repeat, kind="text", labels={"en": "Its title"}, key="measure_title")
        services.add_question(
            by=by, section=second, kind="many", labels={"en": "Whom?"}, key="whom",
            options=[{"code": code, "labels": {"en": code.title()}} for code in ("children", "adults")],
        )  # fmt: skip
        services.publish(by=by, questionnaire=made)
        made.refresh_from_db()
    return made


def asked(password: str = "", days: int = 30) -> Scene:
    """The questionnaire sent to two States and two organisations."""
    scene = people(password)
    scene.questionnaire = write_questionnaire(scene.secretariat)
    given = [("office", "state"), ("office-xb", "state"), ("ngo", "ngo"), ("other-ngo", "ngo")]
    with acting_as(scene.secretariat):
        scene.circulation = services.circulate(
            by=scene.secretariat, questionnaire=scene.questionnaire, titles={"en": "First round"}, due=clock.today() + timedelta(days=days),
            addressees=[(scene.bodies[name], capacity) for name, capacity in given],
        )  # fmt: skip
        scene.questions = outline(scene.questionnaire).by_key
    return scene


def addressee(by: Acting) -> Addressee:
    """What the acting body was asked."""
    return queries.asked_of(by.body).get()


def begin(by: Acting) -> Reply:
    """The acting body's reply, begun."""
    with acting_as(by):
        return services.begin(by=by, addressee=addressee(by))


def write(
    scene: Scene, by: Acting, reply: Reply, values: Mapping[str, Value], *, version: int = 0, instance: int = 0, going: bool = False
) -> Saved:
    """Saves answers by the keys of their questions, on top of a version."""
    given = {(scene.questions[key].pk, instance): Given(value, version) for key, value in values.items()}
    with acting_as(by):
        return services.save(by=by, reply=reply, given=given, going=going)


def sent(scene: Scene, by: Acting, values: Mapping[str, Value] | None = None) -> Reply:
    """A reply written, cleared and sent by its focal point."""
    reply = begin(by)
    write(scene, by, reply, {"has_law": "yes", **(values or {})})
    with acting_as(by):
        services.clear(by=by, reply=reply)
        return services.send(by=by, reply=reply)
