"""Sentences of the reckoning, for pages and the command line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.features.treaties.basis import Basis, Found
from entraide.features.treaties.choices import CONDITIONS, ActKind, Channel, Force, Help, Standing
from entraide.features.treaties.dates import Span
from entraide.features.treaties.facts import Act
from entraide.features.treaties.models import Law
from entraide.features.treaties.standing import Stand
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.days import day_words

NOT_EXAMINED = ("reservation", "declaration", "objection", "withdrawal")


def rule_sentence(rule: Mapping[str, Any]) -> str:
    """The instrument's own rule of entry into force in a sentence."""
    after = rule["after"]
    if days := after.get("days"):
        when = ngettext("%(n)s day after the deposit", "%(n)s days after the deposit", days) % {"n": days}
    elif months := after.get("months"):
        when = ngettext("%(n)s month after the deposit", "%(n)s months after the deposit", months) % {"n": months}
    elif months := after.get("first_of_month_after_months"):
        when = _("on the first day of the month after %(n)s months from the deposit") % {"n": months}
    else:
        return _("No entry into force: it binds by signature, as a promise.")
    said = _("For each State: %(when)s, and never before the instrument itself (article %(article)s).") % {
        "when": when, "article": rule["article"],
    }  # fmt: skip
    if rule.get("unread"):
        said += " " + _("This rule could not be compared with the text, above all for States that joined later.")
    return said


def first_sentence(rule: Mapping[str, Any]) -> str:
    """How the instrument itself entered into force."""
    first = rule.get("first")
    if not first:
        return ""
    return _("The instrument itself: after %(count)s deposits; in force since %(day)s.") % {
        "count": first["count"], "day": day_words(rule["in_force"]),
    }  # fmt: skip


def force_words(force: Span | None) -> str:
    """A day, or between which days."""
    if force is None:
        return ""
    first, last = (date_format(day, "DATE_FORMAT") for day in (force.earliest, force.latest))
    return first if force.known else _("between %(first)s and %(last)s") % {"first": first, "last": last}


def standing_label(value: str) -> str:
    """Where a State stands, in words."""
    return str(Standing(value).label)


def stand_json(stand: Stand) -> dict[str, object]:
    """A standing as plain values."""
    return {
        "state": stand.state,
        "standing": stand.standing,
        "in_force": str(stand.force) if stand.force else None,
        "confirmed": stand.confirmed,
        "as_of": stand.as_of,
        "acts": [
            {
                "kind": act.kind,
                "on": act.on or None,
                "source": act.source,
                "as_of": act.as_of,
                "confirmed": act.confirmed,
                "invented": act.invented,
                "note": act.note,
                "text": act.text,
                "by_depositary": act.by_depositary,
                "objects_to": act.to or None,
                "precludes": act.precludes,
            }
            for act in stand.acts
        ],
    }


@dataclass(frozen=True)
class Sourced:
    """Acts from one source, of one day, with the mark under which a page tells the source."""

    acts: tuple[Act, ...]
    first: Act
    mark: int


class Sources:
    """The sources of a page, each told once under a mark that counts from 1."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def mark(self, told: Act | Law) -> int:
        """The mark of the source of an act or an entry."""
        if (told.source, told.as_of) not in self.told:
            self.told.append((told.source, told.as_of))
        return self.told.index((told.source, told.as_of)) + 1


def grouped(acts: Iterable[Act], sources: Sources) -> list[Sourced]:
    """Acts in their order, those from the same source together."""
    found: dict[tuple[str, str, bool, str], list[Act]] = {}
    for act in acts:
        found.setdefault((act.source, act.as_of, act.confirmed, act.note), []).append(act)
    return [Sourced(tuple(each), each[0], sources.mark(each[0])) for each in found.values()]


def withdrawal_sentence(rule: Mapping[str, Any]) -> str:
    """From when a State that withdraws is no longer bound."""
    left = rule.get("withdrawal")
    if not left:
        return _("The rule on withdrawal was not looked up: a State counts as withdrawn from the day of its notice.")
    if months := left["after"].get("months"):
        when = ngettext("%(n)s month after the notice", "%(n)s months after the notice", months) % {"n": months}
    else:
        months = left["after"]["first_of_month_after_months"]
        when = _("on the first day of the month after %(n)s months from the notice") % {"n": months}
    return _("A withdrawal takes effect %(when)s (article %(article)s).") % {"when": when, "article": left["article"]}


def examined_words(examined: Iterable[str]) -> list[tuple[str, bool]]:
    """Which kinds of act were looked for; what was not is “not examined”, never “none”."""
    looked = set(examined)
    return [(str(ActKind(kind).label), kind in looked) for kind in NOT_EXAMINED]


def conditions(found: Found) -> list[str]:
    """The conditions in sentences."""
    return [str(CONDITIONS[code]) for code in found.coverage.conditions]


def could_serve(basis: Basis) -> list[str]:
    """What could serve where nothing binds both: reciprocity, the requested State's law, informal channels. Never “none”."""
    said = [
        _("Reciprocity: a promise to do the same in a like case, where the law of the requested State allows help without a treaty."),
        _("The law of the requested State: some States assist on the ground of their own law alone."),
        _("Bilateral treaties and instruments of the European Union were not examined: ask the central authorities."),
    ]
    if basis.help in {Help.MLA, Help.POLICE, Help.INFORMATION, Help.JOINT_TEAM}:
        said.append(
            _("Informal channels for what needs no coercion: INTERPOL, liaison officers, contact points. What comes so may be no evidence.")
        )
    if basis.help in {Help.VICTIM_ASSISTANCE, Help.RETURN, Help.DOCUMENTS}:
        said.append(
            _("A referral between bodies that assist, with the person’s agreement, needs no treaty on assistance in criminal matters.")
        )
    return said


def doubts(basis: Basis) -> list[str]:
    """What a reader must know before relying on the answer."""
    said = [
        _("Reservations, declarations, objections and withdrawals were not examined; what States recorded here themselves is shown."),
        _("Numbers, headings and summaries of provisions and the conditions await a lawyer’s review. This is no legal advice."),
    ]
    oldest = min((stand.as_of for found in basis.found for stand in found.stands if stand.as_of), default="")
    if oldest:
        said.append(_("The oldest source used is of %(day)s: what was done since may be missing.") % {"day": day_words(oldest)})
    if any(not found.sure for found in basis.found):
        said.append(_("Some days or sources are not confirmed; they are marked."))
    unread = [each.instrument for each in basis.found if each.instrument.binding and not each.instrument.rule_json.get("withdrawal")]
    if unread:
        words = _("The rule on withdrawal was not looked up, so a State counts as withdrawn from the day of its notice: %(instruments)s.")
        said.append(words % {"instruments": ", ".join(each.acronym for each in unread)})
    return said


def basis_json(basis: Basis) -> dict[str, object]:
    """The answer as plain values; keys in English, sentences in the reader's language."""
    return {
        "states": list(basis.states),
        "help": basis.help,
        "offence": basis.offence,
        "on": basis.on.isoformat(),
        "answer": "basis" if basis.binding else "commitment" if basis.found else "nothing_found",
        "instruments": [_found_json(found) for found in basis.found],
        "not_binding_both": [
            {
                "instrument": each.instrument.slug,
                "name": each.instrument.names["en"],
                "stands": [stand_json(stand) for stand in each.stands],
                "objection_precludes": each.barred,
            }
            for each in basis.missing
        ],
        "could_serve": could_serve(basis),
        "limits": doubts(basis),
        "reservations": "not examined",
        "bilateral": "not examined",
        "european_union": "not examined",
    }


def _found_json(found: Found) -> dict[str, object]:
    return {
        "instrument": found.instrument.slug,
        "name": found.instrument.names["en"],
        "force": found.coverage.force,
        "force_label": str(Force(found.coverage.force).label),
        "binds_both_since": found.since.isoformat(),
        "confirmed": found.sure,
        "provisions": [
            {"id": each.eid, "number": each.number, "heading": each.heading, "our_summary": each.summary} for each in found.provisions
        ],
        "official_text": {"published": found.instrument.official, "url": found.instrument.official_url},
        "conditions": conditions(found),
        "statements": [
            {"state": act.state, "kind": act.kind, "on": act.on, "text": act.text, "source": act.source} for act in found.statements
        ],
        "stands": [stand_json(stand) for stand in found.stands],
        "rule": rule_sentence(found.instrument.rule_json),
    }


def strength(found: Found) -> str:
    """How strong the provision is as a basis, in words."""
    return str(Force(found.coverage.force).label)


def differs(answers: Sequence[str], of: int) -> bool | None:
    """Whether the laws of so many States differ on a topic; None while one of them is not recorded."""
    return len(set(answers)) > 1 if len(answers) == of else None


def channel_labels(codes: Iterable[str]) -> list[str]:
    """Channels in words."""
    return [str(Channel(code).label) for code in codes]


def since_words(stand: Stand) -> str:
    """“Thailand: party since 2013-11-16” in the reader's language."""
    words = {"state": country_name(stand.state), "standing": standing_label(stand.standing), "day": force_words(stand.force)}
    return (_("%(state)s: %(standing)s, in force %(day)s") if stand.force else _("%(state)s: %(standing)s")) % words
