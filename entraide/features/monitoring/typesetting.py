"""A report as PDF, in the numbered-paragraph style of United Nations documents; set by Typst, which needs no system library."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.engines import typesetting
from entraide.engines.sentence import Sentence, Voice
from entraide.engines.typesetting import day_of, letters, quoted, words
from entraide.features.monitoring.models import Edition
from entraide.features.monitoring.paper import Line, annex_heading, cover
from entraide.kernel.base.names import localised

PAGE = """
#set document(title: {title}, date: {day})
#set text(size: 10.5pt, hyphenate: false, {letters})
#set page(paper: "a4", margin: (x: 2.6cm, top: 2.8cm, bottom: 2.4cm), numbering: "1",
  header: context if counter(page).get().first() > 1 {{ block(width: 100%, inset: (bottom: 4pt), stroke: (bottom: 0.5pt),
    align(end, text(size: 9pt, {symbol}))) }})
#set par(justify: true, leading: 0.72em, spacing: 0.9em)
#show title: set block(above: 1.6em, below: 1.6em)
#show title: set text(size: 17pt)
#show heading: it => block(above: 1.5em, below: 0.9em, sticky: true,
  text(size: (13.5pt, 12pt, 10.5pt).at(it.level - 1), weight: "bold", it.body))
#set footnote.entry(separator: line(length: 30%, stroke: 0.5pt))
#let head(level, number, words) = heading(level: level, par(justify: false, hanging-indent: 2.4em, {{
  if number != "" {{ box(width: 2.4em, number) }}; words }}))
#let para(number, verb, words, note: none) = grid(columns: (2.4em, 1fr), number, {{
  if verb != "" {{ strong(verb); " " }}; words; if note != none {{ footnote(note) }} }})
#let cover(issuer, symbol, lines) = block(width: 100%, below: 1.2em, stroke: (bottom: 1.5pt), inset: (bottom: 8pt), grid(
  columns: (1fr, auto), column-gutter: 1em, align: (start + bottom, end + bottom),
  text(size: 13pt, weight: "bold", issuer), text(size: 13pt, symbol))) + block(below: 1.2em, text(size: 9.5pt, lines.join(linebreak())))
#let lacking(words) = block(width: 100%, inset: 8pt, stroke: 1pt, words)
"""


def pdf(edition: Edition, found: Sequence[Line], verbs: Mapping[object, str], language: str) -> bytes:
    """The report in one language. verbs: {paragraph: the verb of its recommendation}."""
    return typesetting.pdf(lambda lacking: source(edition, found, verbs, language, lacking))


def source(edition: Edition, found: Sequence[Line], verbs: Mapping[object, str], language: str, lacking: Sentence | None = None) -> str:
    """What Typst is given: every word as a string, so that nothing in it can be a command."""
    head = cover(edition, language)
    day = (edition.published_at or edition.closed_at or edition.created_at).date()
    page = PAGE.format(
        day=day_of(day), title=quoted(localised(edition.titles, language)), symbol=quoted(head.symbol), letters=letters(language)
    )
    lines = "".join(f"{words(line, language)}, " for line in head.lines)
    out = [page, f"#cover({words(head.issuer, language)}, {quoted(head.symbol)}, ({lines}))"]
    if lacking:
        with override(language):
            out.append(f"#lacking({words(lacking.said(Voice(_)), language)})")
    return "\n".join([*out, "#title()", *_body(found, verbs, language)])


def _body(found: Sequence[Line], verbs: Mapping[object, str], language: str) -> Iterator[str]:
    level, annexed = 0, False
    for line in found:
        said = words(line.said(language), language)
        if line.heading:
            level = min(max(line.row.level, 1), 3, level + 1)  # no level is left out, for those who go from heading to heading
            yield f"#head({level}, {quoted(line.number + '.')}, {said})"
        elif line.annexed:
            if not annexed:
                yield f'#pagebreak(weak: true)\n#head(1, "", {words(annex_heading(language), language)})'
            annexed = True
            yield f'#para("", "", {said})'
        else:
            note = f", note: {words(line.note, language)}" if line.note else ""
            yield f"#para({quoted(line.number + '.')}, {words(verbs.get(line.row.pk, ''), language)}, {said}{note})"
