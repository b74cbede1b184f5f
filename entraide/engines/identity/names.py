"""Canonical forms of a full name."""

import re
from collections.abc import Sequence

from .letters import words
from .skeleton import skeleton, weight
from .text import LONGEST, visible

_MOST_PARTS = 20
# Family and given name of Chinese and Korean are written in one word, family first, nearly always one character long.
_ONE_WORD_NAME = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}")
_LEANING = frozenset({"abd", "abdul", "abdel", "al", "el", "ul"})  # never a name alone: they lean on the next word


def name_forms(parts: Sequence[str]) -> frozenset[str]:
    """Returns the canonical forms of a full name, at most four; two names are worth a look when they share one.

    `parts` are the fields of the name as recorded (first, middle, second …), any script, any text; a plain string counts as one part.
    Empty for no letters. Never raises; at most 20 parts of 200 characters count. The forms are ASCII, their first letter is their kind:

    - `s:` all words, sorted. Catches any order of the names and any distribution over the parts. Misses "Mary Ann" for "Maryann" at
      times, and other spellings.
    - `r:` all letters as a ring (least rotation, Booth 1980). Catches given-family for family-given, and names written together,
      apart or with a hyphen (عبد الله and عبدالله, 王小明 and 王 小明). Misses three names in a wholly new order. False: single
      short names that are rotations (Amin and Mina).
    - `r:` the same over the first and the last part, which meets the ring of a record without middle names. A single part counts by its
      words. Misses a second family name.
    - `k:` the consonant skeletons of the first and the last part, sorted: other spellings, transliterations and scripts. Left out
      below two consonants. Misses what sounds changed by more than vowels (Gamal and Jamal, Kim and Gim, Somporn and สมพร: final
      consonants of Thai, most of Burmese), middle names mistaken for first or last.

    Honest rates, measured on 396 given names of many languages (tests/engines/identity/test_false_hits.py): of all pairs of different
    single names one in 790 shares a skeleton and none another form; of pairs of two-word names one in 60,000. It is worse where
    it matters: Hassan and Hussein, Omar and Amir, Mohammed and Mahmoud share a skeleton, so do Karim and Karima; relatives share
    the family name besides, so brother and sister may hit. Hence a hit by name alone is a hint, by name and birth date a strong
    one; a human confirms either.

    Sources: Unicode UAX #15 (normalisation), UTS #39 section 4 (confusables); the classes of the skeleton are our own.
    """
    given = (parts,) if isinstance(parts, str) else parts[:_MOST_PARTS]
    read = [part_words for part in given if (part_words := words(part))]
    if not read:
        return frozenset()
    outer = _outer(read, given)
    everything = [word.lower() for part in read for word in part]
    forms = {f"s:{''.join(sorted(everything))}", f"r:{_ring(''.join(everything))}", f"r:{_ring(''.join(outer).lower())}"}
    bones = " ".join(sorted(skeleton(part) for part in outer))
    if weight(bones) >= 2:
        forms.add(f"k:{bones}")
    return frozenset(forms)


def _outer(read: list[list[str]], given: Sequence[str]) -> list[str]:
    """The first and the last part, each as one run of letters; of a single part, its first and last word."""
    if len(read) == 1:
        read = [[word] for word in _lean(read[0])]
    if len(read) == 1:
        read = _split_one_word_name("".join(given)) or read
    ends = read if len(read) == 1 else [read[0], read[-1]]
    return ["".join(part) for part in ends]


def _lean(single: list[str]) -> list[str]:
    names: list[str] = []
    leaning = ""
    for word in single:
        leaning += word
        if word.lower() not in _LEANING:
            names.append(leaning)
            leaning = ""
    return [*names, leaning] if leaning else names


def _split_one_word_name(text: str) -> list[list[str]]:
    written = visible(text[:LONGEST]).strip()
    return [words(written[0]), words(written[1:])] if _ONE_WORD_NAME.fullmatch(written) else []


def _ring(letters: str) -> str:
    """The least rotation of `letters`, in linear time: the same for every place where a reader may begin."""
    length, best, rival, same = len(letters), 0, 1, 0
    while best < length and rival < length and same < length:
        left, right = letters[(best + same) % length], letters[(rival + same) % length]
        if left == right:
            same += 1
            continue
        if left > right:
            best = max(best + same + 1, rival)
            rival = best + 1
        else:
            rival += same + 1
        same = 0
    return letters[best:] + letters[:best]
