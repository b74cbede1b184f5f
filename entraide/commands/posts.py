"""`entraide post`: the first administrator of a body, given by whoever runs the node; everybody else gets posts on the pages."""

import click


@click.group()
def post() -> None:
    """Posts: who works where. The first administrator of a body is given here; she gives all other posts on the pages."""


@post.command("give")
@click.option("--body", required=True, help="The body: its name in any language, its acronym or its slug.")
@click.option("--email", required=True, help="Address with which the person signs in.")
@click.option("--name", required=True, help="The person's name, as colleagues see it.")
@click.option("--language", default="en", show_default=True, help="Language of mails to this person.")
def give(body: str, email: str, name: str, language: str) -> None:
    """Make somebody administrator of a body, and print the link with which she sets a password. The link works once, for three days."""
    import django

    django.setup()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from entraide.kernel.accounts.first import give_first_post
    from entraide.kernel.bodies.queries import called

    try:
        validate_email(email)
    except ValidationError:
        raise click.UsageError("This is not an e-mail address.") from None
    found = called(body, using="owner")
    if len(found) != 1:
        names = "; ".join(f"{each.name} ({each.slug})" for each in found[:8])
        raise click.UsageError(
            f"Several bodies are called so: {names}. Name the slug." if found else "No body is called so. See: entraide facts"
        )
    link = give_first_post(body=found[0], email=email, name=name, language=language)
    click.echo(
        f"{found[0].name}: administrator. Hand this link to the person, and to nobody else:\n{link}"
        if link
        else f"{found[0].name}: administrator. The person has a password already."
    )
