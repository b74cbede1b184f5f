"""The folder of a release: written beside its place and renamed, so that there is all of it or none."""

import csv
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from entraide.engines.release import ctdc
from entraide.engines.release.arrays import Codes
from entraide.engines.release.domains import RARE
from entraide.engines.release.microdata import MISSING
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import ENGLISH, Voice
from entraide.engines.sentence import gettext_noop as _

UNSAFE = "UNSAFE-TEST-"  # before the name of every file in the test mode
UNSAFE_SENTENCE = _("Made in test mode with a seed: the noise can be taken away again. Not for release.")
INTERNAL_SENTENCE = _("Measured on the persons themselves without noise: as sensitive as the data. Not for release.")


@contextmanager
def folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target` that takes its name at the end; whatever happens before leaves nothing."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        beside.mkdir(parents=True)
    except OSError as problem:
        raise Refused(_("The output folder cannot be made: %(problem)s."), problem=problem.strerror or "") from None
    try:
        yield beside
        free(target)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def free(target: Path) -> None:
    """Refuses a place that is taken."""
    if target.exists() or target.is_symlink():
        raise Refused(_("The output folder exists already: releases are never overwritten. Choose another place."))


def write_lines(path: Path, head: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """A CSV, UTF-8; the number of lines below the head."""
    number = 0
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        for line in lines:
            writer.writerow(line)
            number += 1
    return number


def rows(values: list[list[str]], codes: list[Codes]) -> Iterable[tuple[str, ...]]:
    """The rows in words; missing is an empty cell."""
    return zip(*(np.array(words, dtype=object)[column].tolist() for words, column in zip(values, codes, strict=True)), strict=True)


def write_rows(path: Path, names: list[str], values: list[list[str]], blocks: Iterable[list[Codes]]) -> list[Codes]:
    """Writes block by block; all codes, column by column."""
    kept: list[list[Codes]] = []
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        for block in blocks:
            writer.writerows(rows(values, block))
            kept.append(block)
    return [np.concatenate([block[column] for block in kept] or [np.zeros(0, np.uint16)]) for column in range(len(names))]


def write_dictionary(path: Path, names: list[str], values: list[list[str]], *, public: bool, voice: Voice = ENGLISH) -> None:
    """Every column and value, and what the two special ones mean."""
    special = {
        MISSING: _("missing: not known or not recorded; kept as such, never filled in"),
        RARE: _("one of the values that too few persons have to be named"),
    }
    origin = _("declared in the schema") if public else _("admitted by a noisy count")
    lines = [
        (name, value, voice.translate(special.get(value, origin))) for name, words in zip(names, values, strict=True) for value in words
    ]
    write_lines(path, ("column", "value", "meaning"), lines)


def write_ctdc(path: Path, names: list[str], values: list[list[str]], codes: list[Codes]) -> list[str]:
    """The rows in CTDC's 27 variables, when any of them can be filled; the names of those that are."""
    filled = list(ctdc.sources(names))
    if filled:
        write_lines(path, [variable.name for variable in ctdc.VARIABLES], ctdc.shaped(names, rows(values, codes)))
    return filled


def write_json(path: Path, facts: dict[str, object], *, private: bool = False) -> None:
    """`private` makes the file readable by its owner only, from its first byte on; it must not exist yet."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if private else 0o644)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
