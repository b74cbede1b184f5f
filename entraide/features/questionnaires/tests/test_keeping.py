"""Saving while writing: the page is told of each question what became of it; whatever it was told is saved, is."""

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as some

from entraide.engines.forms.values import adds_to
from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Past, Reply
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import fields, page, post, section_url
from entraide.features.questionnaires.writing import name_of
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.accounts.choices import Function
from tests import world

pytestmark = pytest.mark.django_db


def keep(scene: scenes.Scene, by: Acting, reply: Reply, version: int = 0, **values: object) -> dict[str, Any]:
    """What the page's script sends for some questions, and what it is told."""
    there = section_url(scene, reply, next(iter(values))) + "keep/"
    answer: dict[str, Any] = post(by, there, fields(scene, version, **values), 200).json()
    return answer


def name(scene: scenes.Scene, key: str) -> str:
    return name_of((scene.questions[key].pk, 0))


def colleague_of(scene: scenes.Scene) -> Acting:
    return world.post(scene.bodies["office"], Function.FOCAL_POINT)


def kept(scene: scenes.Scene, reply: Reply) -> dict[str, object]:
    with acting_as(scene.focal):
        return {row.question.key: row.value for row in queries.answers(reply)}


def test_each_save_names_the_version_on_which_the_next_one_stands() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    first = keep(scene, scene.focal, reply, how_many="1")["kept"][name(scene, "how_many")][0]
    second = keep(scene, scene.focal, reply, first, how_many="12")["kept"][name(scene, "how_many")][0]
    assert (first, second) == (1, 2) and kept(scene, reply) == {"how_many": 12}


def test_typing_on_leaves_no_version_behind_but_taking_words_away_does() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes"})
    version = 0
    for text in ("Act", "Act 7", "Act 7 of 2019", "The Act 7 of 2019", "The Act 7"):
        version = keep(scene, scene.focal, reply, version, which_law=text)["kept"][name(scene, "which_law")][0]
    with acting_as(scene.focal):
        assert [row.value for row in Past.objects.all()] == ["The Act 7 of 2019"]


def test_a_save_whose_answer_never_arrived_is_sent_again_and_is_no_second_version() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    keep(scene, scene.focal, reply, how_many="1")
    assert not keep(scene, scene.focal, reply, 0, how_many="12")["clashes"]
    assert kept(scene, reply) == {"how_many": 12}


def test_two_who_type_in_one_answer_keep_every_word_one_version_aside_for_each_writer() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    colleague = colleague_of(scene)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes"})
    keep(scene, scene.focal, reply, which_law="Act 7")
    told = keep(scene, colleague, reply, which_law="Decree 3")["clashes"][name(scene, "which_law")]
    assert told["theirs"] == "Act 7" and told["by"] == "Coordination Office"
    again = keep(scene, colleague, reply, which_law="Decree 3 of 2020")["clashes"][name(scene, "which_law")]
    assert again["url"] == told["url"], "one version aside, which grows"
    keep(scene, colleague, reply, which_law="Decree 4")
    with acting_as(scene.focal):
        assert queries.undecided(reply).get().value == "Decree 4"
        assert {row.value for row in Past.objects.filter(aside=False)} == {"Decree 3 of 2020"}, "what was taken away stays in the history"
    assert kept(scene, reply)["which_law"] == "Act 7"
    assert "Decree 4" in page(scene.focal, told["url"])


def test_an_answer_that_was_not_touched_never_overwrites_nor_clashes_with_what_came_meanwhile() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    text = page(scene.focal, section_url(scene, reply, "how_many"))
    sign = text.split(f'name="o{name(scene, "how_many")}" value="')[1].split('"')[0]
    scenes.write(scene, colleague_of(scene), reply, {"how_many": 4})
    sent = fields(scene, how_many="", whom=["adults"]) | {f"o{name(scene, 'how_many')}": sign}
    post(scene.focal, section_url(scene, reply, "how_many"), sent)
    with acting_as(scene.focal):
        assert not queries.undecided(reply).exists()
    assert kept(scene, reply) == {"how_many": 4, "whom": ["adults"]}


def test_what_is_no_answer_is_said_and_the_rest_is_saved() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    told = keep(scene, scene.focal, reply, how_many="twelve", whom=["adults"])
    assert "Write a number" in told["wrong"][name(scene, "how_many")] and list(told["kept"]) == [name(scene, "whom")]
    assert kept(scene, reply) == {"whom": ["adults"]}


def test_after_clearing_nothing_is_saved_and_the_page_is_told_why() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes"})
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
    told = keep(scene, scene.focal, reply, 1, has_law="no")
    assert "nobody writes in it now" in told["refused"][name(scene, "has_law")] and not told["kept"]
    assert kept(scene, reply) == {"has_law": "yes"}


def test_another_ministry_keeps_nothing_in_a_section_that_is_not_its_own_and_a_stranger_finds_none() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    section = scene.questions["has_law"].section
    with acting_as(scene.focal):
        services.assign(by=scene.focal, reply=reply, body=scene.bodies["police"], section=section)
    told = keep(scene, scene.police, reply, how_many="3")
    assert "not assigned to you" in told["refused"][name(scene, "how_many")]
    assert name(scene, "has_law") in keep(scene, scene.police, reply, has_law="no")["kept"]
    there = section_url(scene, reply, "has_law") + "keep/"
    for stranger in (scene.ministry, scene.other_focal, scene.ngo):
        post(stranger, there, fields(scene, has_law="yes"), 404)
    post(scene.secretariat, there, fields(scene, has_law="yes"), 403)
    assert kept(scene, reply) == {"has_law": "no"}


def test_the_page_is_told_which_questions_are_asked_now() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    assert keep(scene, scene.focal, reply, has_law="no")["asked"] == [name(scene, "has_law")]
    assert keep(scene, scene.focal, reply, 1, has_law="yes")["asked"] == [name(scene, "has_law"), name(scene, "which_law")]


@drawn(some.text(), some.text(), some.text())
def test_whatever_is_put_in_anywhere_adds_to_a_text(head: str, tail: str, put: str) -> None:
    assert adds_to(head + tail, head + put + tail)


@drawn(some.text(min_size=1), some.text())
def test_what_adds_to_a_text_holds_every_sign_of_it_in_order(before: str, after: str) -> None:
    signs = iter(after)
    assert not adds_to(before, after) or all(sign in signs for sign in before)
