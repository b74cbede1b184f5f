"""The families side by side: a figure as SVG and PNG, and the same as a table."""

import csv
import io
import math
from xml.sax.saxutils import escape

from entraide.engines.estimation.refusal import Refused
from entraide.engines.estimation.study import TITLES, Study, figure_of

WIDTH, LEFT, RIGHT, ROW, TOP = 860, 260, 190, 44, 74
INK, QUIET, LINE = "#1d2a33", "#55636d", "#0b5c7a"


def as_svg(study: Study) -> str:
    """Estimate and 95 % interval of each family on one scale by factors; a refusal is written where its figure would stand."""
    bounds = [value for family in study.answered for value in (family.estimate, *(family.interval or ())) if value]
    low, high = (min([*bounds, study.table.total]), max(bounds)) if bounds else (study.table.total, study.table.total * 2)
    low, high = low / 1.08, high * 1.08

    def x(value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * math.log(value / low) / math.log(high / low), 1)

    height = TOP + ROW * len(study.families) + 46
    lists = ", ".join(study.table.names)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="Libertinus Serif, Georgia, serif" font-size="15" fill="{INK}">',
        "<title>Estimates of all persons, by family of models</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="28" font-size="18" font-weight="bold">All persons, listed or not: {len(study.families)} ways to estimate</text>',
        f'<text x="16" y="50" fill="{QUIET}">{figure_of(study.table.total)} persons on the lists {escape(_short(lists))}; '
        "95 % intervals</text>",
    ]
    bottom = TOP + ROW * len(study.families)
    for tick in _ticks(low, high):
        out.append(f'<line x1="{x(tick)}" y1="{TOP - 8}" x2="{x(tick)}" y2="{bottom}" stroke="#d8dee2"/>')
        out.append(f'<text x="{x(tick)}" y="{bottom + 20}" text-anchor="middle" fill="{QUIET}">{figure_of(tick)}</text>')
    for at, family in enumerate(study.families):
        y = TOP + ROW * at + ROW // 2
        out.append(f'<text x="16" y="{y + 5}">{escape(TITLES[family.method])}</text>')
        if family.estimate is None:
            out.append(f'<text x="{LEFT}" y="{y + 5}" fill="{QUIET}" font-style="italic">no figure: {_kind(family.refusal)}</text>')
            continue
        words = figure_of(family.estimate)
        if family.interval:
            a, b = family.interval
            out.append(f'<line x1="{x(a)}" y1="{y}" x2="{x(b)}" y2="{y}" stroke="{LINE}" stroke-width="3"/>')
            words += f" [{figure_of(a)}–{figure_of(b)}]"
        out.append(f'<circle cx="{x(family.estimate)}" cy="{y}" r="6" fill="{LINE}"/>')
        out.append(f'<text x="{WIDTH - 14}" y="{y + 5}" text-anchor="end">{words}</text>')
    out.append("</svg>\n")
    return "\n".join(out)


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:69] + "…"


def _kind(refusal: Refused | None) -> str:
    return {"not-identifiable": "not identifiable", "no-finite-estimate": "no finite estimate", "too-large": "too many lists"}.get(
        refusal.kind if refusal else "", "unstable on this table"
    )


def _ticks(low: float, high: float) -> list[float]:
    steps = [mantissa * 10.0**power for power in range(0, 14) for mantissa in (1, 2, 5)]
    inside = [step for step in steps if low <= step <= high]
    return inside if len(inside) > 1 else [math.ceil(low), math.floor(high)]


def as_png(study: Study) -> bytes:
    """The figure in pixels, for documents that take no SVG; 2 pixels a point."""
    import typst

    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes({_quoted(as_svg(study))}), format: "svg", width: {WIDTH}pt)'
    made = typst.compile(source.encode(), format="png", ppi=144)
    return made if isinstance(made, bytes) else made[0]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def as_table(study: Study) -> str:
    """The figure as CSV: method, estimate, low, high, kind of interval, terms, refusal."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["method", "estimate", "low", "high", "interval", "terms", "refusal"])
    for family in study.families:
        low, high = family.interval or ("", "")
        estimate = "" if family.estimate is None else family.estimate
        writer.writerow([family.method, estimate, low, high, family.interval_kind, " ".join(family.terms), str(family.refusal or "")])
    return out.getvalue()
