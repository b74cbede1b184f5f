"""What we ask of the sign-in library."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody signs up: an administrator gives a post."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False
