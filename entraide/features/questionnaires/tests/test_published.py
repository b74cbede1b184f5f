"""What everybody reads of replies, and that an organisation's reply reaches no State by any way before it is published."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils.formats import date_format

from entraide.features.questionnaires import services
from entraide.features.questionnaires.models import Answer, Reply
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import url
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
SECRET = "What only the organisation knows"


def allowed(scene: scenes.Scene, by: Acting, text: str) -> Reply:
    reply = scenes.sent(scene, by, {"which_law": text})
    with acting_as(by):
        services.allow_publication(by=by, reply=reply, allowed=True)
    return reply


def publish(scene: scenes.Scene, reply: Reply) -> None:
    with acting_as(scene.secretariat):
        services.publish_reply(by=scene.secretariat, reply=Reply.objects.get(pk=reply.pk))


def told(answer: Any) -> str:  # the test client's own kind of answer
    """What an answer says, a workbook's cells included."""
    if "spreadsheet" not in answer["Content-Type"]:
        return str(answer.content.decode())
    return str([list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets])


def test_a_published_reply_is_read_without_signing_in_and_asked_for_anew_each_time() -> None:
    scene = scenes.asked()
    reply = allowed(scene, scene.focal, "Act 7")
    there, nobody = url("published_reply", reply.pk), Client()
    assert nobody.get(there).status_code == 404 and "Act 7" not in nobody.get(url("published")).content.decode()
    for reader in (scene.focal, scene.secretariat):
        assert world.client_of(reader).get(there).status_code == 404, "not even who reads it otherwise finds it among the published"
    publish(scene, reply)
    answer = nobody.get(there)
    text = answer.content.decode()
    assert "Which law?" in text and "Act 7" in text and "Is there a law?" in text
    assert answer["Cache-Control"] == "public, no-cache"
    assert there in nobody.get(url("published")).content.decode()
    assert world.client_of(scene.police).get(there)["Cache-Control"] == "private, no-store"


def test_nobody_finds_what_was_sent_but_not_published_nor_who_was_asked() -> None:
    scene = scenes.asked()
    open_one, kept = allowed(scene, scene.focal, "Act 7"), allowed(scene, scene.ngo, SECRET)
    publish(scene, open_one)
    nobody = Client()
    assert "Harbour Lights" not in nobody.get(url("published")).content.decode()
    assert nobody.get(url("published_reply", kept.pk)).status_code == 404
    for address in (kept.get_absolute_url(), url("matrix", kept.circulation_id), url("beside", kept.circulation_id)):
        assert nobody.get(address).status_code == 302, "one signs in first"


def test_an_organisations_reply_reaches_no_state_by_page_list_export_feed_or_program() -> None:
    scene = scenes.asked()
    theirs = allowed(scene, scene.ngo, SECRET)
    scenes.sent(scene, scene.focal)
    place = theirs.circulation_id
    ways = (
        url("circulation", place), url("beside", place), url("matrix", place), url("circulations"), url("asked"), url("published"), "/",
        f"/api/questionnaires/rounds/{place}/replies", f"/api/questionnaires/rounds/{place}/standing",
    )  # fmt: skip
    for state in (scene.focal, scene.ministry, scene.other_focal, scene.other_ngo):
        client = world.client_of(state)
        for way in ways:
            answer = client.get(way)
            assert answer.status_code in {200, 403, 404}, way
            said = told(answer)
            assert not [word for word in (SECRET, "Harbour Lights", str(theirs.pk)) if word in said], (way, state.function)
        for way in (
            theirs.get_absolute_url(), url("published_reply", theirs.pk), f"/api/questionnaires/replies/{theirs.pk}",
            f"/api/questionnaires/replies/{theirs.pk}/answers", url("offline", theirs.pk, "xlsx"),
        ):  # fmt: skip
            assert client.get(way).status_code == 404, way
    with acting_as(scene.focal):
        assert not Reply.objects.filter(pk=theirs.pk).exists(), "asked for everything, with no filter"
    asks = world.client_of(scene.secretariat)
    for way in (*ways[1:3], f"/api/questionnaires/replies/{theirs.pk}/answers"):
        assert SECRET in told(asks.get(way)), "whoever asked reads it by the same ways"


def test_an_organisation_reads_no_draft_of_the_state_nor_the_state_one_of_the_organisation() -> None:
    scene = scenes.asked()
    of_state, of_ngo = scenes.begin(scene.focal), scenes.begin(scene.ngo)
    for reader, draft in ((scene.ngo, of_state), (scene.focal, of_ngo), (scene.secretariat, of_state), (scene.secretariat, of_ngo)):
        for way in (draft.get_absolute_url(), url("offline", draft.pk, "docx"), f"/api/questionnaires/replies/{draft.pk}/answers"):
            assert world.client_of(reader).get(way).status_code in {403, 404}, (way, reader.function)


def test_a_later_edition_takes_the_published_one_out_of_the_list_until_it_is_published_itself() -> None:
    scene = scenes.asked()
    first = allowed(scene, scene.focal, "Act 7")
    publish(scene, first)
    scenes.begin(scene.focal)
    nobody = Client()
    assert nobody.get(url("published_reply", first.pk)).status_code == 200, "it stands until the next is sent"
    with acting_as(scene.focal):
        draft = Reply.objects.get(state="drafting")
        services.clear(by=scene.focal, reply=draft)
        services.send(by=scene.focal, reply=draft)
    assert nobody.get(url("published_reply", first.pk)).status_code == 404
    assert nobody.get(url("published_reply", draft.pk)).status_code == 404


def api(way: str = "", **asked: Any) -> Any:  # as addresses carry it
    return Client().get(f"/api/questionnaires/published{way}", asked)


def test_programs_read_what_the_page_shows_and_nothing_beside() -> None:
    scene = scenes.asked()
    open_one, kept = allowed(scene, scene.focal, "Act 7"), allowed(scene, scene.ngo, SECRET)
    publish(scene, open_one)
    (row,) = api().json()["items"]
    assert (row["id"], row["country"], row["capacity"], row["titles"]["en"]) == (str(open_one.pk), "XA", "state", "Prevention")
    said = {each["key"]: each for each in api(f"/{open_one.pk}/answers").json()["items"]}
    assert said["which_law"]["text"] == "Act 7" and said["has_law"]["value"] == "yes"
    assert said["has_law"]["provisions"] and set(said) <= set(scene.questions)
    assert [api(f"/{kept.pk}{way}").status_code for way in ("", "/answers")] == [404, 404]
    ways = [api(), api(capacity="ngo"), api(state="XA"), api(round=kept.circulation_id), api(provision=scenes.provision().pk)]
    assert not [answer for answer in ways if SECRET in told(answer) or str(kept.pk) in told(answer) or "Harbour" in told(answer)]


def test_programs_find_published_replies_by_state_round_and_provision_page_by_page() -> None:
    scene = scenes.asked()
    first, second = allowed(scene, scene.focal, "Act 7"), allowed(scene, scene.other_focal, "Act 8")
    publish(scene, first)
    publish(scene, second)
    assert [row["country"] for row in api(state="xb").json()["items"]] == ["XB"]
    assert api(round=first.circulation_id).json()["count"] == 2 == api(provision=scenes.provision().pk).json()["count"]
    assert api(round=first.pk).json()["count"] == 0 == api(provision=scenes.provision("art_10").pk).json()["count"]
    page = api(size=1).json()
    assert len(page["items"]) == 1 and Client().get(page["next"]).json()["next"] is None
    assert api(f"/{first.pk}/answers", size=1).json()["next"]
    unfit = (api(state="XAX"), api(round="x"), api(page=0), api(capacity="x"))
    assert {answer.status_code for answer in unfit} == {422}


def withdraw(scene: scenes.Scene, reply: Reply) -> None:
    with acting_as(scene.secretariat):
        services.withdraw_reply(by=scene.secretariat, reply=Reply.objects.get(pk=reply.pk))


def test_a_withdrawn_reply_says_when_to_everybody_and_its_content_is_read_by_none_but_those_to_whom_it_was_sent() -> None:
    scene = scenes.asked()
    reply = allowed(scene, scene.focal, "Act 7")
    publish(scene, reply)
    withdraw(scene, reply)
    nobody, there = Client(), url("published_reply", reply.pk)
    page = nobody.get(there)
    assert page.status_code == 410 and page["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert "was withdrawn from publication" in text and date_format(clock.today()) in text
    assert not [word for word in ("Act 7", "Which law?", "Coordination Office") if word in text]
    ways = (url("published"), f"/api/questionnaires/published/{reply.pk}", f"/api/questionnaires/published/{reply.pk}/answers",
            reply.get_absolute_url(), f"/api/questionnaires/replies/{reply.pk}/answers", url("offline", reply.pk, "xlsx"))  # fmt: skip
    for reader in (nobody, world.client_of(scene.other_focal)):
        assert not [way for way in ways if "Act 7" in told(reader.get(way))]
    assert world.client_of(scene.other_focal).get(reply.get_absolute_url()).status_code == 404
    for by in (scene.focal, scene.secretariat):
        own = world.client_of(by).get(reply.get_absolute_url()).content.decode()
        assert "Withdrawn from publication on" in own, by.function
        assert world.client_of(by).get(f"/api/questionnaires/replies/{reply.pk}").json()["withdrawn_at"]
    with acting_as(scene.other_focal):
        assert not Reply.objects.exists() and not Answer.objects.filter(reply=reply.pk).exists()


def test_only_whoever_published_withdraws_is_asked_once_more_and_it_is_written_down() -> None:
    scene = scenes.asked()
    reply = allowed(scene, scene.focal, "Act 7")
    step = url("move", reply.pk, "withdraw")
    asks = world.client_of(scene.secretariat)
    assert asks.get(step).status_code == 403, "it is not published"
    publish(scene, reply)
    for other, status in ((scene.focal, 403), (scene.ngo, 403), (scene.ministry, 403)):
        assert world.client_of(other).post(step).status_code == status
        assert world.client_of(other).post(f"/api/questionnaires/replies/{reply.pk}/withdraw").status_code == status
    assert step in asks.get(reply.get_absolute_url()).content.decode()
    assert "Whoever has kept a copy keeps it" in asks.get(step).content.decode()
    assert Client().get(url("published_reply", reply.pk)).status_code == 200, "asking changes nothing"
    asks.post(step)
    assert Client().get(url("published_reply", reply.pk)).status_code == 410
    with as_steward():
        assert AuditEntry.objects.filter(action="questionnaires.withdraw_reply", object_id=reply.pk).count() == 1
    publish(scene, reply)
    assert Client().get(url("published_reply", reply.pk)).status_code == 200, "it may be published anew"


def test_an_earlier_edition_that_was_published_is_withdrawn_with_the_one_that_stands() -> None:
    scene = scenes.asked()
    first = allowed(scene, scene.focal, "Act 7")
    publish(scene, first)
    second = scenes.begin(scene.focal)
    with acting_as(scene.focal):
        services.clear(by=scene.focal, reply=second)
        services.send(by=scene.focal, reply=second, may_publish=True)
    publish(scene, second)
    withdraw(scene, second)
    with acting_as(scene.other_focal):
        assert not Reply.objects.exists()
    assert [Client().get(url("published_reply", each.pk)).status_code for each in (first, second)] == [410, 410]


def test_a_published_reply_that_came_late_says_so_on_its_page_and_to_programs() -> None:
    scene = scenes.asked()
    reply = allowed(scene, scene.focal, "Act 7")
    publish(scene, reply)
    assert "after its last day" not in Client().get(url("published_reply", reply.pk)).content.decode()
    with as_steward():
        Reply.objects.filter(pk=reply.pk).update(first_sent_on=reply.due + timedelta(days=3))
    assert "Sent 3 days after its last day." in Client().get(url("published_reply", reply.pk)).content.decode()
    assert api(f"/{reply.pk}").json()["days_late"] == 3


def test_what_is_withdrawn_is_gone_at_once_for_programs_and_for_whoever_kept_the_answer() -> None:
    scene = scenes.asked()
    reply = allowed(scene, scene.focal, "Act 7")
    publish(scene, reply)
    kept = {way: api(way) for way in ("", f"/{reply.pk}", f"/{reply.pk}/answers")}
    page = Client().get(url("published_reply", reply.pk))
    assert {answer["Cache-Control"] for answer in (page, *kept.values())} == {"public, no-cache"}
    assert Client().get(url("published_reply", reply.pk), headers={"If-None-Match": page["ETag"]}).status_code == 304
    withdraw(scene, reply)
    again = {way: Client().get(f"/api/questionnaires/published{way}", headers={"If-None-Match": kept[way]["ETag"]}) for way in kept}
    assert [answer.status_code for answer in again.values()] == [200, 410, 410] and api().json()["items"] == []
    assert api(f"/{reply.pk}").json()["code"] == "withdrawn" and api(f"/{reply.pk}").json()["withdrawn_at"]
    assert Client().get(url("published_reply", reply.pk), headers={"If-None-Match": page["ETag"]}).status_code == 410
