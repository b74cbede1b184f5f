"""The consonant skeleton of a name: what most transliterations of it share."""

import re

_VOWELS = re.compile("[aeiouy]+")
# Digraphs of English, French, German, Polish, Turkish, Russian, Thai and Indic romanisations, longest first.
_DIGRAPHS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("^ou(?=[aeiy])", "w"),  # Ouafa, Wafa
        ("dzh|dj|dz|zh|jh", "j"),
        ("ch(?=[rlnmt])", "k"),  # Christina, Kristina
        ("tsch|shch|sch|tch|tsh|ch|sh|cz|sz|ts|tz", "s"),  # also š, ş, ș, č once their marks are gone
        ("kh|gh", "h"),
        ("ph", "f"),
        ("(?<=[tdb])h", ""),
        ("ck|cq", "k"),
        ("c(?=[eiy])|(?<=i)c$", "s"),  # Šarić, Sharich
        ("^x", "s"),
        ("x", "ks"),
    )
)
_LETTERS = str.maketrans("zcqgwfv", "skkhvpv")  # Hassan and Гасан, Sergei and Serhiy; Kowalska and Ковальска; Joseph and Josef
_SILENT_END = re.compile("[hj]$")  # Sarah, Abdullah, Andrej
_ARTICLE_IN_ABDUL = re.compile("^(a?)bdl(?=[^l])")  # Abdul Rahman, Abdurrahman
_DOUBLED = re.compile(r"(.)\1+")
_UNVOICED_END = {"d": "t", "b": "p"}  # Ahmed and Ahmet, Recep and Receb


def skeleton(reading: str) -> str:
    """Returns the consonant classes of one name given as ASCII letters (see `letters.words`), "" for no letters.

    A vowel counts only at the beginning (as "a", whichever it is) and, where a single consonant is all there is, at the end:
    Ali, Aly, علي → "ala"; Mohammed, Muhammad, Мухаммед, محمد → "mhmt".
    """
    for pattern, replacement in _DIGRAPHS:
        reading = pattern.sub(replacement, reading)
    reading = reading.lower().translate(_LETTERS)
    reading = _SILENT_END.sub("", reading) or reading
    starts, ends = (_VOWELS.match(reading) is not None), reading[-1:] in set("aeiouy")
    consonants = _DOUBLED.sub(r"\1", _VOWELS.sub("", reading))
    consonants = _ARTICLE_IN_ABDUL.sub(r"\1bd", consonants)
    consonants = consonants[:-1] + _UNVOICED_END.get(consonants[-1:], consonants[-1:])
    return ("a" if starts else "") + consonants + ("a" if ends and len(consonants) == 1 else "")


def weight(skeleton_text: str) -> int:
    """Returns how many consonants a skeleton has: fewer than two tell too little to search by."""
    return sum(character not in "a " for character in skeleton_text)
