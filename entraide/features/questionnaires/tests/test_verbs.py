"""From a draft questionnaire to a reply that was sent: every verb works, is written down, and is refused to whoever may not."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from entraide.features.questionnaires import queries, rules, services
from entraide.features.questionnaires.answering import pending
from entraide.features.questionnaires.models import Answer, Question, Questionnaire, Reply
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.tests import scenes
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.principals import circle
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def written() -> list[str]:
    with as_steward():
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_published_questionnaire_never_changes_not_even_past_the_rules() -> None:
    scene = scenes.people()
    made = scenes.write_questionnaire(scene.secretariat)
    with acting_as(scene.secretariat):
        question = Question.objects.filter(questionnaire=made).first()
        assert question is not None
        with pytest.raises(Refused, match="published"):
            services.change(by=scene.secretariat, part=question, labels={"en": "Another"})
        assert Question.objects.filter(questionnaire=made).update(labels={"en": "Another"}) == 0
        assert Questionnaire.objects.filter(pk=made.pk).update(titles={"en": "x"}) == 0
    assert {"questionnaires.create", "questionnaires.change", "questionnaires.publish"} <= set(written())


def test_the_next_version_holds_the_same_keys_and_bindings_and_names_the_one_before() -> None:
    scene = scenes.people()
    made = scenes.write_questionnaire(scene.secretariat)
    with acting_as(scene.secretariat):
        draft = services.next_version(by=scene.secretariat, questionnaire=made)
        assert (draft.version, draft.predecessor_id, draft.published) == (2, made.pk, False)
        before, after = outline(made), outline(draft)
        assert [each.key for each in before.questions] == [each.key for each in after.questions]
        assert {each.questionnaire_id for each in queries.questions_on(scenes.provision())} == {made.pk, draft.pk}
        with pytest.raises(Refused, match="draft"):
            services.next_version(by=scene.secretariat, questionnaire=made)


def test_copying_a_published_questionnaire_leaves_what_others_read_as_it_is() -> None:
    """What is published is kept in memory for all: whoever copies must not move its sections into the copy."""
    scene = scenes.people()
    made = scenes.write_questionnaire(scene.secretariat)
    with acting_as(scene.secretariat):
        before = _placed(made)
        draft = services.next_version(by=scene.secretariat, questionnaire=made)
        assert _placed(made) == before and set(before.values()) == {made.pk}
        copied = _placed(draft)
        assert len(copied) == len(before) and copied.keys().isdisjoint(before)


def _placed(questionnaire: Questionnaire) -> dict[UUID, UUID]:
    """{section or question: the questionnaire it stands in}, as everybody reads it."""
    whole = outline(questionnaire)
    sections = {section.pk: section.questionnaire_id for section in whole.sections}
    return sections | {question.pk: question.questionnaire_id for question in whole.questions}


def test_parts_keep_their_order_when_one_is_added_in_the_middle_or_moved() -> None:
    scene = scenes.people()
    by = scene.secretariat
    with acting_as(by):
        made = services.create(by=by, titles={"en": "Order"}, languages=["en"])
        one, two = (services.add_section(by=by, questionnaire=made, titles={"en": title}) for title in ("One", "Two"))
        services.add_question(by=by, section=two, kind="text", labels={"en": "c"})
        first = services.add_question(by=by, section=one, kind="text", labels={"en": "a"})
        services.add_question(by=by, section=one, kind="text", labels={"en": "b"})
        assert [each.key for each in outline(made).questions] == ["a", "b", "c"]
        services.move(by=by, part=first, up=False)
        assert [each.key for each in outline(made).questions] == ["b", "a", "c"]
        services.move(by=by, part=two, up=True)
        assert [each.key for each in outline(made).questions] == ["c", "b", "a"]


def test_a_block_is_used_in_a_questionnaire_and_its_questions_say_where_they_come_from() -> None:
    scene = scenes.people()
    by = scene.secretariat
    with acting_as(by):
        block = services.create(by=by, titles={"en": "Figures"}, languages=["en"], shape="block")
        section = services.add_section(by=by, questionnaire=block, titles={"en": "Figures"})
        services.add_question(by=by, section=section, kind="integer", labels={"en": "Victims identified"}, provisions=[scenes.provision()])
        target = services.create(by=by, titles={"en": "Whole"}, languages=["en"])
        with pytest.raises(Refused, match="not_a_block"):
            services.use_block(by=by, questionnaire=target, block=block)
        services.publish(by=by, questionnaire=block)
        block.refresh_from_db()
        services.use_block(by=by, questionnaire=target, block=block)
        question = outline(target).by_key["victims_identified"]
        assert question.block_id == block.pk and question.provisions.get() == scenes.provision()
        with pytest.raises(Refused, match="used"):
            services.use_block(by=by, questionnaire=target, block=block)


def test_only_a_secretariat_writes_publishes_and_circulates() -> None:
    scene = scenes.asked()
    assert scene.questionnaire and scene.circulation
    with acting_as(scene.focal):
        for wrong in (
            lambda: services.create(by=scene.focal, titles={"en": "x"}, languages=["en"]),
            lambda: services.circulate(by=scene.focal, questionnaire=scene.questionnaire, titles={}, due=clock.today(), addressees=[]),
            lambda: services.next_version(by=scene.focal, questionnaire=scene.questionnaire),
        ):
            with pytest.raises(Refused, match="function"):
                wrong()


@pytest.mark.parametrize(("wrong", "code"), [("past", "past"), ("nobody", "nobody"), ("twice", "twice"), ("draft", "draft")])
def test_what_cannot_be_circulated_says_why(wrong: str, code: str) -> None:
    scene = scenes.people()
    by, made = scene.secretariat, scenes.write_questionnaire(scene.secretariat)
    due = clock.today() + timedelta(days=-1 if wrong == "past" else 5)
    asked = {"nobody": [], "twice": [(scene.bodies["office"], "state"), (scene.bodies["ministry"], "state")]}
    with acting_as(by):
        if wrong == "draft":
            made = services.next_version(by=by, questionnaire=made)
        with pytest.raises(Refused, match=code):
            services.circulate(
                by=by, questionnaire=made, titles={"en": "x"}, due=due, addressees=asked.get(wrong, [(scene.bodies["office"], "state")])
            )


def test_a_reply_is_written_cleared_and_sent_and_then_stays_as_it_is() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    with acting_as(scene.focal):
        assert [question.key for question, _instance in pending(reply)] == ["has_law"]
        with pytest.raises(Refused, match="incomplete"):
            services.clear(by=scene.focal, reply=reply)
        with pytest.raises(Refused, match="wrong_state"):
            services.send(by=scene.focal, reply=reply)
    scenes.write(scene, scene.focal, reply, {"has_law": "no"})
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
        with pytest.raises(Refused, match="not_drafting"):
            scenes.write(scene, scene.focal, reply, {"has_law": "yes"}, version=1)
        services.reopen(by=scene.focal, reply=reply)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "Act 1"}, version=1)
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
        done = services.send(by=scene.focal, reply=reply)
        assert (done.state, done.writers) == ("sent", [])
        assert Answer.objects.update(value="changed") == 0
        with pytest.raises(Refused, match="wrong_state"):
            services.clear(by=scene.focal, reply=done)
    assert written()[-4:] == ["questionnaires.reopen", "questionnaires.save", "questionnaires.clear", "questionnaires.send"]


def test_a_correction_is_a_further_edition_and_the_one_before_is_replaced_when_it_is_sent() -> None:
    scene = scenes.asked()
    first = scenes.sent(scene, scene.focal, {"how_many": 3})
    with acting_as(scene.secretariat):
        services.give_back(by=scene.secretariat, reply=first, note="Please answer question 2.")
    second = scenes.begin(scene.focal)
    assert second.edition == 2
    with acting_as(scene.secretariat):
        assert [each.pk for each in Reply.objects.all()] == [first.pk], "what is being written again is not read yet"
        assert queries.answers(first).count() == 2, "what was sent stays readable"
    scenes.write(scene, scene.focal, second, {"how_many": 4}, version=1)
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=second)
        services.send(by=scene.focal, reply=second)
    with acting_as(scene.secretariat):
        assert scene.circulation
        official = queries.replies(scene.circulation).get()
        assert official.pk == second.pk
        assert {row.question.key: row.value for row in queries.answers(official)} == {"has_law": "yes", "how_many": 4}


def test_two_official_replies_of_one_state_cannot_stand_beside_each_other() -> None:
    scene = scenes.asked()
    first = scenes.sent(scene, scene.focal)
    second = scenes.begin(scene.focal)
    with pytest.raises(DatabaseError), transaction.atomic(), as_steward():
        Reply.objects.filter(pk=second.pk).update(state="sent", cleared_at=clock.now(), sent_at=clock.now(), writers=[])
    with as_steward():
        assert Reply.objects.get(pk=first.pk).state == "sent"


def test_an_extension_reaches_the_reply_at_once_and_lateness_is_computed() -> None:
    scene = scenes.asked(days=5)
    assert scene.circulation
    reply = scenes.begin(scene.focal)
    later = clock.today() + timedelta(days=40)
    with acting_as(scene.secretariat):
        one = next(each.addressee for each in queries.standing(scene.circulation) if each.addressee.body_id == scene.focal.body)
        with pytest.raises(Refused, match="not_later"):
            services.extend(by=scene.secretariat, addressee=one, due=one.due)
        services.extend(by=scene.secretariat, addressee=one, due=later)
        where = {each.addressee.country + each.addressee.capacity: each.where for each in queries.standing(scene.circulation, later)}
        assert where == {"XAstate": "not_begun", "XBstate": "late", "XAngo": "late", "XBngo": "late"}
    with acting_as(scene.focal):
        assert Reply.objects.get(pk=reply.pk).due == later


def test_a_reply_after_its_last_day_is_taken_and_marked_as_late_until_more_time_is_given() -> None:
    scene = scenes.asked(days=5)
    assert scene.circulation
    with clock.at(clock.now() + timedelta(days=8)):
        late = scenes.sent(scene, scene.focal)
        assert (late.days_late, rules.lateness(late)) == (3, "Sent 3 days after its last day.")
        with acting_as(scene.secretariat):
            stands = {each.addressee.body_id: each for each in queries.standing(scene.circulation)}
            assert stands[scene.focal.body].where == "sent_late" and stands[scene.ngo.body].late
        correction = scenes.begin(scene.focal)
        with acting_as(scene.focal):
            services.clear(by=scene.focal, reply=correction)
            services.send(by=scene.focal, reply=correction)
    with clock.at(clock.now() + timedelta(days=90)), acting_as(scene.secretariat):
        (again,) = queries.replies(scene.circulation)
        assert (again.edition, again.days_late) == (2, 3), "a correction makes it neither later nor in time"
        services.extend(by=scene.secretariat, addressee=stands[scene.focal.body].addressee, due=clock.today())
        (again,) = queries.replies(scene.circulation)
        assert again.days_late == 0 and rules.lateness(again) == ""


def test_the_own_readers_of_a_circulation_read_what_was_sent_before_and_after_they_came() -> None:
    scene = scenes.asked()
    assert scene.circulation
    first = scenes.sent(scene, scene.focal)
    team = scene.police  # any post: a team is told by principals, not by bodies
    with acting_as(team):
        assert not Reply.objects.exists()
    with acting_as(scene.secretariat):
        services.admit(by=scene.secretariat, circulation=scene.circulation, readers=[team.hand])
    second = scenes.sent(scene, scene.ngo)
    with acting_as(team):
        assert {each.pk for each in Reply.objects.all()} == {first.pk, second.pk}
    with acting_as(scene.focal), pytest.raises(Refused, match="not_circulator"):
        services.admit(by=scene.focal, circulation=scene.circulation, readers=[circle(scene.focal.body, "respondent")])
