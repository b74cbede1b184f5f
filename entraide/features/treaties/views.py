"""Instruments, status by day, one State, the legal basis between two, law side by side, commitments. Public."""

import csv
from datetime import date
from io import StringIO

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entraide.features.texts.queries import as_published, label
from entraide.features.treaties import queries, rules, telling
from entraide.features.treaties.basis import Basis
from entraide.features.treaties.choices import COUNTS, Help, Standing, Topic
from entraide.features.treaties.forms import BasisForm, CompareForm, StatusFilter
from entraide.features.treaties.models import Act, Instrument, Law
from entraide.features.treaties.pictures import curve_of, map_of
from entraide.features.treaties.standing import Stand
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.doors import open_to_all
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name, language_name
from entraide.ui.narrowing import Facet, RowsFilter

PUBLIC = "treaty status, authorities and law are public facts"


def instrument_of(slug: str) -> Instrument:
    """The instrument of this name."""
    found = queries.instruments().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def state_of(code: str) -> str:
    """A State that is recorded here, or that did something with an instrument."""
    if code not in queries.states() and not Act.objects.filter(state=code).exists():
        raise Http404
    return code


def _acting(request: HttpRequest) -> Acting | None:
    return getattr(request, "acting", None)


@open_to_all(PUBLIC)
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument with its parties today."""
    today = clock.today()
    rows = [(row, queries.counted(stands)) for row, stands in queries.all_stands(today)]
    shown = [(row, counts["party"] + counts["party_unsure"], counts["signed"] + counts["takes_part"]) for row, counts in rows]
    narrowed = RowsFilter(request.GET, shown, Facet("binding", _("Binding"), lambda line: _yes(line[0])[0], lambda line: _yes(line[0])[1]))
    page = Paginator(narrowed.kept, 30).get_page(request.GET.get("page"))
    context = {"rows": page.object_list, "page": page, "filter": narrowed, "today": today, "form": BasisForm()}
    return render(request, "treaties/instruments.html", context)


def _yes(row: Instrument) -> tuple[str, str]:
    return ("yes", _("Yes")) if row.binding else ("no", _("Not binding in law"))


def _asked_day(request: HttpRequest) -> tuple[StatusFilter, date, str]:
    chosen = StatusFilter(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    return chosen, wanted.get("on") or clock.today(), wanted.get("standing", "")


@open_to_all(PUBLIC)
def instrument(request: HttpRequest, slug: str) -> HttpResponse:
    """One instrument: its rule, its status on a day as map, curve and table."""
    found = instrument_of(slug)
    chosen, on, wanted = _asked_day(request)
    stands = queries.stands(found, on)
    narrowed = [stand for stand in stands.values() if not wanted or stand.standing == wanted]
    page = Paginator(sorted(narrowed, key=lambda stand: country_name(stand.state)), 30).get_page(request.GET.get("page"))
    counts = queries.counted(stands)
    sources, by = telling.Sources(), _acting(request)
    context = {
        "instrument": found, "filter": chosen, "on": on, "rule": telling.rule_sentence(found.rule),
        "first": telling.first_sentence(found.rule), "withdrawal": telling.withdrawal_sentence(found.rule),
        "examined": telling.examined_words(found.examined), "page": page, "sources": sources,
        "rows": [_row(stand, sources) for stand in page],
        "counts": [(telling.standing_label(code), counts[code]) for code in Standing.values if counts[code]],
        "map": map_of(found, stands, on), "curve": curve_of(found, stands, on), "has_steps": not found.binding,
        "back_url": reverse("treaties:instruments"), "may_deposit": by and rules.may_deposit(by, found),
        "deposited": queries.deposited(found) if by and rules.may_deposit(by, found) else [],
    }  # fmt: skip
    return render(request, "treaties/instrument.html", context)


def _row(stand: Stand, sources: telling.Sources) -> dict[str, object]:
    return {
        "stand": stand, "name": country_name(stand.state) if stand.state != "EU" else _("European Union"),
        "acts": telling.grouped(stand.acts, sources), "label": telling.standing_label(stand.standing),
        "force": telling.force_words(stand.force),
        "kind": "done" if stand.standing in COUNTS else "waiting" if stand.standing != "withdrawn" else "late",
    }  # fmt: skip


@open_to_all(PUBLIC)
def status_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of status as CSV: every act with source and day of the source."""
    found = instrument_of(slug)
    chosen, on, _wanted = _asked_day(request)
    if not chosen.is_valid():
        return redirect(f"{found.get_absolute_url()}?{request.GET.urlencode()}")
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["state", "standing_on_" + on.isoformat(), "in_force", "act", "done_on", "confirmed", "source", "as_of", "note", "text"]
    )
    for stand in queries.stands(found, on).values():
        for act in stand.acts:
            writer.writerow(
                [
                    stand.state,
                    stand.standing,
                    stand.force or "",
                    act.kind,
                    act.on,
                    act.confirmed,
                    inert(act.source),
                    act.as_of,
                    inert(act.note),
                    inert(act.text),
                ]
            )
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{on.isoformat()}.csv"'
    return response


def inert(words: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula gets an apostrophe."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words


@open_to_all(PUBLIC)
def state(request: HttpRequest, state: str) -> HttpResponse:
    """One State under every instrument, its authorities, its law."""
    code, on, sources = state_of(state), clock.today(), telling.Sources()
    rows = [(row, _row(stand, sources) if stand else None) for row, stand in queries.under(code, on)]
    by = _acting(request)
    context = {
        "code": code, "name": country_name(code), "rows": rows, "authorities": _authorities(code, ""), "laws": _laws([code], sources),
        "may_record": by and rules.may_record(by, code), "own_acts": queries.own_acts(code) if by else [], "by": by,
        "topics": Topic.choices, "sources": sources, "back_url": reverse("treaties:instruments"),
    }  # fmt: skip
    return render(request, "treaties/state.html", context)


def _authorities(code: str, help_: str, basis: Basis | None = None) -> list[dict[str, object]]:
    slugs = [found.instrument.slug for found in basis.found] if basis else None
    return [
        {
            "row": row,
            "helps": [str(Help(each).label) for each in row.helps], "languages": [language_name(each) for each in row.languages],
            "channels": telling.channel_labels(row.channels),
        }
        for row in queries.authorities(code, help_=help_, instruments=slugs)
    ]  # fmt: skip


def _laws(codes: list[str], sources: telling.Sources) -> list[dict[str, object]]:
    """Topic by topic, what each State's law says and the mark of its source; None where nothing is recorded."""
    found = {(law.topic, law.state): law for law in queries.laws(codes)}
    return [
        {
            "label": topic.label, "laws": [_law(code, found.get((topic, code)), sources) for code in codes],
            "differs": telling.differs([found[topic, code].answer for code in codes if (topic, code) in found], len(codes)),
        }
        for topic in Topic
    ]  # fmt: skip


def _law(code: str, law: Law | None, sources: telling.Sources) -> tuple[str, str, Law | None, int]:
    return code, country_name(code), law, sources.mark(law) if law else 0


@open_to_all(PUBLIC)
def basis(request: HttpRequest) -> HttpResponse:
    """Two States, an offence and a kind of help in; instruments, conditions, channel, authorities and differences out."""
    asked = "a" in request.GET
    form = BasisForm(request.GET if asked else None)
    context: dict[str, object] = {"form": form, "back_url": reverse("treaties:instruments")}
    if asked and form.is_valid():
        given = form.cleaned_data
        sources = telling.Sources()
        answer = queries.basis(states=(given["a"], given["b"]), help_=given["help"], offence=given["offence"], on=given["on"])
        context |= {
            "answer": answer, "a": country_name(given["a"]), "b": country_name(given["b"]), "help_label": Help(given["help"]).label,
            "found": [
                (each, telling.conditions(each), telling.strength(each), _stand_words(each.stands, sources)) for each in answer.found
            ],
            "missing": [(each, _stand_words(each.stands, sources)) for each in answer.missing],
            "could_serve": telling.could_serve(answer), "doubts": telling.doubts(answer),
            "authorities": [(country_name(code), code, _authorities(code, given["help"], answer)) for code in answer.states],
            "laws": _laws(list(answer.states), sources), "sources": sources,
        }  # fmt: skip
    return render(request, "treaties/basis.html", context)


def _stand_words(stands: tuple[Stand, Stand], sources: telling.Sources) -> list[tuple[str, list[int]]]:
    return [(telling.since_words(stand), sorted({sources.mark(act) for act in stand.acts})) for stand in stands]


@open_to_all(PUBLIC)
def compare(request: HttpRequest) -> HttpResponse:
    """Law and procedure of two or three States side by side, with source and day of every entry."""
    form = CompareForm(request.GET if "a" in request.GET else None)
    context: dict[str, object] = {"form": form, "back_url": reverse("treaties:instruments")}
    if "a" in request.GET and form.is_valid():
        codes = list(dict.fromkeys(code for code in form.cleaned_data.values() if code))
        sources = telling.Sources()
        context |= {"states": [country_name(code) for code in codes], "laws": _laws(codes, sources), "sources": sources}
    return render(request, "treaties/compare.html", context)


@open_to_all(PUBLIC)
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """The commitments of a memorandum: who owns which, what was done, what shows it, what is late."""
    found = instrument_of(slug)
    steps = list(queries.steps(found.document))
    shown = queries.evidence(steps)
    by = _acting(request)
    parties = list(queries.stands(found, clock.today()))
    rows = []
    wordings = as_published(found.document, [get_language() or "en"])
    parents = {row.provision.eid.rpartition("__")[0] for row in wordings}
    for row in wordings:
        own = [(step, country_name(step.state), shown.get(step.pk, [])) for step in steps if step.provision_id == row.provision_id]
        rows.append(
            {
                "row": row,
                "label": label(row.provision, get_language() or "en"),
                "steps": own,
                "leaf": row.provision.eid not in parents or own,
            }
        )
    context = {
        "instrument": found, "rows": rows, "parties": [country_name(code) for code in parties], "today": clock.today(),
        "may_record": by is not None and by.country in parties and rules.may_record(by, by.country),
        "by": by, "back_url": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "treaties/commitments.html", context)
