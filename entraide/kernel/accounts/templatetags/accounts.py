"""The demonstration's sign-in cards, for the sign-in page of the library."""

from django import template

from entraide.kernel.accounts.demo import cards

register = template.Library()


@register.inclusion_tag("accounts/demo_cards.html", takes_context=True)
def demo_cards(context: template.Context) -> dict[str, object]:
    """Six posts to try; nothing outside the demonstration."""
    return {"cards": cards(), "csrf_token": context.get("csrf_token", "")}
