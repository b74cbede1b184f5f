"""`entraide facts` and `entraide demo-world`."""

import click


@click.command()
def facts() -> None:
    """File the public facts: States in six languages, bodies and their seats, treaties and their status. Harmless when repeated."""
    import django

    django.setup()
    from entraide.features.treaties.loading import load_instruments
    from entraide.kernel.access.rules import Refused
    from entraide.kernel.bodies.loading import load_facts

    try:
        click.echo(f"{load_facts()} States and bodies, {load_instruments()} acts under treaties.")
    except Refused as refused:
        raise click.ClickException(str(refused.verdict.sentence)) from None


@click.command("demo-world")
def demo_world() -> None:
    """Make the invented world of the demonstration, where there is none yet."""
    import django

    django.setup()
    from django.db import transaction

    from entraide.demo import world
    from entraide.demo.figures import make_figures, make_promised_figures
    from entraide.demo.people import keys_are_here, make_bodies_and_posts
    from entraide.demo.promises import make_promises
    from entraide.demo.questionnaires import make_questionnaires
    from entraide.demo.story import make_story
    from entraide.features.cases.texts import load_texts
    from entraide.features.treaties.loading import load_instruments
    from entraide.kernel.accounts.models import Account
    from entraide.kernel.bodies.loading import load_facts

    if Account.objects.filter(email=world.sign_ins()[0].email).exists():
        if not keys_are_here():
            raise SystemExit("The demo world is there, but not its keys: nobody can read it any more. make demo-reset starts over.")
        return
    load_facts()
    load_instruments()
    load_texts()
    make_bodies_and_posts()
    with transaction.atomic():
        make_story()
        make_figures()
        make_questionnaires()
        make_promises()
        make_promised_figures()
