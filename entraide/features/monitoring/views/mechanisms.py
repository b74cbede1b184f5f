"""Entering a mechanism, and the languages of its reports."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entraide.features.monitoring import queries, rules, services
from entraide.features.monitoring.forms import Choices
from entraide.features.monitoring.forms_mechanisms import LanguagesForm, MechanismForm
from entraide.features.monitoring.models import Mechanism
from entraide.features.monitoring.views.asking import ask, posted
from entraide.features.texts import queries as texts
from entraide.kernel.access.rules import require
from entraide.kernel.access.sides import Kind
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import UN_LANGUAGES, language_name
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body


@acting(Function.SECRETARIAT)
def found(request: ActingRequest) -> HttpResponse:
    """A new mechanism of the own body."""
    by, own = request.acting, bodies.get(request.acting.body)
    require(rules.may_found(by, own))
    documents = {str(each.pk): each for each in texts.listed().filter(published=True)}
    committees = {str(each.pk): each for each in Body.objects.filter(kind=Kind.COORDINATION, country="").order_by("slug")}
    choices = {
        "document": [(key, each.title) for key, each in documents.items()], "languages": _languages(UN_LANGUAGES),
        "committee": [("", _("None")), *((key, each.name) for key, each in committees.items())],
    }  # fmt: skip

    def verb(given: dict[str, Any]) -> None:
        name, document, committee = given.pop("name"), documents[given.pop("document")], committees.get(given.pop("committee"))
        listed = {each: _named(given.pop(each), by.language) for each in ("verbs", "clusters")}
        made = Mechanism(slug=_slug(name), names={by.language: name}, body=own, document=document, committee=committee, **listed, **given)
        services.found(by=by, mechanism=made)

    form = MechanismForm(posted(request), choices=choices, initial={"languages": [by.language], "visits": True})
    return ask(
        request, form, title=_("Enter a mechanism"), caption=own.name, back=reverse("monitoring:index"), verb=verb,
        follows=_("Everybody will read how it works. Of what you choose here only its languages can be changed later."),
        done=_("The mechanism is entered. Open its first round."),
    )  # fmt: skip


def _named(lines: list[tuple[str, str]], language: str) -> list[dict[str, object]]:
    return [{"code": code, "names": {language: words}} for code, words in lines]


def _slug(name: str) -> str:
    """An address of its own."""
    base = slugify(name)[:50] or "mechanism"
    taken = set(Mechanism.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | {"new"}
    return next(each for each in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if each not in taken)


def _languages(codes: tuple[str, ...]) -> Choices:
    return [(code, language_name(code)) for code in codes]


@acting(Function.SECRETARIAT)
def languages(request: ActingRequest, slug: str) -> HttpResponse:
    """In which languages reports are written."""
    found = queries.mechanism(slug)
    require(rules.may_manage(request.acting, found))
    choices = {"languages": _languages(tuple(dict.fromkeys((*found.languages, *UN_LANGUAGES))))}
    form = LanguagesForm(posted(request), choices=choices, initial={"languages": found.languages})
    return ask(
        request, form, title=_("Languages of its reports"), caption=found.name, back=found.get_absolute_url(),
        follows=_("Every line of a report can be written in each of them. A language in which something is written already stays."),
        verb=lambda given: services.set_languages(by=request.acting, mechanism=found, **given), done=_("The languages are saved."),
    )  # fmt: skip
