"""`entraide treaties`: the legal basis between two States and the status of an instrument, from the facts that come with Entraide."""

import json
import os
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from entraide.features.treaties.basis import Basis

HELPS = (
    "mla", "extradition", "transfer_sentenced", "transfer_proceedings", "joint_team", "police", "information", "confiscation",
    "witness_protection", "victim_assistance", "return", "compensation", "documents",
)  # fmt: skip


@click.group()
def treaties() -> None:
    """Treaties: status, and the legal basis between two States. Needs no database; on a node, `basis` also counts what States recorded."""


def _set_up() -> None:
    os.environ.setdefault("ENTRAIDE_SECRET_KEY", "no-site-is-served")
    import django

    django.setup()


def _state(code: str) -> str:
    from entraide.features.treaties.queries import states

    if code.upper() not in states():
        raise click.UsageError(f"“{code}” is no State known here; give its ISO 3166-1 code of two letters, such as PT.")
    return code.upper()


def _day(on: datetime | None) -> date:
    from entraide.features.treaties.dates import FIRST_DAY, TOO_OLD

    if on and on.date() < FIRST_DAY:
        raise click.UsageError(str(TOO_OLD))
    return on.date() if on else date.today()  # noqa: DTZ011 - the reader's own day


def _on_node() -> bool:
    """Whether there is a node with instruments to ask: what States recorded there themselves counts then."""
    if not os.environ.get("ENTRAIDE_WEB_URL"):
        return False
    from entraide.features.treaties.models import Instrument

    return Instrument.objects.exists()


def _answer(states: tuple[str, str], help_: str, offence: str, on: date, node: bool) -> "Basis":
    from entraide.features.treaties import facts, queries
    from entraide.features.treaties.basis import legal_basis

    if node:
        return queries.basis(states=states, help_=help_, offence=offence, on=on)
    return legal_basis(facts.instruments(), facts.acts(), states=states, help_=help_, offence=offence, on=on)


def _sides(answer: "Basis", node: bool) -> dict[str, object]:
    """Authorities and law as States recorded them on this node; without one nothing is known of either."""
    if not node:
        nothing: dict[str, object] = {"authorities": {code: [] for code in answer.states}, "law": [], "differs": {}}
        return nothing | {"empty_means": "not known without a node: States record them on one"}
    from entraide.features.treaties.api_shapes import two_sides

    return two_sides(answer)


@treaties.command()
@click.argument("asking")
@click.argument("asked")
@click.option("--for", "help_", type=click.Choice(HELPS), default="mla", show_default=True, help="What is asked for.")
@click.option("--offence", type=click.Choice(["trafficking", "smuggling", "organised_crime"]), default="trafficking", show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="On which day; today unless said otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def basis(asking: str, asked: str, help_: str, offence: str, on: datetime | None, as_json: bool) -> None:
    """Which instruments bind both States on a day, what they carry, on which conditions; and what could serve where nothing does.

    ASKING and ASKED are ISO 3166-1 codes of two letters, such as PT TH.
    """
    _set_up()
    from entraide.features.treaties import telling

    states = (_state(asking), _state(asked))
    if states[0] == states[1]:
        raise click.UsageError("Give two different States.")
    day, node = _day(on), _on_node()
    answer = _answer(states, help_, offence, day, node)
    told = telling.basis_json(answer) | {"acts_from": "this node" if node else "the facts that come with Entraide"}
    if as_json:
        click.echo(json.dumps(told | _sides(answer, node), ensure_ascii=False, indent=2))
        return
    click.echo(f"{' and '.join(states)}, {help_}, {offence}, on {answer.on}: {str(told['answer']).replace('_', ' ')}")
    for found in answer.found:
        places = ", ".join(f"{each.number} {each.heading}".strip() for each in found.provisions)
        click.echo(f"\n{found.instrument.names['en']}\n  {telling.strength(found)}; binds both since {found.since}\n  {places}")
        for condition in telling.conditions(found):
            click.echo(f"  - {condition}")
    for missing in answer.missing:
        stands = "; ".join(telling.since_words(stand) for stand in missing.stands)
        click.echo(f"\nDoes not bind both: {missing.instrument.acronym} ({stands})")
    for title, sentences in (("What could serve", telling.could_serve(answer)), ("Limits", telling.doubts(answer))):
        click.echo(f"\n{title}:")
        for sentence in sentences:
            click.echo(f"  - {sentence}")


@treaties.command()
@click.argument("instrument")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="On which day; today unless said otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def status(instrument: str, on: datetime | None, as_json: bool) -> None:
    """Where every State stands under an INSTRUMENT on a day, with the rule of entry into force."""
    _set_up()
    from entraide.features.treaties import facts, standing, telling

    known = facts.instruments()
    if instrument not in known:
        raise click.UsageError(f"No instrument is called so. There are: {', '.join(known)}.")
    found, day = known[instrument], _day(on)
    stands = standing.stands(found, facts.acts(), day)
    if as_json:
        told = {"instrument": instrument, "on": day.isoformat(), "rule": telling.rule_sentence(found.rule_json)}
        click.echo(json.dumps(told | {"states": [telling.stand_json(each) for each in stands.values()]}, ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.names['en']}, on {day}\n{telling.rule_sentence(found.rule_json)}")
    for each in stands.values():
        mark = "" if each.confirmed else "  (not confirmed)"
        click.echo(f"{each.state}  {each.standing:<13} {each.force or ''!s:<24} as of {each.as_of}{mark}")


@treaties.command()
@click.argument("instrument")
@click.option("--body", required=True, help="The body: its name in any language, its acronym or its slug.")
def depositary(instrument: str, body: str) -> None:
    """Name the body that records on this node, as depositary of an INSTRUMENT, what any State does with it."""
    if not os.environ.get("ENTRAIDE_OWNER_URL"):
        raise click.UsageError("Set ENTRAIDE_OWNER_URL: a depositary is named by whoever runs the node.")
    _set_up()
    from entraide.features.treaties.loading import name_depositary
    from entraide.features.treaties.models import Instrument
    from entraide.kernel.bodies.queries import called

    found, row = called(body, using="owner"), Instrument.objects.using("owner").filter(slug=instrument).first()
    if row is None:
        raise click.UsageError("No instrument is called so. Its name is the last part of its address, such as trafficking-protocol.")
    if len(found) != 1:
        names = "; ".join(f"{each.name} ({each.slug})" for each in found[:8])
        raise click.UsageError(f"Several bodies are called so: {names}. Name the slug." if found else "No body is called so.")
    name_depositary(row, found[0].pk)
    click.echo(f"{row.names['en']}: depositary is {found[0].name}.")
