"""A report as PDF, in the numbered-paragraph style of United Nations documents; set by Typst, which needs no system library."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.features.monitoring.models import Edition
from entraide.features.monitoring.paper import Line
from entraide.kernel.base.names import localised

PAGE = """
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.4cm), numbering: "1",
  header: align(end, text(size: 9pt, {symbol})), footer-descent: 40%)
#set text(size: 10.5pt, lang: {language}, hyphenate: false)
#set par(justify: true, leading: 0.72em, spacing: 0.9em)
#let head(level, number, words) = block(above: 1.5em, below: 0.9em, sticky: true,
  text(size: (14pt, 12pt, 10.5pt).at(level - 1), weight: "bold", grid(columns: (2.2em, 1fr), number, words)))
#let para(number, verb, words) = grid(columns: (2.2em, 1fr), number, [#strong(verb) #words])
"""


def pdf(edition: Edition, found: Sequence[Line], verbs: dict[object, str], language: str) -> bytes:
    """The report in one language. verbs: {paragraph: the verb of its recommendation}."""
    import typst

    made = typst.compile(source(edition, found, verbs, language).encode(), format="pdf")
    return made if isinstance(made, bytes) else made[0]


def source(edition: Edition, found: Sequence[Line], verbs: dict[object, str], language: str) -> str:
    """What Typst is given: every word as a string, so that nothing in it can be a command."""
    title = localised(edition.titles, language)
    mechanism = localised(edition.evaluation.round.mechanism.names, language)
    out = [PAGE.format(title=_quoted(title), symbol=_quoted(edition.symbol), language=_quoted(language.split("-")[0]))]
    out.append(f"#text(size: 11pt, {_quoted(mechanism)})\n")
    out.append(f'#block(below: 1.6em, text(size: 18pt, weight: "bold", {_quoted(title)}))\n')
    annexed = False
    for line in found:
        words = _quoted(localised(line.row.texts, language))
        if line.heading:
            out.append(f"#head({min(max(line.row.level, 1), 3)}, {_quoted(line.number + '.')}, {words})")
        elif line.annexed:
            if not annexed:
                out.append(f'#pagebreak()\n#head(1, "", {_quoted(_annex(language))})')
            annexed = True
            out.append(f'#para("", "", {words})')
        else:
            out.append(f"#para({_quoted(line.number + '.')}, {_quoted(verbs.get(line.row.pk, ''))}, {words})")
    return "\n".join(out)


def _annex(language: str) -> str:
    with override(language):
        return _("Comments of the State")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n") + '"'
