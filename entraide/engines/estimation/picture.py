"""The families side by side: a figure as SVG and PNG, and the same as a table."""

import csv
import io
import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

from entraide.engines import typesetting
from entraide.engines.estimation.answers import TITLES, Family, Study
from entraide.engines.estimation.refusal import Refused
from entraide.engines.sentence import ENGLISH, Voice, say
from entraide.engines.sentence import gettext_noop as _

WIDTH, LEFT, RIGHT, ROW, TOP = 860, 270, 190, 44, 74
INK, QUIET, LINE, GRID = "#1d2a33", "#55636d", "#0b5c7a", "#d8dee2"
LONGEST = 70  # characters of the names of the lists
KINDS = {
    "not-identifiable": _("no figure: not identifiable"),
    "no-finite-estimate": _("no figure: no finite estimate"),
    "too-large": _("no figure: too many lists"),
}
UNSTABLE = _("no figure: unstable on this table")


@dataclass(frozen=True)
class _Scale:
    """From persons to pixels, by factors: twice as many is always as far."""

    low: float
    high: float

    def x(self, value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * math.log(value / self.low) / math.log(self.high / self.low), 1)

    def ticks(self) -> list[float]:
        wide = self.high > 8 * self.low
        steps = [mantissa * 10.0**power for power in range(0, 14) for mantissa in ((1, 2, 5) if wide else (1, 1.5, 2, 3, 5, 7))]
        inside = [step for step in steps if self.low <= step <= self.high]
        return inside if len(inside) > 1 else [math.ceil(self.low), math.floor(self.high)]


def as_svg(study: Study, voice: Voice = ENGLISH) -> str:
    """Estimate and 95 % interval of each family on one scale by factors; a refusal is written where its figure would stand."""
    bounds = [value for family in study.answered for value in (family.estimate, *(family.interval or ())) if value]
    bounds = [study.table.total, *(bounds or [study.table.total * 2])]
    scale = _Scale(min(bounds) / 1.08, max(bounds) * 1.08)
    bottom = TOP + ROW * len(study.families)
    parts = [*_head(study, voice, bottom + 46)]
    for tick in scale.ticks() if study.answered else []:
        parts.append(f'<line x1="{scale.x(tick)}" y1="{TOP - 8}" x2="{scale.x(tick)}" y2="{bottom}" stroke="{GRID}"/>')
        parts.append(_text(scale.x(tick), bottom + 20, voice.whole(tick), f'text-anchor="middle" fill="{QUIET}"'))
    for at, family in enumerate(study.families):
        parts += _row(family, TOP + ROW * at + ROW // 2, scale, voice)
    return "\n".join([*parts, "</svg>\n"])


def _head(study: Study, voice: Voice, height: int) -> list[str]:
    title = say(_("All persons, listed or not: %(ways)s ways to estimate"), ways=len(study.families)).said(voice)
    lists = ", ".join(study.table.names)
    lists = lists if len(lists) <= LONGEST else lists[: LONGEST - 1] + "…"
    under = say(_("%(persons)s persons on the lists %(lists)s; 95 %% intervals"), persons=study.table.total, lists=lists).said(voice)
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="Libertinus Serif, Georgia, serif" font-size="15" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(16, 28, title, 'font-size="18" font-weight="bold"'),
        _text(16, 50, under, f'fill="{QUIET}"'),
    ]


def _row(family: Family, y: int, scale: _Scale, voice: Voice) -> list[str]:
    parts = [_text(16, y + 5, voice.translate(TITLES[family.method]))]
    if family.estimate is None:
        return [*parts, _text(LEFT + 8, y + 5, voice.translate(_kind(family.refusal)), f'fill="{QUIET}" font-style="italic"')]
    words = voice.whole(family.estimate)
    if family.interval:
        a, b = family.interval
        parts.append(f'<line x1="{scale.x(a)}" y1="{y}" x2="{scale.x(b)}" y2="{y}" stroke="{LINE}" stroke-width="3"/>')
        words += f" [{voice.whole(a)}–{voice.whole(b)}]"
    parts.append(f'<circle cx="{scale.x(family.estimate)}" cy="{y}" r="6" fill="{LINE}"/>')
    return [*parts, _text(WIDTH - 14, y + 5, words, 'text-anchor="end"')]


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{" " if more else ""}{more}>{escape(words)}</text>'


def _kind(refusal: Refused | None) -> str:
    return KINDS.get(refusal.kind if refusal else "", UNSTABLE)


def as_png(study: Study, voice: Voice = ENGLISH) -> bytes:
    """The figure in pixels, for documents that take no SVG; 2 pixels a point."""
    svg = typesetting.quoted(as_svg(study, voice))
    return typesetting.png(f'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes({svg}), format: "svg", width: {WIDTH}pt)')


def as_table(study: Study, voice: Voice = ENGLISH) -> str:
    """The figure as CSV: method, estimate, low, high, kind of interval, terms, refusal."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["method", "estimate", "low", "high", "interval", "terms", "refusal"])
    for family in study.families:
        low, high = family.interval or ("", "")
        estimate = "" if family.estimate is None else family.estimate
        refusal = family.refusal.said(voice) if family.refusal else ""
        writer.writerow([family.method, estimate, low, high, family.interval_kind, " ".join(family.terms), refusal])
    return out.getvalue()
