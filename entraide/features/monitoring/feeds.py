"""What others subscribe to: days on which something is due (iCalendar, RFC 5545) and what was published (Atom, RFC 4287)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from entraide.engines.texts.model import CONTROLS, tidy
from entraide.features.monitoring import queries, telling
from entraide.features.monitoring.choices import EditionKind, Stage
from entraide.features.monitoring.models import Decision, Edition, Measure, Recommendation, RoundQuestionnaire
from entraide.features.treaties import queries as treaties
from entraide.kernel.base import clock
from entraide.ui.templatetags.ui import colon

ATOM = "http://www.w3.org/2005/Atom"
MOST = 500


@dataclass(frozen=True)
class Due:
    """A day in the calendar; `since` is the moment from which it stands there."""

    urn: str
    on: date
    since: datetime
    title: str
    path: str


def dues() -> list[Due]:
    """Everything with a day that the reader may see, the soonest first."""
    found: list[Due] = []
    for each in queries.evaluations(stage=Stage.COMMENTING):
        if each.comments_due:
            title = f"{each.state_name}{colon()} {_('Comments on the draft report')}"
            found.append(Due(each.urn, each.comments_due, each.since or each.created_at, title, each.get_absolute_url()))
    for asked in RoundQuestionnaire.objects.filter(due__gte=clock.today()).select_related("round__mechanism")[:MOST]:
        title = f"{asked.round.mechanism.name}, {asked.round.name}{colon()} {_('Last day to answer')}{colon()} {asked.title}"
        found.append(Due(asked.urn, asked.due, asked.created_at, title, asked.round.get_absolute_url()))
    for decision in Decision.objects.filter(due__isnull=False, answered_on__isnull=True).select_related("evaluation")[:MOST]:
        title = f"{decision.evaluation.state_name}{colon()} {_('Report back on a decision')}"
        assert decision.due is not None
        found.append(Due(decision.urn, decision.due, decision.created_at, title, decision.get_absolute_url()))
    for row in queries.final_recommendations().filter(due__isnull=False)[:MOST]:
        assert row.due is not None
        title = f"{row.edition.evaluation.state_name}{colon()} {row.paragraph.text[:120]}"
        found.append(Due(row.urn, row.due, row.edition.published_at or row.created_at, title, row.get_absolute_url()))
    for measure in Measure.objects.filter(due__isnull=False, done_on__isnull=True).select_related("plan")[:MOST]:
        assert measure.due is not None
        found.append(Due(measure.urn, measure.due, measure.created_at, measure.title, measure.get_absolute_url()))
    return sorted(found, key=lambda each: (each.on, each.urn))


def calendar(found: Iterable[Due], site: str) -> str:
    """An iCalendar of whole days; it is the same, octet for octet, as long as nothing changed."""
    out = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Entraide//monitoring//EN", "CALSCALE:GREGORIAN"]
    for due in found:
        out += [
            "BEGIN:VEVENT", f"UID:{due.urn}", f"DTSTAMP:{due.since.astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTSTART;VALUE=DATE:{due.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{due.on + timedelta(days=1):%Y%m%d}", f"SUMMARY:{_escaped(due.title)}", f"URL:{site}{due.path}",
            "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join(part for line in [*out, "END:VCALENDAR"] for part in _folded(line)) + "\r\n"


def _escaped(text: str) -> str:
    return CONTROLS.sub("", text.replace("\r", "")).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of 75 octets at most; a continuation begins with a blank; no sign is cut in two."""
    out: list[str] = []
    now = ""
    for sign in line:
        if len((now + sign).encode()) > (75 if not out else 74):
            out.append(now)
            now = ""
        now += sign
    out.append(now)
    return [out[0], *(" " + more for more in out[1:])]


@dataclass(frozen=True)
class Entry:
    """Something that was published."""

    urn: str
    at: datetime
    title: str
    path: str
    text: str = ""


def entries(*, state: str = "", provision: UUID | None = None, document: UUID | None = None) -> list[Entry]:
    """Reports, recommendations, decisions, measures and acts under treaties that everybody sees, the newest first."""
    asked = queries.final_recommendations(state=state).filter(edition__published_at__isnull=False)
    if provision:
        asked = asked.filter(provision=provision)
    found = [_recommended(row) for row in asked[:MOST]]
    if provision is None:
        reports = Edition.objects.filter(evaluation__state=state, kind=EditionKind.FINAL, published_at__isnull=False)
        found += [Entry(row.urn, row.published_at or row.created_at, row.title, row.get_absolute_url()) for row in reports]
        decided = _("Decision of the committee")
        made = Decision.objects.filter(evaluation__state=state)
        found += [Entry(row.urn, _midnight(row.adopted_on), decided, row.get_absolute_url(), row.text) for row in made]
        measures = Measure.objects.filter(plan__state=state, plan__published_at__isnull=False)
        found += [Entry(row.urn, row.created_at, row.title, row.get_absolute_url()) for row in measures]
    if state or document:
        acts = treaties.done_lately(state=state, document=document, most=MOST)
        found += [Entry(act.urn, min(_midnight(act.on), act.recorded_at), act.title, act.path, act.text) for act in acts]
    return sorted(found, key=lambda entry: (entry.at, entry.urn), reverse=True)[:MOST]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _recommended(row: Recommendation) -> Entry:
    verb = telling.verb_label(row.mechanism, row.verb)
    at, words = row.edition.published_at or row.created_at, row.paragraph.text
    return Entry(row.urn, at, f"{row.edition.evaluation.state_name}{colon()} {verb} {words[:100]}", row.get_absolute_url(), words)


def _legible(text: str) -> str:
    """Without the signs that XML cannot hold: a feed that one entry breaks is read by nobody."""
    return tidy(CONTROLS.sub("", text))


def atom(found: Sequence[Entry], *, title: str, urn: str, site: str, path: str, language: str) -> bytes:
    """An Atom feed in one language; each language has its own address and its own ids, for the same id never says two things."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    SubElement(feed, "id").text = f"{urn}:{language}"
    SubElement(feed, "title").text = _legible(title)
    SubElement(feed, "updated").text = (found[0].at if found else datetime(2000, 1, 1, tzinfo=UTC)).isoformat()
    SubElement(feed, "link", rel="self", href=f"{site}{path}?lang={language}")
    SubElement(SubElement(feed, "author"), "name").text = "Entraide"
    for each in found:
        entry = SubElement(feed, "entry")
        SubElement(entry, "id").text = f"{each.urn}:{language}"
        SubElement(entry, "title").text = _legible(each.title)
        SubElement(entry, "updated").text = each.at.isoformat()
        SubElement(entry, "link", rel="alternate", href=site + each.path)
        if each.text:
            SubElement(entry, "content", type="text").text = _legible(each.text)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed)
