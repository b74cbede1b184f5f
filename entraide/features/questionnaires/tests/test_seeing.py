"""Who sees what of replies: asked without any filter, as every page, export and job would."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Addressee, Answer, Assignment, Attachment, Instance, Past, Reply
from entraide.features.questionnaires.policies import UNDER_REPLY
from entraide.features.questionnaires.tests import scenes
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
CONFIDENTIAL = (Addressee, Reply, Answer, Past, Instance, Assignment, Attachment)


def counts(by: Acting) -> dict[str, int]:
    """How many rows of each table somebody sees when she asks for all."""
    with acting_as(by):
        return {model.__name__: model._default_manager.count() for model in CONFIDENTIAL}


def test_the_circulating_body_reads_a_reply_only_once_it_is_sent() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes"})
    assert counts(scene.secretariat)["Reply"] == counts(scene.secretariat)["Answer"] == 0
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
    assert counts(scene.secretariat)["Reply"] == counts(scene.secretariat)["Answer"] == 0, "cleared is not sent"
    with acting_as(scene.focal):
        services.send(by=scene.focal, reply=reply)
    assert counts(scene.secretariat)["Reply"] == counts(scene.secretariat)["Answer"] == 1


def test_no_state_and_no_other_organisation_sees_anything_of_an_organisation_s_reply() -> None:
    scene = scenes.asked()
    before = {name: counts(by) for name, by in (("focal", scene.focal), ("other", scene.other_focal), ("ngo", scene.other_ngo))}
    reply = scenes.sent(scene, scene.ngo, {"which_law": "They do not apply it."})
    with acting_as(scene.ngo):
        services.allow_publication(by=scene.ngo, reply=reply, allowed=True)
    after = {name: counts(by) for name, by in (("focal", scene.focal), ("other", scene.other_focal), ("ngo", scene.other_ngo))}
    assert before == after, "not even by counting"
    assert before["focal"] == {"Addressee": 1, "Reply": 0, "Answer": 0, "Past": 0, "Instance": 0, "Assignment": 0, "Attachment": 0}


def test_a_state_does_not_learn_that_an_organisation_was_asked_or_has_not_answered() -> None:
    scene = scenes.asked()
    assert scene.circulation
    scenes.sent(scene, scene.ngo)
    for state in (scene.focal, scene.other_focal):
        with acting_as(state):
            assert [each.addressee.body_id for each in queries.standing(scene.circulation)] == [state.body]
            assert not queries.replies(scene.circulation).exists()
    with acting_as(scene.secretariat):
        assert len(queries.standing(scene.circulation)) == 4


def test_it_is_published_only_with_the_organisation_s_leave_and_by_the_circulating_body() -> None:
    scene = scenes.asked()
    reply = scenes.sent(scene, scene.ngo)
    with acting_as(scene.secretariat):
        with pytest.raises(Refused, match="no_leave"):
            services.publish_reply(by=scene.secretariat, reply=reply)
        with pytest.raises(DatabaseError), transaction.atomic():
            Reply.objects.filter(pk=reply.pk).update(published_at="2026-01-01T00:00:00Z")
    with acting_as(scene.ngo):
        services.allow_publication(by=scene.ngo, reply=reply, allowed=True)
        with pytest.raises(Refused, match="wrong_side"):
            services.publish_reply(by=scene.ngo, reply=reply)
    assert counts(scene.focal)["Reply"] == 0
    with acting_as(scene.secretariat):
        services.publish_reply(by=scene.secretariat, reply=reply)
    assert counts(scene.focal)["Reply"] == 1 and counts(scene.focal)["Answer"] == 1
    assert counts(scene.focal)["Addressee"] == 1, "who else was asked stays unknown"


def test_ministries_of_both_sides_write_in_one_reply_and_only_what_is_theirs() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    assert counts(scene.ministry)["Reply"] == counts(scene.police)["Reply"] == 0
    with acting_as(scene.focal):
        services.assign(by=scene.focal, reply=reply, body=scene.bodies["police"], question=scene.questions["has_law"])
        services.assign(by=scene.focal, reply=reply, body=scene.bodies["ministry"], section=scene.questions["how_many"].section)
    scenes.write(scene, scene.police, reply, {"has_law": "yes"})
    scenes.write(scene, scene.ministry, reply, {"how_many": 7, "whom": ["children"]})
    for by, key in ((scene.police, "how_many"), (scene.ministry, "has_law")):
        with pytest.raises(Refused, match="not_assigned"):
            scenes.write(scene, by, reply, {key: None}, version=1)
    assert counts(scene.police)["Answer"] == 3, "whoever writes a part reads the whole"


def test_a_body_whose_assignment_ended_reads_no_more() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    with acting_as(scene.focal):
        given = services.assign(by=scene.focal, reply=reply, body=scene.bodies["police"], question=scene.questions["has_law"])
        services.end_assignment(by=scene.focal, assignment=given)
    assert sum(counts(scene.police).values()) == 0


@pytest.mark.parametrize("published", [False, True])
def test_drafts_of_answers_and_who_wrote_them_are_never_read_by_whom_a_reply_is_sent_to(published: bool) -> None:
    """Past words, assignments with their notes, and evidence that was taken away: they were not sent, and are not published."""
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "What the minister struck out"})
    with acting_as(scene.focal):
        services.assign(
            by=scene.focal, reply=reply, body=scene.bodies["ministry"], section=scene.questions["has_law"].section, note="Softly"
        )
        Attachment.objects.create(
            reply=Reply.objects.get(pk=reply.pk), question=scene.questions["has_law"], name="a.pdf", kind="application/pdf", size=1,
            digest="x", key=uuid4(), sealed=b"x", removed_at=clock.now(),
        )  # fmt: skip
    scenes.write(scene, scene.ministry, reply, {"which_law": "What was sent"}, version=1)
    with acting_as(scene.ministry):
        assert (Past.objects.count(), Assignment.objects.count(), Attachment.objects.count()) == (1, 1, 1), "while she writes"
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
        services.send(by=scene.focal, reply=reply, may_publish=True)
    if published:
        with acting_as(scene.secretariat):
            services.publish_reply(by=scene.secretariat, reply=reply)
    for reader in (scene.secretariat, *([scene.other_ngo] if published else [])):
        with acting_as(reader):
            assert Answer.objects.filter(reply=reply, value="What was sent").exists()
            assert (Past.objects.count(), Assignment.objects.count(), Attachment.objects.count()) == (0, 0, 0)
    with acting_as(scene.focal):
        assert (Past.objects.count(), Assignment.objects.count(), Attachment.objects.count()) == (1, 1, 1)


def test_a_reply_is_not_assigned_abroad() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    with acting_as(scene.focal), pytest.raises(Refused, match="other_state"):
        services.assign(by=scene.focal, reply=reply, body=scene.bodies["office-xb"], question=scene.questions["has_law"])


def test_other_functions_at_the_same_body_see_nothing() -> None:
    scene = scenes.asked()
    scenes.sent(scene, scene.ngo)
    worker = world.post(scene.bodies["ngo"], Function.CASE_WORKER)
    assert sum(counts(worker).values()) == 0


def test_nobody_writes_into_another_s_reply_and_nobody_deletes() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes"})
    with acting_as(scene.other_focal), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(reply=reply, question=scene.questions["how_many"], value=1)
    with acting_as(scene.focal), connection.cursor() as cursor:
        for table in (*UNDER_REPLY, "questionnaires_reply", "questionnaires_addressee", "questionnaires_circulation"):
            cursor.execute(f"delete from {table}")
            assert cursor.rowcount == 0


def test_whatever_hangs_under_a_reply_carries_its_readers_and_writers() -> None:
    with connection.cursor() as cursor:
        for table in UNDER_REPLY:
            cursor.execute("select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and contype = 'f'", [table])
            keys = "\n".join(row[0] for row in cursor.fetchall())
            assert "(reply_id, holder, readers, writers)" in keys and "ON UPDATE CASCADE" in keys, table


def test_a_row_cannot_claim_readers_that_its_reply_does_not_have() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    with acting_as(scene.focal), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(
            reply=reply, question=scene.questions["how_many"], value=1, holder=reply.holder, writers=reply.writers,
            readers=[*reply.readers, scene.other_focal.hand],
        )  # fmt: skip
        connection.check_constraints()


def test_drafts_are_seen_by_their_own_body_alone() -> None:
    scene = scenes.asked()
    assert scene.questionnaire
    with acting_as(scene.secretariat):
        draft = services.next_version(by=scene.secretariat, questionnaire=scene.questionnaire)
    with acting_as(scene.focal):
        assert draft.pk not in {each.pk for each in queries.listed()} and scene.questionnaire in queries.listed()
    with as_steward():
        assert draft.published is False
