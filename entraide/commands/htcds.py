"""`entraide import htcds` and `entraide export htcds`: the same as on the page, for larger files."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # Django is set up only when a command runs
    from entraide.features.cases.importing import Checked
    from entraide.kernel.access.context import Acting


@click.group("import")
def import_() -> None:
    """Bring cases in from an HTCDS file: tried first, then all rows or none."""


@click.group()
def export() -> None:
    """Bring cases out as an HTCDS file, equal to what came in where nothing changed."""


def _acting(email: str, body: str) -> "Acting":
    """The post acted for, found by the holder's address."""
    from entraide.kernel.accounts.models import Account
    from entraide.kernel.accounts.queries import posts_held

    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    held = posts_held(account.pk) if account else []
    wanted = [post for post in held if not body or body.casefold() in {name.casefold() for name in post.names.values()}]
    if account is None or not wanted:
        raise click.UsageError("Nobody with this address holds a post today (at this body).")
    if len(wanted) > 1:
        names = "; ".join(f"{post.function_label}, {post.body_label}" for post in wanted)
        raise click.UsageError(f"This address holds several posts ({names}); name the body with --body.")
    return wanted[0].acting(account)


@import_.command("htcds")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--post", "email", required=True, help="E-mail address of whoever imports and becomes the first team member.")
@click.option("--body", default="", help="Name of the body, when the address holds several posts.")
@click.option("--dry-run", is_flag=True, help="Only try: say what would be rejected, change nothing.")
@click.option("--leave-out-unknown", is_flag=True, help="Leave out columns that are not HTCDS.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, without values.")
def import_htcds(file: Path, email: str, body: str, dry_run: bool, leave_out_unknown: bool, as_json: bool) -> None:
    """Import an HTCDS 2.0 file (CSV or XLSX): all rows or none; the same file again makes no duplicates.

    Prints row, column and reason for every rejected value; the values themselves are shown on this terminal only.
    Exit code 1 when there are problems.
    """
    import django

    django.setup()
    from entraide.kernel.access.rules import Refused

    try:
        checked, filed = _import(file, email, body, dry_run=dry_run, leave_out=leave_out_unknown)
    except Refused as refused:
        raise click.ClickException(str(refused.verdict.sentence)) from None
    _tell(checked, filed, as_json)
    if not checked.ok:
        raise SystemExit(1)


def _import(file: Path, email: str, body: str, *, dry_run: bool, leave_out: bool) -> "tuple[Checked, int]":
    """What the trial found, and how many cases were filed."""
    from django.db import transaction

    from entraide.features.cases import importing
    from entraide.kernel.access.context import acting_as

    with transaction.atomic():
        by = _acting(email, body)
        with acting_as(by):
            checked = importing.check(by=by, data=file.read_bytes(), filename=file.name, ignore_unknown=leave_out)
            if dry_run or not checked.ok:
                return checked, 0
            with click.progressbar(length=len(checked.new) or 1, label="Filing", file=click.get_text_stream("stderr")) as bar:  # type: ignore[operator]  # click finds it only when asked
                return checked, len(importing.file_rows(by=by, checked=checked, progress=lambda done, total: bar.update(1)))


def _tell(checked: "object", filed: int, as_json: bool) -> None:
    from entraide.features.cases.importing import CONFLICT, Checked

    assert isinstance(checked, Checked)
    problems = [
        (problem.row, problem.column, problem.field or "", problem.sentence(), problem.shown) for problem in checked.reading.problems
    ]
    problems += [(row, "", "", CONFLICT, "") for row in checked.conflicts]
    facts = {
        "rows": len(checked.reading.rows),
        "new": len(checked.new),
        "already_here": checked.already_here + checked.elsewhere,
        "filed": filed,
    }
    if as_json:
        listed = [{"row": row, "column": column, "field": field, "reason": reason} for row, column, field, reason, _shown in problems]
        click.echo(json.dumps({**facts, "problems": listed, "left_out": list(checked.reading.left_out)}, ensure_ascii=False, indent=2))
        return
    for row, column, field, reason, shown in problems:
        click.echo(f"row {row or '-':>5}  column {column or '-':<3} {field:<34} {reason}{f'  [{shown}]' if shown else ''}")
    click.echo(
        f"{facts['rows']} rows read, {facts['new']} new, {facts['already_here']} already here, {filed} filed, {len(problems)} problems"
    )


@export.command("htcds")
@click.option("--post", "email", required=True, help="E-mail address of whoever exports; only cases of that post’s teams.")
@click.option("--body", default="", help="Name of the body, when the address holds several posts.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write, 0600.")
@click.option("--format", "format_", type=click.Choice(["csv", "xlsx"]), default=None, help="As it came in, unless said otherwise.")
@click.option("--contact", is_flag=True, help="With telephone and address also of persons with safe-contact rules; these stay here.")
def export_htcds(email: str, body: str, out: Path, format_: str | None, contact: bool) -> None:
    """Export cases as an HTCDS file. The file leaves Entraide's protection; each case is recorded as opened."""
    import django

    django.setup()
    from django.db import transaction

    from entraide.features.cases import exporting, queries
    from entraide.kernel.access.context import acting_as

    with transaction.atomic():
        by = _acting(email, body)
        with acting_as(by):
            cases = queries.listed().filter(erased_on__isnull=True)
            count = cases.count()
            data, _dialect = exporting.export(by=by, cases=cases, format_=format_ or "", contact=contact)
    part = out.with_name(f".{out.name}.part")  # a file that stands there already may be open to others
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_bytes(data)
    part.replace(out)
    left = f" The newest {exporting.LARGEST} of {count}: more are not exported at once." if count > exporting.LARGEST else ""
    click.echo(f"{min(count, exporting.LARGEST)} cases written to {out}.{left}")
