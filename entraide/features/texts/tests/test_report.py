"""The report of the United Nations enters through the page, in French, whole; every paragraph can be cited. Skipped where it is absent."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from entraide.engines import texts as engine
from entraide.features.texts import queries
from entraide.features.texts.models import Document, Provision, Wording
from entraide.kernel.access.context import acting_as
from tests import world
from tests.engines.texts.help import seed, seed_file

pytestmark = pytest.mark.django_db


def test_the_report_is_filed_published_and_each_of_its_48_paragraphs_has_an_address() -> None:
    by = world.post(world.body("office", kind="coordination"), "secretariat")
    client = world.client_of(by)
    file = SimpleUploadedFile("report.txt", seed_file().read_bytes())
    filed = client.post(reverse("texts:new"), {"file": file, "language": "fr", "kind": "report", "source": "United Nations"})
    assert filed.status_code == 302
    with acting_as(by):
        document = Document.objects.get()
        version = queries.versions(document)[0]
        assert version.doubts == [] and queries.tree(version, "fr") == seed().text
    assert (
        client.post(
            reverse("texts:publish", args=[document.slug, 1]), {"adopted_on_day": "", "adopted_on_month": "", "adopted_on_year": ""}
        ).status_code
        == 302
    )
    page = Client().get(reverse("texts:text", args=[document.slug])).content.decode()
    assert [number for number in range(1, 49) if f'id="para_{number}"' not in page] == []
    for eid in (f"para_{number}" for number in range(1, 49)):
        wording = Wording.objects.get(provision__eid=eid, language="fr")
        quoted = " ".join(re.findall(r"\S+", wording.text)[:6])
        anchor = engine.anchor(engine.Node(eid, engine.Kind.PARAGRAPH, wording.number, "", wording.text), quoted)
        cited = Client().get(Provision.objects.get(eid=eid).get_absolute_url(), {"lang": "fr", "quote": anchor.fragment})
        assert "<mark>" in cited.content.decode(), eid
