"""The numbers of a report in the style of United Nations documents: headings I, A, 1 by level; paragraphs 1, 2, 3 through the whole."""

from collections.abc import Iterable, Iterator

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """1 → I, 4 → IV, 49 → XXXXIX: reports have fewer than forty parts."""
    out = ""
    for value, sign in ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out


def letter(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def numbers(lines: Iterable[tuple[bool, int]]) -> Iterator[str]:
    """The number of each line, in order. A line is (whether it is a heading, its level from 1 to 3).

    A heading counts from one again under each heading above it; paragraphs never do.
    """
    counts, paragraph = [0, 0, 0], 0
    for heading, level in lines:
        if not heading:
            paragraph += 1
            yield str(paragraph)
            continue
        place = min(max(level, 1), 3) - 1
        counts = [*counts[:place], counts[place] + 1, *[0] * (2 - place)]
        yield (roman, letter, str)[place](counts[place])
