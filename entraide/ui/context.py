"""What every page needs around its content, with a safe value where nobody has supplied one."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_info

# Named here only: a link whose page does not exist in this installation is left out of the frame.
LINKS = {
    "home": "desk:home",
    "switch": "accounts:posts",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "set_language": "set_language",
    "help": "help",
    "limits": "limits",
    "accessibility": "accessibility",
    "about": "about",
    "programs": "api:operations",
}


class Acting(Protocol):
    """The post somebody acts for, as far as the header is concerned; a `body_label` is shown where there is one."""

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Language:
    """A language offered in the header, under its own name."""

    code: str
    name: str
    current: bool


def page(request: HttpRequest) -> dict[str, object]:
    """Context for `base.html`; other rooms set `request.acting` and `request.menu` beforehand."""
    acting: Acting | None = getattr(request, "acting", None)
    menu: list[dict[str, object]] = getattr(request, "menu", [])
    return {
        "acting": acting,
        "menu": menu,
        "demo": getattr(settings, "ENTRAIDE_DEMO", False),
        "languages": languages(),
        "links": {name: _address(route) for name, route in LINKS.items()},
    }


def languages() -> list[Language]:
    """Every language of the installation, the current one marked."""
    current = get_language()
    return [Language(code, get_language_info(code)["name_local"].capitalize(), code == current) for code, _name in settings.LANGUAGES]


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
