"""Nobody opens what is not for her: by page, export or count; absent and hidden look alike."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.tests.browsing import page, url
from entraide.kernel.accounts.choices import Function
from tests import world

pytestmark = pytest.mark.django_db


def test_an_organisation_s_answers_reach_no_state_by_any_page_export_or_count() -> None:
    scene = scenes.asked()
    assert scene.circulation
    secret = "They hold victims in cells."
    reply = scenes.sent(scene, scene.ngo, {"which_law": secret})
    addresses = [
        url("home"), url("asked"), url("circulations"), scene.circulation.get_absolute_url(), url("beside", scene.circulation.pk),
        url("matrix", scene.circulation.pk), "/", "/late/",
    ]  # fmt: skip
    for by in (scene.focal, scene.other_focal, scene.other_ngo, scene.police):
        client = world.client_of(by)
        for address in addresses:
            text = client.get(address, follow=True).content
            assert secret.encode() not in text and b"Harbour Lights" not in text, address
        for hidden in (
            reply.get_absolute_url(),
            url("history", reply.pk, scene.questions["which_law"].pk, 0),
            url("offline", reply.pk, "xlsx"),
        ):
            assert client.get(hidden).status_code in {403, 404}, hidden
    shown = page(scene.secretariat, url("beside", scene.circulation.pk))
    assert secret in shown and "Harbour Lights" in shown


ROUTES = (
    "reply",
    "section",
    "history",
    "file",
    "assign",
    "move",
    "offline",
    "upload",
    "remove_instance",
    "decide",
    "finish",
    "end_assignment",
)


def _address(name: str, scene: scenes.Scene, reply: UUID) -> str:
    question = scene.questions["has_law"]
    more: dict[str, tuple[object, ...]] = {
        "section": (question.section_id,), "history": (question.pk, 0), "file": (uuid4(),), "move": ("clear",), "offline": ("xlsx",),
        "remove_instance": (question.section_id, 1), "decide": (uuid4(),), "finish": (uuid4(),), "end_assignment": (uuid4(),),
    }  # fmt: skip
    return url(name, reply, *more.get(name, ()))


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_else_opens_anything_of_a_reply_and_absent_and_hidden_look_alike(route: str) -> None:
    scene = scenes.asked()
    reply = scenes.begin(scene.focal)
    strangers = (scene.secretariat, scene.other_focal, scene.ngo, scene.ministry, world.post(scene.bodies["office"], Function.COORDINATOR))
    for by in strangers:
        client = world.client_of(by)
        hidden, absent = client.get(_address(route, scene, reply.pk)), client.get(_address(route, scene, uuid4()))
        assert hidden.status_code in {403, 404} and hidden.status_code == absent.status_code
        assert hidden.status_code == 403 or hidden.content == absent.content
        assert client.post(_address(route, scene, reply.pk), {}).status_code in {403, 404}
    assert Client().get(_address(route, scene, reply.pk)).status_code == 302
