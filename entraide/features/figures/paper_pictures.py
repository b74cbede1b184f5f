"""The pictures of a page for a document that has no style sheet: their looks inside, what explains them beside."""

import re
from dataclasses import dataclass
from html import unescape

from django.template.loader import render_to_string

TALLEST, WIDEST, OF_A_MAP = 19.0, 11.6, 16.6
"""Centimetres on a page of A4: a picture that is taller than its page would be cut."""
STYLE = """<style>
.ui-curve__grid{stroke:#cfd6d8;stroke-width:1}
.ui-curve__tick{font-size:14px;fill:#3f4a4f;text-anchor:middle} .ui-curve__tick--up{text-anchor:end}
.ui-curve__line{fill:none;stroke-width:3;stroke:#0b5561} .ui-curve__line--b{stroke:#a32020;stroke-dasharray:8 4}
.ui-curve__line--c{stroke:#5c4300;stroke-dasharray:2 3} .ui-curve__line--d{stroke:#4f97a3} .ui-curve__line--e{stroke:#3f4a4f;stroke-width:2}
.ui-map__other{fill:#fff;stroke:#8a9499;stroke-width:.5} .ui-map__state{fill:#fff;stroke:#6b767b;stroke-width:.5}
.ui-map__state--a{fill:#0b5561;stroke:#fff} .ui-map__state--b{fill:#4f97a3;stroke:#fff} .ui-map__state--c{fill:#f0b429;stroke:#5c4300}
.ui-map__state--d{fill:#d9d2c3;stroke:#6b767b} .ui-map__state--e{fill:#a32020;stroke:#fff} text{font-family:"Libertinus Serif"}
</style>"""
TEMPLATES = {"map": "world_map", "pyramid": "pyramid", "trends": "trends", "spans": "spans"}
_KEY = re.compile(r"<li>(<svg.*?</svg>)(.*?)</li>", re.DOTALL)
_CAPTION = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A picture as SVG; the keys of its legend, each an SVG and its words; the sentences below it; its width in centimetres."""

    svg: str
    keys: list[tuple[str, str]]
    captions: list[str]
    width: float


def standalone(name: str, drawn: object) -> Picture:
    """What the page shows, for a document: name of the kind (`TEMPLATES`) and what was drawn."""
    page = render_to_string(f"ui/pictures/{TEMPLATES[name]}.html", {name: drawn})
    svg, below = page[page.index("<svg") :].split("</svg>", 1)
    below = below[below.index("<figcaption") :]
    keys = [(_dressed(key), _words(label)) for key, label in _KEY.findall(below)]
    return Picture(_dressed(f"{svg}</svg>"), keys, [_words(each) for each in _CAPTION.findall(below)], _width(svg, name))


def _dressed(svg: str) -> str:
    opening, rest = svg.split(">", 1)
    return f'{opening} xmlns="http://www.w3.org/2000/svg">{STYLE}{rest}'


def _words(markup: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", "", markup).split()))


def _width(svg: str, name: str) -> float:
    _x, _y, across, down = map(float, re.search(r'viewBox="([^"]+)"', svg)[1].split())  # type: ignore[index]  # every picture has one
    return min(OF_A_MAP if name == "map" else WIDEST, TALLEST * across / down)
