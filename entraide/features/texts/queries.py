"""Named reads of texts. What is published is for everybody; drafts show to the body that keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from entraide.engines.texts.model import Text
from entraide.features.texts import trees
from entraide.features.texts.models import Document, Heading, Provision, Version, Wording


def listed(*, text: str = "", kind: str = "") -> QuerySet[Document]:
    """Texts, narrowed; by slug."""
    found = Document.objects.order_by("slug")
    if text:
        found = found.filter(Q(titles__en__icontains=text) | Q(titles__fr__icontains=text) | Q(slug__icontains=text))
    return found.filter(kind=kind) if kind else found


def versions(document: Document) -> QuerySet[Version]:
    """Visible versions, newest first."""
    return Version.objects.filter(document=document).order_by("-number")


def shown(document: Document, number: int | None = None) -> Version | None:
    """The version asked for; without a number the last published one, else the newest draft that is visible."""
    found = versions(document)
    if number is not None:
        return found.filter(number=number).first()
    return found.filter(published=True).first() or found.first()


def languages(version: Version, *, using: str = "default") -> list[str]:
    """The languages in which a version is here."""
    return list(Heading.objects.using(using).filter(version=version).order_by("language").values_list("language", flat=True))


def best_language(version: Version, wanted: Iterable[str]) -> str:
    """The first wanted language in which the version is here, else English, else any; empty when it is in none."""
    here = languages(version)
    return next((code for code in [*wanted, "en", *here] if code in here), "")


def wordings(version: Version, language: str, *, using: str = "default") -> QuerySet[Wording]:
    """A version in one language, in reading order."""
    return Wording.objects.using(using).filter(version=version, language=language).select_related("provision").order_by("place")


def tree(version: Version, language: str, *, using: str = "default") -> Text:
    """A version in one language as the engine's tree."""
    rows = list(wordings(version, language, using=using))
    heading = Heading.objects.using(using).get(version=version, language=language)
    return trees.tree(heading, rows, {row.provision_id: row.provision.eid for row in rows})


def as_published(document: Document, wanted: Iterable[str]) -> list[Wording]:
    """The last published version in the first wanted language in which it is here; nothing where none is published."""
    version = versions(document).filter(published=True).first()
    return list(wordings(version, best_language(version, wanted))) if version else []


@dataclass(frozen=True)
class Said:
    """What a provision says in one version, by language."""

    version: Version
    wordings: dict[str, Wording]


def history(provision: Provision) -> list[Said]:
    """What a provision said in every visible version, newest first."""
    found: dict[int, Said] = {}
    rows = Wording.objects.filter(provision=provision).select_related("version").order_by("-version__number", "language")
    for row in rows:
        found.setdefault(row.version.number, Said(row.version, {})).wordings[row.language] = row
    return list(found.values())


def label(provision: Provision, language: str) -> str:
    """How one cites a provision: number and heading as last published, in the reader's language where it is here."""
    rows = {row.language: row for row in Wording.objects.filter(provision=provision).order_by("version__number")}
    row = rows.get(language) or rows.get("en") or next(iter(rows.values()), None)
    if row is None:
        return provision.eid
    return " – ".join(part for part in (row.number, row.heading) if part) or provision.eid
