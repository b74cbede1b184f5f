"""Texts: filed as drafts, published for everybody, immutable, the same provision in every version and language."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.urls import reverse

from entraide.engines import texts as engine
from entraide.features.texts import queries, services
from entraide.features.texts.models import Document, Provision, Version, Wording
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
FIRST = b"Plan against trafficking\n\nI. Aims\n\n1. The parties exchange facts.\n\n2. They meet twice:\n\na) in spring;\n\nb) in autumn.\n"
SECOND = FIRST.replace(b"exchange facts", b"exchange checked facts")
FRENCH = (
    "Plan contre la traite\n\nI. Buts\n\n1. Les parties échangent des faits.\n\n"
    "2. Elles se réunissent deux fois :\n\na) au printemps ;\n\nb) en automne.\n"
).encode()


@pytest.fixture
def secretariat() -> Acting:
    return world.post(world.body("secretariat", kind="coordination"), "secretariat")


def filed(by: Acting, data: bytes = FIRST, language: str = "en", document: Document | None = None) -> Version:
    got = engine.read(data, "plan.txt", language)
    with acting_as(by), transaction.atomic():
        return services.file_text(by=by, text=got.text, kind="plan", document=document, problems=got.problems)


def published(by: Acting, data: bytes = FIRST, document: Document | None = None) -> Version:
    version = filed(by, data, document=document)
    with acting_as(by), transaction.atomic():
        services.publish(by=by, version=version)
    return Version.objects.get(pk=version.pk)


def test_what_goes_in_comes_out_equal(secretariat: Acting) -> None:
    version = filed(secretariat)
    with acting_as(secretariat):
        assert queries.tree(version, "en") == engine.read(FIRST, "plan.txt", "en").text


def test_a_draft_shows_to_its_body_and_to_nobody_else(secretariat: Acting) -> None:
    slug = filed(secretariat).document.slug
    for visitor in (Client(), world.client_of(world.post(world.body("other"), "secretariat"))):
        assert visitor.get(reverse("texts:text", args=[slug])).status_code == 404
        assert slug not in visitor.get(reverse("texts:list")).content.decode()
    assert "Draft of version 1" in world.client_of(secretariat).get(reverse("texts:text", args=[slug])).content.decode()
    assert not Wording.objects.exists(), "without acting, drafts are not there at all"


def test_the_title_of_a_draft_in_a_new_language_shows_to_nobody_before_it_is_published(secretariat: Acting) -> None:
    document = published(secretariat).document
    draft = filed(secretariat, FRENCH, "fr", document)
    page = Client(headers={"accept-language": "fr"})
    assert "Plan contre la traite" not in page.get(reverse("texts:list")).content.decode()
    with acting_as(secretariat), transaction.atomic():
        services.publish(by=secretariat, version=draft)
    assert "Plan contre la traite" in page.get(reverse("texts:list")).content.decode()
    assert Document.objects.get(pk=document.pk).titles["en"] == "Plan against trafficking"


def test_published_everybody_reads_it_without_signing_in(secretariat: Acting) -> None:
    slug = published(secretariat).document.slug
    page = Client().get(reverse("texts:text", args=[slug])).content.decode()
    assert "The parties exchange facts." in page and "Publish this version" not in page
    with as_steward():
        assert AuditEntry.objects.filter(action="texts.publish").count() == 1


def test_a_published_wording_never_changes_not_even_for_its_secretariat(secretariat: Acting) -> None:
    version = published(secretariat)
    with pytest.raises((IntegrityError, InternalError)), acting_as(secretariat), transaction.atomic():
        Wording.objects.filter(version=version).update(text="forged")
    with acting_as(secretariat):
        assert Wording.objects.filter(version=version).delete()[0] == 0
    with pytest.raises(Refused, match="published"), acting_as(secretariat), transaction.atomic():
        services.throw_away(by=secretariat, version=version)
    with pytest.raises((IntegrityError, InternalError)), as_steward():
        Wording.objects.filter(version=version).update(text="forged")


@pytest.mark.parametrize("change", [{"published": False, "published_at": None}, {"adopted_on": "1999-01-01"}, {"number": 9}])
def test_a_published_version_is_taken_back_by_nobody(change: dict[str, object], secretariat: Acting) -> None:
    version = published(secretariat)
    with pytest.raises((IntegrityError, InternalError)), acting_as(secretariat), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)


def test_the_address_of_a_provision_never_changes(secretariat: Acting) -> None:
    version = published(secretariat)
    with pytest.raises((IntegrityError, InternalError)), acting_as(secretariat), transaction.atomic():
        Provision.objects.filter(document=version.document).update(published=False)


def test_a_new_version_keeps_the_provisions_and_shows_what_changed_by_words(secretariat: Acting) -> None:
    first = published(secretariat)
    before = set(Provision.objects.values_list("pk", flat=True))
    published(secretariat, SECOND, first.document)
    assert set(Provision.objects.values_list("pk", flat=True)) == before
    page = Client().get(reverse("texts:compare", args=[first.document.slug])).content.decode()
    french = Client().get(reverse("texts:compare", args=[first.document.slug]), headers={"accept-language": "fr"}).content.decode()
    assert '<span lang="fr"><strong class="govuk-tag' in french, "our own words are not in the language of the text"
    assert "<ins>checked " in page.replace("<ins> checked", "<ins>checked ") or "<ins>checked" in page
    assert page.count("<section") == 1, "only what changed"


def test_a_second_language_joins_the_draft_and_stands_beside_the_first(secretariat: Acting) -> None:
    version = filed(secretariat)
    assert filed(secretariat, FRENCH, "fr", version.document).pk == version.pk
    with pytest.raises(Refused, match="language"):
        filed(secretariat, FRENCH, "fr", version.document)
    with acting_as(secretariat), transaction.atomic():
        services.publish(by=secretariat, version=version)
        eid = Wording.objects.filter(language="en", text="The parties exchange facts.").get().provision.eid
    page = Client().get(reverse("texts:provision", args=[version.document.slug, eid])).content.decode()
    assert "The parties exchange facts." in page and "Les parties échangent des faits." in page


def test_languages_out_of_step_are_named_before_publishing(secretariat: Acting) -> None:
    version = filed(secretariat)
    filed(secretariat, FRENCH.replace(b"b) en automne.", b""), "fr", version.document)
    page = world.client_of(secretariat).get(reverse("texts:text", args=[version.document.slug])).content.decode()
    assert "The languages are not in step." in page


def test_a_quotation_is_found_again_and_told_when_it_changed(secretariat: Acting) -> None:
    first = published(secretariat)
    eid = Wording.objects.filter(text="The parties exchange facts.").get().provision.eid
    address = reverse("texts:provision", args=[first.document.slug, eid])
    page = Client().get(address, {"words": "parties exchange facts"}).content.decode()
    link = page.split('<a class="govuk-link" href="http://testserver')[1].split('"')[0].replace("&amp;", "&")
    assert "<mark>parties exchange facts</mark>" in Client().get(link).content.decode()
    published(secretariat, SECOND, first.document)
    page = Client().get(link).content.decode()
    assert "do not stand in the newest version" in page and "<mark>parties exchange facts</mark>" in page, (
        "the older version still has them"
    )
    assert "do not stand in this provision" in Client().get(address, {"words": "never said"}).content.decode()
    assert "This link quotes nothing" in Client().get(address, {"quote": "x"}).content.decode()


def test_a_file_is_read_on_the_page_published_and_taken_away(secretariat: Acting) -> None:
    client = world.client_of(secretariat)
    form = {"language": "en", "kind": "plan", "source": "invented", "file": SimpleUploadedFile("plan.txt", FIRST)}
    page = client.post(reverse("texts:new"), form, follow=True).content.decode()
    assert "The draft is filed." in page and "in autumn" in page
    with acting_as(secretariat):
        slug = Document.objects.get().slug
    assert "never changes" in client.get(reverse("texts:publish", args=[slug, 1])).content.decode()
    client.post(reverse("texts:publish", args=[slug, 1]), {"adopted_on_day": "1", "adopted_on_month": "6", "adopted_on_year": "2026"})
    for form_name, ending in (("docx", b"PK"), ("akn", b"<?xml"), ("txt", b"Plan")):
        answer = Client().get(reverse("texts:export", args=[slug, 1, form_name]))
        assert answer.status_code == 200 and answer.content.startswith(ending), form_name
    assert Client().get(reverse("texts:export", args=[slug, 1, "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", b"PK not a document"), ("a.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), ("a.exe", b"MZ"), ("a.txt", b"")],
)
def test_files_that_cannot_be_read_get_a_sentence_and_file_nothing(name: str, data: bytes, secretariat: Acting) -> None:
    form = {"language": "en", "kind": "plan", "file": SimpleUploadedFile(name, data)}
    answer = world.client_of(secretariat).post(reverse("texts:new"), form)
    assert answer.status_code == 200 and "error-summary" in answer.content.decode()
    with as_steward():
        assert not Document.objects.exists()


def test_only_a_secretariat_files_and_only_texts_of_its_body(secretariat: Acting) -> None:
    version = published(secretariat)
    assert world.client_of(world.post(world.body("casa"))).get(reverse("texts:new")).status_code == 403
    stranger = world.post(world.body("other", kind="coordination"), "secretariat")
    assert world.client_of(stranger).get(reverse("texts:add", args=[version.document.slug])).status_code == 403
    with pytest.raises(Refused, match="not_holder"):
        filed(stranger, document=version.document)


def test_a_draft_is_thrown_away_and_the_published_version_stays(secretariat: Acting) -> None:
    first = published(secretariat)
    filed(secretariat, SECOND, document=first.document)
    client = world.client_of(secretariat)
    assert client.post(reverse("texts:throw_away", args=[first.document.slug, 2]), follow=True).status_code == 200
    with acting_as(secretariat):
        assert list(Version.objects.values_list("number", flat=True)) == [1]


def test_without_the_entry_in_the_record_nothing_is_filed(secretariat: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_kwargs: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(services, "record", fails)
    with pytest.raises(RuntimeError):
        filed(secretariat)
    with as_steward():
        assert not Document.objects.exists()


def test_the_right_of_reading_is_the_databases(secretariat: Acting) -> None:
    filed(secretariat)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from texts_wording")
        assert cursor.fetchone() == (0,)
