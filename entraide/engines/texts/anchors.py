"""Links to a quotation: they survive another spacing and other quotation marks, and say so when the words are no longer there."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from entraide.engines.texts.model import Node, Refused, Text
from entraide.engines.texts.words import signs

DIGEST = 20
FRAGMENT = re.compile(rf"(?P<id>[^\s~]+)~(?P<start>\d{{1,6}})\+(?P<count>\d{{1,6}})~(?P<digest>[0-9a-f]{{{DIGEST}}})")


class Lost(StrEnum):
    """Why a quotation is not found: its words stand no longer so in the provision, or the provision is gone or empty."""

    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation of `count` words and signs from word `start` on (from 0) of a provision's text; 80 bits of SHA-256 over them."""

    id: str
    start: int
    count: int
    digest: str

    @property
    def fragment(self) -> str:
        """For an address: `para_12~14+8~…`."""
        return f"{self.id}~{self.start}+{self.count}~{self.digest}"

    @classmethod
    def parse(cls, fragment: str) -> "Anchor":
        """The anchor of a fragment; `Refused` where it is none."""
        match = FRAGMENT.fullmatch(fragment)
        if not match or match["count"] == "0":
            raise Refused("bad_anchor")
        return cls(match["id"], int(match["start"]), int(match["count"]), match["digest"])


@dataclass(frozen=True, slots=True)
class Span:
    """Where the quotation stands: characters `start` to `end` of the text; `elsewhere` if it is not where it was."""

    start: int
    end: int
    elsewhere: bool = False


def _digest(words: list[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:DIGEST]


def anchor(node: Node, quote: str, at: int = 0) -> Anchor:
    """The link to these words, from character `at` on the first time they stand there; whole words only. `Refused` where they do not."""
    words = signs(node.text)
    plain, wanted = [word for word, _, _ in words], [word for word, _, _ in signs(quote)]
    for start in range(len(plain) - len(wanted) + 1):
        if wanted and words[start][1] >= at and plain[start : start + len(wanted)] == wanted:
            return Anchor(node.id, start, len(wanted), _digest(wanted))
    raise Refused("no_quote")


def _nearest(start: int, last: int) -> Iterator[int]:
    """Places from `start` outwards, up to `last`."""
    if 0 <= start <= last:
        yield start
    for step in range(1, max(start, last - start) + 1):
        yield from (place for place in (start - step, start + step) if 0 <= place <= last)


def find(node: Node | None, link: Anchor) -> Span | Lost:
    """Where the words stand in this version of the provision: where they were, else nearest to it; or why they are not found."""
    words = signs(node.text) if node is not None and node.id == link.id else []
    if not words:
        return Lost.GONE
    plain = [word for word, _, _ in words]
    for start in _nearest(link.start, len(plain) - link.count):
        if _digest(plain[start : start + link.count]) == link.digest:
            return Span(words[start][1], words[start + link.count - 1][2], start != link.start)
    return Lost.CHANGED


def locate(text: Text, fragment: str) -> Span | Lost:
    """The same for a whole text and the fragment of an address."""
    link = Anchor.parse(fragment)
    return find(text.get(link.id), link)
