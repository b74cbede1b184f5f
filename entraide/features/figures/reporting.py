"""The situation report of a release: the same blocks as its page, as a document for PDF (typst) and Word (python-docx)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entraide.engines.htcds import settled
from entraide.engines.sentence import Sentence, Voice
from entraide.engines.typesetting import day_of, letters, pdf, png, quoted
from entraide.features.figures import pictures, queries
from entraide.features.figures.models import Release
from entraide.features.figures.paper_pictures import TEMPLATES, Picture, standalone
from entraide.features.figures.shown import Block, blocks
from entraide.features.figures.withheld import said
from entraide.ui.templatetags.ui import colon

MOST_ROWS = 60
PAGE = """#set document(title: {title}, date: {day})
#set page(paper: "a4", margin: (x: 22mm, y: 20mm), numbering: "1",
  footer: context [#set text(size: 8pt); #{footer} #h(1fr) #counter(page).display()])
#set text(size: 10pt, {letters})
#set par(justify: false)
#show heading: set block(above: 1.4em, below: 0.7em)
"""


@dataclass(frozen=True)
class Part:
    """A block with its picture as SVG and its table; `left_out` rows are in the files only."""

    block: Block
    picture: Picture | None
    rows: list[list[str]]
    left_out: int


@dataclass(frozen=True)
class Report:
    """Everything a report says, in one language."""

    title: str
    byline: str
    summary: str
    warnings: list[str]
    parts: list[Part]
    notes: list[str]
    sources: list[str]
    language: str
    digest: str
    day: date


def report(release: Release) -> Report:
    """Compiled from the numbers as they are published, in the language that is active."""
    language = (get_language() or "en").split("-")[0]
    numbers = list(queries.figures(release))
    made = blocks(numbers)
    day = date_format(release.published_at) if release.published_at else _("Not published")
    byline = _("%(body)s · version %(number)s · %(day)s") % {"body": release.body_name, "number": release.number, "day": day}
    sources = [f"{each['title']}{colon()} {each['source']}" for each in release.told_sources]
    notes = release.notes.get(language) or release.notes.get("en", [])
    warnings = [*_warnings(release), *said(numbers, release.smallest)]
    return Report(
        release.title, byline, release.summary, warnings, [_part(each) for each in made], notes, sources, language, release.digest,
        (release.published_at or release.created_at).date(),
    )  # fmt: skip


def _warnings(release: Release) -> list[str]:
    lines = [_("Invented for the demonstration. These figures say nothing of any country or body.")] if release.invented else []
    if not release.published_at:
        lines.append(_("A draft: not published, not reviewed. Do not pass it on."))
    return [
        *lines,
        _("Detected is not existing. More detected may mean more trafficking, or better work of those who look."),
        _("A range is no error: the number is withheld so that no person is found, or its source gave a range."),
    ]


def _part(block: Block) -> Part:
    found = pictures.of(block)
    drawn = next(((name, each) for name in TEMPLATES if found and (each := getattr(found, name))), None)
    rows = [[*row.labels, *row.told] for row in block.rows[:MOST_ROWS]]
    return Part(block, standalone(*drawn) if drawn else None, rows, max(0, len(block.rows) - MOST_ROWS))


def as_pdf(told: Report) -> bytes:
    """By typst, which needs nothing of the system; what it has no letters for is said on top."""
    return pdf(lambda lacking: source(told, lacking))


def source(told: Report, lacking: Sentence | None = None) -> str:
    """The document as typst reads it; every text of ours and of others is a string there, never markup."""
    footer = quoted(f"{told.title} · {told.digest[:16]}")
    page = PAGE.format(title=quoted(told.title), day=day_of(told.day), footer=footer, letters=letters(told.language))
    warnings = [*([lacking.said(Voice(_))] if lacking else []), *told.warnings]
    return "\n".join([page, *_lines(replace(told, warnings=warnings))])


def _lines(told: Report) -> Iterator[str]:
    yield f"#text(size: 20pt, weight: 700)[#{quoted(told.title)}]\n\n#text(fill: luma(80))[#{quoted(told.byline)}]\n"
    for warning in told.warnings:
        yield f'#block(inset: (left: 8pt), stroke: (left: 3pt + rgb("#0b5563")))[#{quoted(warning)}]\n'
    yield f"#{quoted(told.summary)}\n"
    for part in told.parts:
        yield f"= #{quoted(part.block.title)}"
        if part.picture:
            yield from _drawn(part.picture, part.block.title)
        yield _table(part)
        yield f"#text(size: 8pt)[#{quoted(f'{part.block.definition.tag} · {part.block.definition.text} {part.block.definition.source}')}]\n"
    for title, lines in ((_("What these figures rest on"), told.notes), (_("Sources"), told.sources)):
        if lines:
            yield f"= #{quoted(title)}"
            yield from (f"- #{quoted(line)}" for line in lines)
    yield f"\n#text(size: 8pt)[#{quoted(_('SHA-256 of the numbers') + colon() + ' ' + told.digest)}]"


def _drawn(picture: Picture, title: str) -> Iterator[str]:
    yield "#block(breakable: false)["
    yield f'#image(bytes({quoted(picture.svg)}), format: "svg", width: {picture.width:.1f}cm, alt: {quoted(title)})'
    for key, label in picture.keys:
        image = f'image(bytes({quoted(key)}), format: "svg", height: 8pt, alt: {quoted(label)})'
        yield f"#box[#text(size: 9pt)[#box({image}) #{quoted(label)}#h(1em)]]"
    yield "\n"
    yield from (f"#text(size: 8pt)[#{quoted(each)}]\n" for each in picture.captions)
    yield "]"


def _table(part: Part) -> str:
    columns = part.block.columns
    align = ", ".join("right" if column.numeric else "left" for column in columns)
    cells = [f"[*#{quoted(str(column.label))}*]" for column in columns] + [f"[#{quoted(text)}]" for row in part.rows for text in row]
    head = f"table.header({', '.join(cells[: len(columns)])})"
    body = ", ".join([head, *cells[len(columns) :]])
    more = f"#text(size: 8pt)[#{quoted(_('%(rows)s more rows are in the files.') % {'rows': part.left_out})}]" if part.left_out else ""
    return f"#table(columns: {len(columns)}, align: ({align},), stroke: (y: 0.4pt + luma(180)), {body})\n{more}"


def as_docx(told: Report) -> bytes:
    """Word, with the pictures as pixels and the tables to be edited."""
    import docx

    document = docx.Document()
    document.core_properties.title, document.core_properties.language = told.title, told.language
    document.add_heading(told.title, 0)
    document.add_paragraph(told.byline)
    for warning in told.warnings:
        document.add_paragraph(warning, style="Intense Quote")
    document.add_paragraph(told.summary)
    for part in told.parts:
        document.add_heading(part.block.title, 1)
        if part.picture:
            _draw_in(document, part.picture)
        table = document.add_table(rows=1, cols=len(part.block.columns), style="Table Grid")
        for cell, column in zip(table.rows[0].cells, part.block.columns, strict=True):
            cell.text = str(column.label)
        for row in part.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph(f"{part.block.definition.tag} · {part.block.definition.text} {part.block.definition.source}")
    for title, lines in ((_("What these figures rest on"), told.notes), (_("Sources"), told.sources)):
        if lines:
            document.add_heading(title, 1)
            for line in lines:
                document.add_paragraph(line, style="List Bullet")
    document.add_paragraph(_("SHA-256 of the numbers") + colon() + " " + told.digest)
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _draw_in(document: Any, picture: Picture) -> None:  # a document of python-docx, which gives its class no name
    from docx.shared import Cm, Pt

    document.add_picture(BytesIO(as_png(picture.svg)), width=Cm(picture.width))
    legend = document.add_paragraph()
    for key, label in picture.keys:
        legend.add_run().add_picture(BytesIO(as_png(key)), height=Pt(8))
        legend.add_run(f" {label}   ")
    for caption in picture.captions:
        document.add_paragraph(caption)


def as_png(svg: str) -> bytes:
    """A picture in pixels, for documents that take no SVG."""
    return png(f'#set page(width: auto, height: auto, margin: 2pt)\n#image(bytes({quoted(svg)}), format: "svg", width: 480pt)')
