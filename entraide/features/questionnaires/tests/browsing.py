"""Opening and posting pages of questionnaires, for tests."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from entraide.features.questionnaires.models import Reply
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.tests import scenes
from entraide.features.questionnaires.writing import name_of
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from tests import world


def url(name: str, *args: object) -> str:
    return reverse(f"questionnaires:{name}", args=args)


def page(by: Acting, address: str, status: int = 200) -> str:
    answer = world.client_of(by).get(address, follow=False)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def post(by: Acting, address: str, data: dict[str, Any], status: int = 302) -> Any:
    answer = world.client_of(by).post(address, data)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:3000].decode())
    return answer


def day(name: str, days: int) -> dict[str, int]:
    when = clock.today() + timedelta(days=days)
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def fields(scene: scenes.Scene, version: int = 0, **values: object) -> dict[str, Any]:
    """What the page of a section sends."""
    sent: dict[str, Any] = {}
    for key, value in values.items():
        name = name_of((scene.questions[key].pk, 0))
        sent |= {name: value, f"v{name}": version}
    return sent


def section_url(scene: scenes.Scene, reply: Reply, key: str) -> str:
    assert scene.questionnaire
    whole = outline(scene.questionnaire)
    return url("section", reply.pk, whole.page_of(scene.questions[key]).pk)
