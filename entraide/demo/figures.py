"""The demonstration's figures: invented tables of invented States, an estimate, releases made through the verbs that people use."""

import random
from collections.abc import Sequence

from entraide.demo import world
from entraide.demo.people import acting_for, post_at
from entraide.engines import estimation as engine
from entraide.engines.tables import Asked
from entraide.features.figures import composing, counting, estimating, importing, publishing
from entraide.features.figures.models import Estimate, Release, Table
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.base import clock

SEED = 162
OFFICE, SHELTER = "gabinete-tagide-pt", "abrigo-mare-mansa-pt"
NOTE = "INVENTED, for the demonstration"
LISTS = b"police,shelters,hospitals,count\n1,0,0,212\n0,1,0,164\n0,0,1,97\n1,1,0,41\n1,0,1,22\n0,1,1,31\n1,1,1,9\n"
SHARES = (("Female", "0-17", 0.18), ("Male", "0-17", 0.09), ("Female", "18+", 0.47), ("Male", "18+", 0.26))
FORMS = (("Forced labour", 0.46), ("Sexual exploitation", 0.38), ("Forced begging", 0.1), ("Forced criminality", 0.06))
CHAIN = (("Offences recorded", 0.6), ("Persons in formal contact", 0.8), ("Persons prosecuted", 0.35), ("Persons convicted", 0.17))


def make_figures() -> None:
    """A published release, one that waits for its reviewers, a withdrawn one, and the shelter's own count with withheld cells."""
    year = clock.today().year - 1
    analyst = acting_for(post_at(OFFICE, "analyst") or "")
    reviewers = [acting_for(post_at(OFFICE, function) or "") for function in ("coordinator", "secretariat")]
    with acting_as(analyst):
        victims = _table(analyst, "Victims detected and criminal justice, five invented States", _victims(year))
        people = _table(analyst, "Resident population, five invented States", _population(year), indicator="population")
        estimate = _estimate(analyst, year)
    release = _draft(
        analyst, "The situation in five invented States", "La situation dans cinq États inventés", [victims, people], [estimate]
    )
    _publish(analyst, reviewers, release)
    with acting_as(analyst):
        publishing.submit(by=analyst, release=_draft(analyst, "Victims, first look", "Victimes, premier aperçu", [victims], []))
    wrong = _draft(analyst, "Resident population, by mistake", "Population résidente, par erreur", [people], [])
    _publish(analyst, reviewers, wrong)
    with acting_as(analyst):
        publishing.withdraw(
            by=analyst, release=wrong, reason="Invented reason: the table was of another year. / Raison inventée : mauvaise année."
        )
    _count(year)


def make_promised_figures() -> None:
    """What monitoring tells: recommendations of published reports by verb, theme and progress, year by year; all invented."""
    year = clock.today().year - 1
    analyst = acting_for(post_at(world.MECHANISM, "analyst") or "")
    reviewers = [acting_for(post_at(world.MECHANISM, function) or "") for function in ("coordinator", "secretariat")]
    with acting_as(analyst):
        table = counting.count(by=analyst, tally="monitoring.recommendations", year=year)
    english, french = "Recommendations and what became of them, invented States", "Les recommandations et leurs suites, États inventés"
    _publish(analyst, reviewers, _draft(analyst, english, french, [table], []))


def _count(year: int) -> None:
    analyst = acting_for(post_at(SHELTER, "analyst") or "")
    reviewers = [acting_for(post_at(SHELTER, function) or "") for function in ("coordinator", "data_protection")]
    with acting_as(analyst):
        table = counting.count(by=analyst, tally="cases.persons", year=year)
    _publish(
        analyst,
        reviewers,
        _draft(analyst, f"Persons assisted by the shelter, {year}", f"Personnes aidées par le refuge, {year}", [table], []),
    )


def _table(by: Acting, title: str, text: str, *, indicator: str = "tip.victims") -> Table:
    tried = importing.try_file(
        by=by, data=text.encode(), name="table.csv", title=title, source=NOTE, already_public=True, asked=Asked(indicator=indicator)
    )
    return importing.file_table(by=by, table=tried, seen=True)


def _victims(last: int) -> str:
    dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
    lines = ["Country;Year;Indicator;Sex;Age;Form of exploitation;Value"]
    for place, state in enumerate(world.states()):
        base = (420, 95, 180, 36, 260)[place]
        for year in range(last - 5, last + 1):
            total = round(base * (1 + 0.06 * (year - last) + dice.uniform(-0.12, 0.12)))
            lines.append(_line(state.code, year, "Detected victims", "Total", "Total", "Total", total))
            for indicator, share in CHAIN:
                lines.append(_line(state.code, year, indicator, "Total", "Total", "Total", round(total * share)))
        for sex, age, share in SHARES:
            lines.append(_line(state.code, last, "Detected victims", sex, age, "Total", round(total * share)))
        for form, share in FORMS:
            lines.append(_line(state.code, last, "Detected victims", "Total", "Total", form, round(total * share)))
    return "\n".join(lines)


def _line(code: str, year: int, indicator: str, sex: str, age: str, form: str, count: int) -> str:
    return f"{code};{year};{indicator};{sex};{age};{form};{'<5' if 0 < count < 5 else count}"


def _population(last: int) -> str:
    sizes = (10_400_000, 3_100_000, 6_800_000, 21_500_000, 14_200_000)
    return "\n".join(["Country,Year,Value", *(f"{state.code},{last},{size}" for state, size in zip(world.states(), sizes, strict=True))])


def _estimate(by: Acting, year: int) -> Estimate:
    made = estimating.order(
        by=by, histories=engine.read_bytes(LISTS), title="Ardevia: police, shelters and hospitals (invented)", source=NOTE,
        area=world.states()[0].code, year=year, methods=["stepwise", "bic", "dga"], resamples=0,
    )  # fmt: skip
    estimating.Run(by, made.pk, made.attempt).work()
    return Estimate.objects.get(pk=made.pk)


def _draft(by: Acting, english: str, french: str, tables: Sequence[Table], estimates: Sequence[Estimate]) -> Release:
    summaries = {
        "en": "Invented figures, to show how a release looks. They say nothing of any country, body or person.",
        "fr": "Chiffres inventés, pour montrer à quoi ressemble une publication. Ils ne disent rien d’aucun pays, organisme ou personne.",
    }
    with acting_as(by):
        titles = {"en": english, "fr": french}
        return composing.draft(by=by, titles=titles, summaries=summaries, tables=tables, estimates=estimates)


def _publish(by: Acting, reviewers: Sequence[Acting], release: Release) -> None:
    with acting_as(by):
        publishing.submit(by=by, release=release)
    for each in reviewers:
        with acting_as(each):
            publishing.review(by=each, release=release, agrees=True)
    with acting_as(by):
        publishing.publish(by=by, release=release)
