"""Pages of a reply: written by many hands, cleared, sent, read beside others."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entraide.features.questionnaires import queries, services
from entraide.features.questionnaires.models import Answer, Attachment, Reply
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import fields, page, post, section_url, url
from entraide.features.questionnaires.writing import name_of
from entraide.kernel.access.context import acting_as
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from tests import world

pytestmark = pytest.mark.django_db


def test_a_reply_is_written_section_by_section_and_sent() -> None:
    scene = scenes.asked()
    focal = scene.focal
    with acting_as(focal):
        mine = scenes.addressee(focal)
    answer = post(focal, url("begin", mine.pk), {})
    with acting_as(focal):
        reply = Reply.objects.get()
    assert answer["Location"] == reply.get_absolute_url()
    here = section_url(scene, reply, "has_law")
    assert "Which law?" not in page(focal, here)
    post(focal, here, fields(scene, has_law="yes"))
    assert "Which law?" in page(focal, here), "the condition holds now"
    there = section_url(scene, reply, "how_many")
    answer = post(focal, there, fields(scene, how_many="several", whom=["children"]), 200)
    text = answer.content.decode()
    assert 'value="several"' in text and "Write a number" in text
    with acting_as(focal):
        assert {row.question.key: row.value for row in queries.answers(reply)} == {"has_law": "yes", "whom": ["children"]}
    post(focal, there, {"repeat": scene.questions["measure_title"].section_id.hex})
    assert "Each measure" in page(focal, there)
    text = page(focal, reply.get_absolute_url())
    assert "2 of 4 answered" not in text and "answered" in text
    assert "Nobody writes in it any more" in page(focal, url("move", reply.pk, "clear"))
    post(focal, url("move", reply.pk, "clear"), {})
    post(focal, url("move", reply.pk, "send"), {"go": "1", "may_publish": "on"})
    text = page(scene.secretariat, reply.get_absolute_url())
    assert "Sent on" in text and "Return it for completion" in text and "Publish this reply" in text
    post(scene.secretariat, url("move", reply.pk, "give_back"), {"note": "Please add the figures."})
    assert "Please add the figures." in page(focal, url("begin", mine.pk))


def test_pages_say_what_the_last_day_means_and_mark_what_came_after_it() -> None:
    scene = scenes.asked(days=5)
    assert scene.circulation
    with acting_as(scene.focal):
        mine = scenes.addressee(scene.focal)
    assert "can still be sent; it is then marked as late" in page(scene.focal, url("begin", mine.pk))
    with clock.at(clock.now() + timedelta(days=7)):
        reply = scenes.begin(scene.focal)
        scenes.write(scene, scene.focal, reply, {"has_law": "no"})
        assert "it will be marked as late, unless you are given more time" in page(scene.focal, reply.get_absolute_url())
        assert "it will be marked as late" in page(scene.focal, url("move", reply.pk, "clear"))
        post(scene.focal, url("move", reply.pk, "clear"), {})
        post(scene.focal, url("move", reply.pk, "send"), {"go": "1"})
        assert "Sent 2 days after its last day." in page(scene.secretariat, reply.get_absolute_url())
        assert "Answered late" in page(scene.secretariat, url("circulation", scene.circulation.pk))
        assert "Answered late" in page(scene.focal, url("asked"))


def test_a_required_answer_that_is_missing_stands_on_the_button() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    assert "1 required answer is missing" in page(scene.focal, reply.get_absolute_url())
    page(scene.focal, url("move", reply.pk, "clear"), 403)
    name = name_of((scene.questions["has_law"].pk, 0))
    post(scene.focal, section_url(scene, reply, "has_law"), {name: "", f"v{name}": 0, f"g{name}": "not_applicable"})
    page(scene.focal, url("move", reply.pk, "clear"))


def test_what_was_written_while_the_reply_was_cleared_is_shown_again_not_lost() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "What stands"})
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
    late = post(scene.focal, section_url(scene, reply, "which_law"), fields(scene, 1, which_law="An hour of writing"), 409)
    assert "An hour of writing" in late.content.decode() and "What stands" in late.content.decode()


def test_whoever_was_given_a_part_writes_it_and_reads_the_rest() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    page(scene.police, reply.get_absolute_url(), 404)
    part = section_url(scene, reply, "has_law").rstrip("/").rsplit("/", 1)[-1]
    assert "Ministry of the Interior" in page(scene.focal, url("assign", reply.pk))
    post(scene.focal, url("assign", reply.pk), {"part": part, "body": scene.bodies["police"].pk, "note": "By Friday, please"})
    assert "By Friday, please" in page(scene.police, reply.get_absolute_url())
    assert "Law" in page(scene.police, url("asked"))
    post(scene.police, section_url(scene, reply, "has_law"), fields(scene, has_law="no"))
    text = page(scene.police, section_url(scene, reply, "how_many"))
    assert "<textarea" not in text and "No answer yet" in text
    lost = post(scene.police, section_url(scene, reply, "how_many"), fields(scene, how_many="What I wrote"), 409)
    assert "What I wrote" in lost.content.decode(), "both versions are shown"
    with acting_as(scene.focal):
        assert queries.answers(reply).count() == 1, "what is not hers is not saved"
        given = queries.assignments(reply).get()
    post(scene.police, url("finish", reply.pk, given.pk), {})
    assert "Done" in page(scene.focal, reply.get_absolute_url())
    page(scene.police, url("assign", reply.pk), 403)
    page(scene.police, url("move", reply.pk, "clear"), 403)
    post(scene.focal, url("end_assignment", reply.pk, given.pk), {})
    page(scene.police, reply.get_absolute_url(), 404)


def test_evidence_is_kept_sealed_and_handed_out_as_a_download_to_whoever_reads_the_reply() -> None:
    scene = scenes.people()
    by = scene.secretariat
    with acting_as(by):
        made = services.create(by=by, titles={"en": "Proof"}, languages=["en"])
        section = services.add_section(by=by, questionnaire=made, titles={"en": "Proof"})
        question = services.add_question(by=by, section=section, kind="file", labels={"en": "The law"})
        text = services.add_question(by=by, section=section, kind="text", labels={"en": "Its title"})
        services.publish(by=by, questionnaire=made)
        made.refresh_from_db()
        services.circulate(
            by=by,
            questionnaire=made,
            titles={"en": "Round"},
            due=clock.today() + timedelta(days=9),
            addressees=[(scene.bodies["ngo"], "ngo")],
        )
    reply = scenes.begin(scene.ngo)
    here, name, other = url("section", reply.pk, section.pk), name_of((question.pk, 0)), name_of((text.pk, 0))
    rest = {other: "Act 5", f"v{other}": 0, "add": name}
    refused = world.client_of(scene.ngo).post(here, rest | {f"file-{name}": SimpleUploadedFile("law.exe", b"MZ")}, follow=True)
    assert "Only these kinds of file are taken" in refused.content.decode()
    post(scene.ngo, here, rest | {f"v{other}": 1, f"file-{name}": SimpleUploadedFile("law\u202e.pdf", b"%PDF-1.7 invented law")})
    assert "law.pdf" in page(scene.ngo, here) and "Act 5" in page(scene.ngo, here)
    with acting_as(scene.ngo):
        kept = Attachment.objects.get()
        assert b"invented" not in bytes(kept.sealed)
    download = url("file", reply.pk, kept.key)
    page(by, download, 404)
    with acting_as(scene.ngo):
        services.clear(by=scene.ngo, reply=reply)
        services.send(by=scene.ngo, reply=reply)
    answer = world.client_of(by).get(download)
    assert answer.content == b"%PDF-1.7 invented law" and answer["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    for stranger in (scene.focal, scene.other_ngo):
        page(stranger, download, 404)


def test_answers_stand_side_by_side_and_beside_the_last_round_s() -> None:
    scene = scenes.asked()
    assert scene.circulation and scene.questionnaire
    scenes.sent(scene, scene.focal, {"which_law": "Act 1 of last year"})
    by = scene.secretariat
    with acting_as(by):
        version = services.next_version(by=by, questionnaire=scene.questionnaire)
        services.publish(by=by, questionnaire=version)
        version.refresh_from_db()
        now = services.circulate(
            by=by, questionnaire=version, titles={"en": "Second round"}, due=clock.today() + timedelta(days=5), previous=scene.circulation,
            addressees=[(scene.bodies["office"], "state"), (scene.bodies["ngo"], "ngo")],
        )  # fmt: skip
    scene.circulation, scene.questionnaire, scene.questions = now, version, outline(version).by_key
    with acting_as(scene.focal):
        mine = queries.asked_of(scene.focal.body).get(circulation=now)
        reply = services.begin(by=scene.focal, addressee=mine)
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "Act 2 of this year"})
    assert "Act 1 of last year" in page(scene.focal, section_url(scene, reply, "which_law"))
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=reply)
        services.send(by=scene.focal, reply=reply)
    text = page(by, url("beside", now.pk))
    assert "Act 2 of this year" in text and "Act 1 of last year" in text


def test_who_was_asked_is_narrowed_by_how_and_by_where_they_stand() -> None:
    scene = scenes.asked()
    assert scene.circulation
    round_ = scene.circulation.get_absolute_url()
    assert "Harbour Lights" in page(scene.secretariat, round_) and "Harbour Lights" not in page(scene.secretariat, round_ + "?as=state")
    assert "Nothing in this list fits" not in page(scene.secretariat, round_ + "?as=state")


def test_two_who_write_the_same_answer_see_both_versions_and_different_answers_merge() -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    colleague = world.post(scene.bodies["office"], Function.FOCAL_POINT)
    here = section_url(scene, reply, "has_law")
    scenes.write(scene, scene.focal, reply, {"has_law": "yes", "which_law": "First"})
    post(colleague, here, fields(scene, 1, has_law="yes", which_law="What my colleague wrote"))
    post(scene.focal, here, fields(scene, 1, has_law="yes", which_law="What I wrote at the same time"))
    text = page(scene.focal, here)
    assert "Two versions" in text and "What my colleague wrote" in text
    with acting_as(scene.focal):
        aside = queries.undecided(reply).get()
    text = page(scene.focal, url("decide", reply.pk, aside.pk))
    assert "What my colleague wrote" in text and "What I wrote at the same time" in text
    page(scene.focal, url("move", reply.pk, "clear"), 403)
    post(scene.focal, url("decide", reply.pk, aside.pk), {"take": "yes"})
    with acting_as(scene.focal):
        assert Answer.objects.get(question=scene.questions["which_law"]).value == "What I wrote at the same time"
    text = page(scene.focal, url("history", reply.pk, scene.questions["which_law"].pk, 0))
    assert all(said in text for said in ("First", "What my colleague wrote", "What I wrote at the same time"))


def test_what_no_page_of_ours_sends_is_answered_and_never_an_error() -> None:
    """An onward address or a block that is none, a translation with a NUL, a part said to be done after clearing."""
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    here = section_url(scene, reply, "has_law")
    for nonsense in ("a\x00b", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz"):
        assert post(scene.focal, here, fields(scene, 0, has_law="yes") | {"on": nonsense})["Location"]
    with acting_as(scene.secretariat):
        draft = services.create(by=scene.secretariat, titles={"en": "A", "fr": "B"}, languages=["en", "fr"], code="draft")
        given = services.add_section(by=scene.secretariat, questionnaire=draft, titles={"en": "Law"}, key="law")
    post(scene.secretariat, url("step", draft.pk, "block"), {"block": "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz"}, 404)
    post(scene.secretariat, url("translate", draft.pk, "fr"), {f"s{given.pk.hex}-titles": "Lo\x00i"})
    assert "Loi" in page(scene.secretariat, url("translate", draft.pk, "fr"))
    with acting_as(scene.focal):
        part = services.assign(by=scene.focal, reply=reply, body=scene.bodies["office"], section=scene.questions["has_law"].section)
        services.clear(by=scene.focal, reply=reply)
    post(scene.focal, url("finish", reply.pk, part.pk), {}, 403)
