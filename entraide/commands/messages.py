"""`entraide messages`: collect sentences and compile catalogues; `--check` for the continuous check."""

import click

from entraide.commands import catalogue


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail when a French sentence is missing or a compiled catalogue is old.")
def messages(check: bool) -> None:
    """Collect sentences for translation and compile the catalogues."""
    wrong = 0
    for language in catalogue.COMPLETE:
        if not check:
            catalogue.update(language)
        gaps = catalogue.missing(language)
        for sentence in gaps:
            click.echo(f"{language}: not translated: {sentence}")
        old = catalogue.path_of(language).with_suffix(".mo").read_bytes() != catalogue.compiled(language)
        if old:
            click.echo(f"{language}: the compiled catalogue is old; run: make messages")
        wrong += len(gaps) + old
        click.echo(f"{language}: {len(list(catalogue.read(language)))} sentences, {len(gaps)} missing")
    if check and wrong:
        raise SystemExit(1)
