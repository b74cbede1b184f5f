"""`entraide states`: writes the diagrams and tables of every machine into docs/states, from the one table in choices."""

import pkgutil
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from entraide import features
from entraide.kernel.access.moves import Machine, Move

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "states"
HEAD = "<!-- Written by `entraide states` from the table in the code. Change it there. -->"


def machines() -> dict[str, tuple[Machine, str]]:
    """{file name: (machine, where its table stands)} of every room that has one."""
    found: dict[str, tuple[Machine, str]] = {}
    for room in pkgutil.iter_modules(features.__path__):
        if find_spec(f"entraide.features.{room.name}.choices") is None:
            continue
        for value in vars(import_module(f"entraide.features.{room.name}.choices")).values():
            if isinstance(value, Machine):
                found[f"{value.name}.md"] = (value, f"entraide/features/{room.name}/choices.py")
    return found


def page(machine: Machine, where: str) -> str:
    """The page of one machine: diagram, states, moves."""
    states = [f"| `{value}` | {label} | {_kind(machine, value)} |" for value, label in _english(machine)]
    return "\n".join(
        [
            HEAD, "", f"# States of a {_words(machine.name)}", "",
            f"The table stands in `{where}`; rules, buttons and tests read the same one.", "",
            "```mermaid", machine.diagram(), "```", "",
            "## States", "", "| State | Shown as | |", "|---|---|---|", *states, "",
            "## Moves", "", "| Move | Shown as | Who | Functions | From | To |", "|---|---|---|---|---|---|",
            *(_row(machine, move) for move in machine.moves), "",
        ]
    )  # fmt: skip


def _words(name: str) -> str:
    return {"identification": "decision on identification"}.get(name, name)


def _english(machine: Machine) -> list[tuple[str, str]]:
    from django.utils import translation

    with translation.override("en"):
        return [(str(value), str(label)) for value, label in machine.states.choices]


def _kind(machine: Machine, state: str) -> str:
    return "begins here" if state == machine.initial else "ends here" if state in machine.final else ""


def _row(machine: Machine, move: Move) -> str:
    from django.utils import translation

    sources = ", ".join(f"`{value}`" for value in machine.states.values if value in move.sources)
    functions = ", ".join(sorted(str(function) for function in move.functions)).replace("_", " ") or "–"
    with translation.override("en"):
        return f"| `{move.name}` | {move.label} | {move.by} | {functions} | {sources} | `{move.target}` |"


def pages() -> dict[str, str]:
    """{file name: text} of everything in docs/states, the index included."""
    found = {name: page(machine, where) for name, (machine, where) in machines().items()}
    index = [HEAD, "", "# States and moves", "", *(f"- [{name.removesuffix('.md')}]({name})" for name in found), ""]
    return found | {"README.md": "\n".join(index)}


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of files that are missing, not as they should be, or no longer of any machine."""
    wanted = pages()
    there = {path.name for path in folder.glob("*.md")}
    return sorted({name for name, text in wanted.items() if name not in there or (folder / name).read_text() != text} | there - set(wanted))


def write(folder: Path = FOLDER) -> None:
    """Writes what is stale and removes what is of no machine; a second time changes nothing."""
    wanted = pages()
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale(folder):
        if name in wanted:
            (folder / name).write_text(wanted[name])
        else:
            (folder / name).unlink()


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when a file is not as it should be.")
def states(check: bool) -> None:
    """Write the diagrams of states and moves into docs/states."""
    import django

    django.setup()
    found = stale()
    if not check:
        write()
    for name in found:
        click.echo(f"{'not up to date' if check else 'written'}: docs/states/{name}")
    if check and found:
        sys.exit(1)
