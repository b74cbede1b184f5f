"""Which picture goes with a block: each stands beside the table of the same numbers."""

from dataclasses import dataclass

from entraide.features.figures.shown import Block, told
from entraide.ui.pictures import Span, Spans, spans

MOST = 30


@dataclass(frozen=True)
class Picture:
    """At most one of each."""

    spans: Spans | None = None


def of(block: Block) -> Picture | None:
    """Bars for the last year of a short block."""
    if not block.dimensions or len(block.rows) > MOST:
        return None
    given = [
        Span(" · ".join(row.labels), float(number.low), None if number.high is None else float(number.high), told(number))
        for row in block.rows
        if (number := row.numbers[-1]) is not None
    ]
    return Picture(spans=spans(given, title=block.title))
