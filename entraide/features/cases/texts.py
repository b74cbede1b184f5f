"""The words shown to a person before she answers: kept as files, one to a version, language and audience, and filed once.

A wording is never changed: an agreement says which one the person was shown. A new wording is a new file with the next version.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language

from entraide.features.cases.agreements import AgreementText
from entraide.features.cases.choices import TREATED_AS_CHILD
from entraide.features.cases.models import Case

CODE = "share"
FOLDER = Path(__file__).parent / "wording"
_FILE = re.compile(r"share\.(?P<version>\d+)\.(?P<language>[a-z]{2,3})\.(?P<audience>adult|child)(?P<draft>\.unreviewed)?\.txt")


@dataclass(frozen=True)
class Wording:
    """One text in one language; `reviewed` by somebody who speaks it."""

    language: str
    title: str
    body: str
    for_children: bool = False
    reviewed: bool = True
    version: int = 1


def from_files(folder: Path = FOLDER) -> list[Wording]:
    """The wordings in a folder: `share.1.en.adult.txt`, with `.unreviewed` before `.txt` for a translation nobody has reviewed."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        name = _FILE.fullmatch(path.name)
        if name is None:
            raise ValueError(f"not the name of a wording: {path.name}")
        title, _blank, body = path.read_text(encoding="utf-8").strip().partition("\n\n")
        found.append(Wording(name["language"], title, body, name["audience"] == "child", not name["draft"], int(name["version"])))
    return found


def load_texts(wordings: Iterable[Wording] | None = None, *, using: str = "owner") -> int:
    """Files what is missing, as the steward, and returns how many; what is filed is never touched. The product's own words by default."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        texts = AgreementText.objects.using(using)
        known = set(texts.filter(code=CODE).values_list("language", "version", "for_children"))
        given = from_files() if wordings is None else wordings
        new = {(w.language, w.version, w.for_children): w for w in given}
        rows = [AgreementText(code=CODE, **asdict(words)) for key, words in new.items() if key not in known]
        texts.bulk_create(rows)
    return len(rows)


def offered(case: Case) -> QuerySet[AgreementText]:
    """The newest wording in each language for this person: a child's, where there is one, for a child and while age is in doubt."""
    texts = AgreementText.objects.filter(code=CODE)
    fit = texts if case.age in TREATED_AS_CHILD else texts.filter(for_children=False)
    newest = fit.order_by("language", "-for_children", "-version").distinct("language")
    return texts.filter(pk__in=newest.values("pk")).order_by("language")


def choose(case: Case, spoken: Iterable[str] = ()) -> AgreementText | None:
    """The wording in a language the person speaks, else in the reader's, else any; None where none is filed."""
    by_language = {text.language: text for text in offered(case)}
    wanted = [language for language in (*spoken, (get_language() or "en")[:2], "en") if language in by_language]
    return by_language[wanted[0]] if wanted else next(iter(by_language.values()), None)


@dataclass(frozen=True)
class Part:
    """A heading of a wording with what stands under it; the first part may have no heading."""

    heading: str
    paragraphs: list[str]


def parts(text: AgreementText) -> list[Part]:
    """A wording taken apart for a page: `# ` begins a heading, an empty line a paragraph."""
    found = [Part("", [])]
    for block in re.split(r"\n{2,}", text.body.strip()):
        heading, _break, rest = block.partition("\n") if block.startswith("# ") else ("", "", block)
        if heading:
            found.append(Part(heading.removeprefix("# "), []))
        found[-1].paragraphs.extend([rest] if rest.strip() else [])
    return [part for part in found if part.heading or part.paragraphs]
