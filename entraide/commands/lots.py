"""`entraide lots`: draw and verify who reviews whom, without a database."""

import json
import sys
from pathlib import Path

import click


@click.group()
def lots() -> None:
    """Lots that anybody can verify; needs no database and no network."""


def _read(file: Path) -> dict[str, object]:
    try:
        told = json.loads(file.read_bytes())
    except (ValueError, OSError):
        raise click.UsageError("This file is not JSON.") from None
    if not isinstance(told, dict) or not isinstance(told.get("inputs"), dict):
        raise click.UsageError("This file holds no draw: “inputs” is missing.")
    return told


FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@lots.command()
@FILE
@click.option("--seed", required=True, help="The published seed.")
def draw(file: Path, seed: str) -> None:
    """Draw from the inputs in FILE and print the result as JSON."""
    from entraide.engines.lots import NoDraw, digest, order, read
    from entraide.engines.lots import draw as drawn

    try:
        inputs = read(_read(file)["inputs"])  # type: ignore[arg-type]  # read refuses what is no draw
        result = drawn(inputs, seed)
    except NoDraw as why:
        raise click.ClickException(str(why)) from None
    told = {"inputs": inputs.as_json(), "digest": digest(inputs), "seed": seed, "order": order(result, seed), "reviewers": result}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


@lots.command()
@FILE
def verify(file: Path) -> None:
    """Draw again from the published FILE and compare. Exit code 1 where anything differs."""
    from entraide.engines.lots import NoDraw, digest, order, read
    from entraide.engines.lots import draw as drawn

    told = _read(file)
    try:
        inputs = read(told["inputs"])  # type: ignore[arg-type]  # read refuses what is no draw
        result = drawn(inputs, str(told.get("seed", "")))
    except NoDraw as why:
        raise click.ClickException(str(why)) from None
    wanted: dict[str, object] = {"digest": digest(inputs), "order": order(result, str(told["seed"])), "reviewers": result}
    wrong = [name for name, value in wanted.items() if told.get(name) != value]
    for name in wrong:
        click.echo(f"{name}: not what these inputs and this seed give")
    if wrong:
        sys.exit(1)
    click.echo(f"Verified: {len(result)} States, inputs {digest(inputs)[:16]}…")
