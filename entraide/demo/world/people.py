"""Invented persons, made from pools of names, stories and contact rules: the same seed and day make the same persons."""

import random
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from entraide.demo.world.bodies import bodies
from entraide.demo.world.files import read
from entraide.demo.world.person import Person, SafeContact, Trafficking

DAY = date(2026, 11, 2)
"""The day on which ages are true, unless another is given."""
CHILDREN, IN_DOUBT = 0.25, 0.06

# Ranges kept free for fiction: Ofcom (07700 900), NANPA (555-01xx), Arcep (06 39 98), PTS (070-174 06 05 to 99).
RESERVED = (("+447700900", 0, 999, 3), ("+1202555", 100, 199, 4), ("+3363998", 0, 9999, 4), ("+467017406", 5, 99, 2))

IDENTIFICATION = {"presumed": 32, "reasonable_grounds": 30, "conclusive": 17, "none": 13, "negative": 5, "appealed": 3}
DECIDERS = {"presumed": ("NGO", "Police", "NonPoliceGovernmentalOrganization")}
OFFICIAL = ("Police", "NonPoliceGovernmentalOrganization", "CourtOrProsecution")


Pool = dict[str, Any]  # one entry of the data file


@cache
def _pools() -> Pool:
    return read("people.json")


def _pick(dice: random.Random, rows: Sequence[Pool]) -> Pool:
    return dice.choices(rows, [row["weight"] for row in rows])[0]


def _spread(dice: random.Random, count: int) -> list[str]:
    """Ages in the agreed shares, in random order."""
    children, doubt = round(count * CHILDREN), round(count * IN_DOUBT)
    ages = ["child"] * children + ["in_doubt"] * doubt + ["adult"] * (count - children - doubt)
    dice.shuffle(ages)
    return ages


def _years(dice: random.Random, profile: Pool, age: str) -> int:
    low, high = {"child": (0, 17), "in_doubt": (16, 19), "adult": (18, 99)}[age]
    youngest, oldest = profile["ages"]
    return dice.randint(max(low, youngest), min(high, oldest))


def _fits(profile: Pool, age: str) -> bool:
    youngest, oldest = profile["ages"]
    return bool({"child": youngest < 18, "in_doubt": youngest <= 19 and oldest >= 16, "adult": oldest >= 19}[age])


def _nation(dice: random.Random, profile: Pool) -> Pool:
    wanted = profile.get("nationalities")
    return _pick(dice, [nation for nation in _pools()["nations"] if not wanted or nation["code"] in wanted])


def _gender(dice: random.Random, profile: Pool, age: str) -> tuple[str, str]:
    """(HTCDS code, pool of given names)."""
    pool = dice.choice(profile["genders"])
    unusual = {"f": "TransgenderFeminine", "m": "TransgenderMasculine"}[pool]
    code = {"f": "Feminine", "m": "Masculine"}[pool]
    if age == "adult" and dice.random() < 0.05:
        code = dice.choice((unusual, unusual, "NonConforming", "NonSpecifiedUnknown"))
    return code, pool


def _names(dice: random.Random, nation: Pool, pool: str, taken: set[str]) -> tuple[str, str, str | None]:
    """(given, family, both in their own script or None); not one already taken, while any is free."""
    families = nation.get(f"family_{pool}") or nation["family"] or [""]
    pairs = [(given, family) for given in nation[f"given_{pool}"] for family in families]
    given, family = dice.choice([pair for pair in pairs if "/".join(pair) not in taken] or pairs)
    taken.add(f"{given}/{family}")
    (given, given_own), (family, family_own) = _both(given), _both(family)
    return given, family, f"{given_own} {family_own}" if given_own and family_own else None


def _both(name: str) -> tuple[str, str]:
    latin, _equals, own = name.partition("=")
    return latin, own


def _birth(dice: random.Random, years: int, on: date) -> date:
    """A day on which somebody of `years` years at the day `on` may be born, well away from the birthday."""
    return on - timedelta(days=round(years * 365.2425) + dice.randint(20, 340))


@cache
def _has_bodies() -> frozenset[str]:
    return frozenset(body.country for body in bodies() if body.country and body.kind == "assistance")


def _trafficking(dice: random.Random, profile: Pool, born: date, age: str, country: str, on: date) -> Trafficking:
    began = max(on - timedelta(days=dice.randint(60, 1100)), born + timedelta(days=366 * min(profile["ages"][0], 16)))
    began = min(began, on - timedelta(days=30))
    more = dice.sample(profile["control_any"], k=dice.randint(1, min(3, len(profile["control_any"]))))
    how = dice.choice(profile["recruitment"])
    online = how in {"ThroughOnlineSocialNetworks", "ThroughAnOnlineAdvertisement"}
    sites = profile.get("websites", [])
    return Trafficking(
        exploitation=tuple(profile["exploitation"]),
        sex=tuple(profile.get("sex", ())),
        industry=profile.get("industry"),
        control=tuple(profile["control"] + more),
        recruitment=(how,),
        websites=(dice.choice(sites),) if online and sites else (),
        relationship={"ThroughFamilyOrFamilyEvents": "Familial", "ThroughFriendsOrSocialEvents": "Acquainted"}.get(how, "Unaquainted"),
        age_when=None if age == "in_doubt" else (began - born).days * 100 // 36525,
        began=began,
        country=country,
    )


def _phone(dice: random.Random) -> str:
    prefix, low, high, width = dice.choice(RESERVED)
    return f"{prefix}{dice.randint(low, high):0{width}d}"


def _email(given: str, number: int) -> str:
    plain = unicodedata.normalize("NFD", given.split()[0]).encode("ascii", "ignore").decode().lower()
    return f"{plain or 'someone'}.{number}@example.invalid"


def _rule(dice: random.Random, language: str, *, child: bool, phone: bool, email: bool) -> SafeContact:
    allowed = {"child"} if child else {"any"} | ({"phone"} if phone else set()) | ({"email"} if email else set())
    if phone and not child and dice.random() < 0.7:
        allowed = {"phone"}
    return SafeContact(*dice.choice([rule for rule in _pools()["contact_rules"] if rule["needs"] in allowed])[language])


def _schooling(dice: random.Random, years: int) -> str | None:
    levels = ("PrimaryEducation", "LowerSecondaryEducation", "UpperSecondaryEducation", "BachelorsOrEquivalentLevel")
    highest = 0 if years < 12 else 1 if years < 16 else 2 if years < 22 else 3
    return None if years < 7 or dice.random() < 0.15 else levels[dice.randint(0, highest)]


def _household(dice: random.Random, profile: Pool, years: int, age: str) -> tuple[str | None, int]:
    """(marital status, number of children)."""
    if "ForcedMarriage" in profile["exploitation"]:
        return "Married", dice.randint(0, 1) if age == "adult" else 0
    if age != "adult":
        return ("Single" if years >= 15 else None), 0
    status = dice.choice(("Single", "Single", "Married", "Separated", "Divorced") + (("Widowed",) if years > 35 else ()))
    return status, dice.choice((0, 0, 1, 2, 3)) if years > 20 else 0


def _person(dice: random.Random, number: int, age: str, on: date, taken: set[str]) -> Person:
    profile = _pick(dice, [profile for profile in _pools()["profiles"] if _fits(profile, age)])
    nation = _nation(dice, profile)
    gender, pool = _gender(dice, profile, age)
    given, family, original = _names(dice, nation, pool, taken)
    years = _years(dice, profile, age)
    born = _birth(dice, years, on)
    exploited = dice.choice(nation["to"])
    child = age != "adult"
    phone = _phone(dice) if dice.random() < (0.2 if child else 0.62) else None
    email = _email(given, number) if not child and dice.random() < 0.3 else None
    identification = dice.choices(list(IDENTIFICATION), list(IDENTIFICATION.values()))[0]
    language = dice.choice(("en", "en", "en", "fr", "fr"))
    marital, children = _household(dice, profile, years, age)
    home = nation["code"] in _has_bodies() and dice.random() < 0.1
    return Person(
        number=number, given=given, family=family, original_name=original, citizenship=(nation["code"],), gender=gender, age=age,
        birth_year=None if age == "in_doubt" else born.year,
        born=born if age != "in_doubt" and dice.random() < 0.85 else None,
        languages=tuple(nation["languages"][:1] + dice.sample(nation["languages"][1:], k=min(1, len(nation["languages"]) - 1))),
        marital_status=marital, children=children, education=_schooling(dice, years),
        country=nation["code"] if home else exploited, phone=phone, email=email,
        safe_contact=_rule(dice, language, child=child, phone=bool(phone), email=bool(email)),
        trafficking=_trafficking(dice, profile, born, age, exploited, on),
        identification=identification,
        decider=None if identification == "none" else dice.choice(DECIDERS.get(identification, OFFICIAL)),
        guardian=dice.choice(_pools()["guardians"]) if child else None,
        needs=tuple(profile["needs"]), language=language, story=dice.choice(profile[language]),
        notes=tuple(note[language] for note in dice.sample(_pools()["notes"], k=dice.randint(1, 3))),
    )  # fmt: skip


def persons(seed: int, count: int, on: date = DAY) -> list[Person]:
    """`count` invented persons, numbered from 1; ages are true on the day `on`. A quarter are children, 6 in 100 of an age in doubt."""
    dice = random.Random(seed)  # noqa: S311 - the same world each time is the point
    taken: set[str] = set()
    return [_person(dice, number, age, on, taken) for number, age in enumerate(_spread(dice, count), start=1)]
