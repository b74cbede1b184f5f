"""Collecting sentences for translation and compiling the catalogues, without gettext's programs: Babel and Django's own template reader."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
COMPLETE = ("fr",)
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}
Found = tuple[str, int, str | tuple[str, ...], str | None]


def _messages() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"migrations", "tests", "locale"} & set(path.parts):
            continue
        text = path.read_text()
        source = text if path.suffix == ".py" else templatize(text, origin=str(path))
        for line, message, _comments, context in extract(
            "python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            yield str(path.relative_to(PACKAGE.parent)), line, message, context


def collected() -> Catalog:
    """Every sentence of code and templates, without line numbers, so that a catalogue changes only when a sentence does."""
    catalog = Catalog(project="Entraide", charset="utf-8")
    for name, _line, message, context in _messages():
        catalog.add(message, locations=[(name, 0)], context=context)
    return catalog


def path_of(language: str) -> Path:
    """The catalogue's source."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it is."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Entraide", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """Adds new sentences, drops those no longer used; never guesses a translation; puts French spaces right."""
    catalog = read(language)
    catalog.update(collected(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for entry in catalog:
        if language == "fr" and entry.id and entry.string:
            entry.string = _unbroken(entry.string) if isinstance(entry.string, str) else tuple(map(_unbroken, entry.string))
    _write(language, catalog)
    return catalog


def _unbroken(french: str) -> str:
    """The spaces before a colon, a semicolon, a mark and inside quotation marks made such that no line breaks there."""
    french = re.sub(r"(?<=\S) ([;?!])(?=\s|$)", "\u202f\\1", french)
    return re.sub(r"(?<=\S) (:|»)(?=\W|$)", "\u00a0\\1", french).replace("« ", "«\u00a0")


def _write(language: str, catalog: Catalog) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, omit_header=False, include_previous=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


def compiled(language: str) -> bytes:
    """What the compiled catalogue should be."""
    buffer = BytesIO()
    write_mo(buffer, read(language))
    return buffer.getvalue()


def missing(language: str) -> list[str]:
    """Sentences in use that the catalogue does not translate, or whose translation lacks a placeholder."""
    catalog = read(language)
    problems = []
    for message in collected():
        if not message.id:
            continue
        found = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        translated = (
            found is not None
            and not found.fuzzy
            and bool(found.string)
            and all(found.string if isinstance(found.string, tuple) else [found.string])
        )
        if not translated or (found is not None and list(found.check(catalog))):
            problems.append(message.id if isinstance(message.id, str) else message.id[0])
    return problems
