"""Bytes to text: UTF-8 and UTF-16 by their marks, older encodings by the language, with every guess reported."""

import codecs
import re

from entraide.engines.texts.model import MAX_BYTES, Problem, Refused

OLDER = {"ar": "cp1256", "fa": "cp1256", "ru": "cp1251", "uk": "cp1251", "zh": "gb18030", "el": "cp1253", "tr": "cp1254", "he": "cp1255"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DAMAGE = re.compile("\ufffd|Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€[\x80-\xbf™œ“”˜]")
ENDS = re.compile(b"\r\n|\n|\r")


def decode(data: bytes, language: str) -> tuple[str, list[Problem]]:
    """The text, and the lines that were not UTF-8 or show the traces of an earlier wrong conversion; `Refused` where it is no text."""
    if len(data) > MAX_BYTES:
        raise Refused("too_big", limit=MAX_BYTES // 2**20)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            if encoding == "utf-8":
                data = data[len(mark) :]
                break
            try:
                return _whole(data[len(mark) :].decode(encoding))
            except UnicodeDecodeError:
                raise Refused("not_text", encoding=encoding.upper()) from None
    if b"\0" in data:
        raise Refused("nul")
    try:
        return _whole(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _mixed(data, OLDER.get(language.split("-")[0].lower(), "cp1252"))


def _whole(text: str) -> tuple[str, list[Problem]]:
    if "\0" in text:
        raise Refused("nul")
    lines = re.split("\r\n|\n|\r", text) if DAMAGE.search(text) else []
    return text, [Problem(number, line.strip(), "damaged", placed=True) for number, line in enumerate(lines, 1) if DAMAGE.search(line)]


def _mixed(data: bytes, older: str) -> tuple[str, list[Problem]]:
    """Line by line: UTF-8 where it is, else the older encoding of the language, else Latin-1, which takes every byte."""
    lines, problems = [], []
    for number, raw in enumerate(ENDS.split(data), 1):
        line = ""
        for encoding in ("utf-8", older, "latin-1"):
            try:
                line = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding != "utf-8":
                problems.append(Problem(number, line.strip(), "encoding", placed=True))
            break
        lines.append(line)
    return "\n".join(lines), problems
