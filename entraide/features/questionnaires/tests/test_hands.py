"""Who writes a part, person by person; and the clock that tells them, never what."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Addressee, Assignment, Reply
from entraide.features.questionnaires.tasks import tell
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import fields, page, post, section_url, url
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from tests import world

pytestmark = pytest.mark.django_db


def given_to_the_ministry(scene: scenes.Scene, reply: Reply) -> Assignment:
    with acting_as(scene.focal):
        return services.assign(
            by=scene.focal, reply=reply, body=scene.bodies["ministry"], section=scene.questions["has_law"].section
        )  # fmt: skip


def test_the_focal_point_gives_a_part_to_one_colleague_and_no_other_writes_it() -> None:
    scene = scenes.asked()
    chosen, other = (world.post(scene.bodies["office"], Function.RESPONDENT) for _each in range(2))
    reply = scenes.begin(scene.focal)
    section = scene.questions["has_law"].section
    sent = {"part": section.pk, "body": scene.focal.body, "post": chosen.post}
    post(scene.focal, url("assign", reply.pk), sent)
    there = section_url(scene, reply, "has_law")
    assert "<form" in page(chosen, there).split("<main")[1]
    assert 'id="answers"' not in page(other, there)
    post(other, there, fields(scene, has_law="no"), 409)
    post(chosen, there, fields(scene, has_law="yes"))
    with acting_as(chosen):
        assert [each.section_id for each in queries.assigned_to(chosen)] == [section.pk]
    with acting_as(other):
        assert queries.assigned_to(other) == []


def test_nobody_is_named_at_another_body_and_the_form_says_why() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    colleague = world.post(scene.bodies["office"], Function.RESPONDENT)
    sent = {"part": scene.questions["has_law"].section.pk, "body": scene.bodies["ministry"].pk, "post": colleague.post}
    assert "You name a person of your own body only" in post(scene.focal, url("assign", reply.pk), sent, 200).content.decode()
    with acting_as(scene.focal), pytest.raises(Refused, match="no_colleague"):
        services.assign(
            by=scene.focal, reply=reply, body=scene.bodies["ministry"], section=scene.questions["has_law"].section, post=scene.ministry.post
        )


def test_a_ministry_hands_its_part_to_one_of_its_people_and_the_focal_point_does_not_learn_whom() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    row = given_to_the_ministry(scene, reply)
    second = world.post(scene.bodies["ministry"], Function.RESPONDENT)
    there = url("hand_on", reply.pk, row.pk)
    assert "Who of us writes it" in page(scene.ministry, there)
    post(scene.ministry, there, {"post": second.post})
    assert 'id="answers"' not in page(scene.ministry, section_url(scene, reply, "has_law"))
    assert 'id="answers"' in page(second, section_url(scene, reply, "has_law"))
    assert "one person there" in page(scene.focal, reply.get_absolute_url())
    post(second, there, {"post": "all"})
    assert 'id="answers"' in page(scene.ministry, section_url(scene, reply, "has_law"))
    post(scene.ministry, there, {"post": second.post})
    page(scene.ministry, there, 403)
    page(scene.focal, there, 403)
    page(scene.police, there, 404)
    with acting_as(second):
        stranger = scene.focal.post
        with pytest.raises(Refused, match="no_colleague"):
            services.hand_on(by=second, assignment=Assignment.objects.get(), post=stranger)
        services.hand_on(by=second, assignment=Assignment.objects.get(), post=None)
    assert 'id="answers"' in page(scene.ministry, section_url(scene, reply, "has_law"))


def addressed(by: Acting) -> str:
    return str(by.post)


def notices() -> list[dict[str, Any]]:
    """What waits to be mailed."""
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name = 'notices.send' order by id")
        return [json.loads(args) for (args,) in cursor.fetchall()]


def told(scene: scenes.Scene, days: int) -> set[str]:
    """Runs the clock so many days from now; whom it told."""
    before = len(notices())
    with clock.at(timezone.now() + timedelta(days=days)):
        tell(0)
    sent = notices()[before:]
    assert len(sent) <= 1 and all(set(each) == {"posts"} for each in sent), "posts, and nothing of what it is"
    return {each for notice in sent for each in notice["posts"]}


def test_the_clock_tells_a_week_before_the_day_before_and_the_day_after_once_each() -> None:
    scene = scenes.asked(days=30)
    sent = scenes.sent(scene, scene.ngo)
    assert sent.state == "sent"
    waiting = {addressed(by) for by in (scene.focal, scene.other_focal, scene.other_ngo)}
    assert told(scene, 20) == set()
    assert told(scene, 23) == waiting and told(scene, 24) == set()
    assert told(scene, 29) == waiting and told(scene, 30) == set()
    assert told(scene, 31) == waiting | {addressed(scene.secretariat)}
    assert told(scene, 32) == told(scene, 60) == set()


def test_a_node_that_stood_still_catches_up_and_an_extension_counts_anew() -> None:
    scene = scenes.asked(days=30)
    assert addressed(scene.focal) in told(scene, 27)
    with acting_as(scene.secretariat):
        row = Addressee.objects.get(body=scene.focal.body)
        services.extend(by=scene.secretariat, addressee=row, due=clock.today() + timedelta(days=60))
    assert addressed(scene.focal) not in told(scene, 29)
    assert addressed(scene.focal) in told(scene, 53)


def test_whoever_was_given_a_part_is_told_before_its_own_day_until_it_is_done() -> None:
    scene = scenes.asked(days=60)
    reply = scenes.begin(scene.focal)
    with acting_as(scene.focal):
        services.assign(
            by=scene.focal, reply=reply, body=scene.bodies["police"], question=scene.questions["has_law"],
            due=clock.today() + timedelta(days=10),
        )  # fmt: skip
    assert told(scene, 3) == {addressed(scene.police)}
    with acting_as(scene.police):
        services.finish(by=scene.police, assignment=Assignment.objects.get())
    assert told(scene, 9) == set()
