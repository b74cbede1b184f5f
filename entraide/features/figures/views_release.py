"""Releases: the public page and its files, and what a body's people do with one on its way."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entraide.features.figures import composing, files, pictures, publishing, queries, rules
from entraide.features.figures.choices import READERS, RELEASE_MACHINE, WRITERS, ReleaseState
from entraide.features.figures.forms_release import DraftForm, ReviewForm, WithdrawForm
from entraide.features.figures.models import Figure, Release
from entraide.features.figures.shown import Block, blocks, narrowing, part_of
from entraide.features.figures.withheld import said
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.doors import ActingRequest, acting, open_to_all
from entraide.ui.narrowing import RowsFilter, coded

PUBLIC = "published figures are for everybody"


def acting_of(request: HttpRequest) -> Acting | None:
    """Whoever reads, where she acts for a post."""
    return getattr(request, "acting", None)


def _is_own(by: Acting | None, release: Release) -> bool:
    return by is not None and by.body == release.holder and bool(rules.may_read(by))


@open_to_all(PUBLIC)
def release(request: HttpRequest, release: UUID) -> HttpResponse:
    """One release: its numbers part by part, or the reason why they were withdrawn."""
    found, by = queries.release(release), acting_of(request)
    own = _is_own(by, found)
    context: dict[str, Any] = {
        "release": found,
        "own": own,
        "back_url": reverse("figures:home"),
        "versions": queries.versions(found),
        "blocks": None,
    }
    if found.state != ReleaseState.WITHDRAWN or own:
        context |= _numbers(request, found)
    if own and by is not None:
        context |= _work(by, found)
    return render(request, "figures/release.html", context)


def gone(request: HttpRequest, release: Release) -> HttpResponse:
    """What an old link to a file of a withdrawn release answers: that it is withdrawn, and why."""
    context = {"release": release, "own": False, "back_url": reverse("figures:home"), "versions": queries.versions(release), "blocks": None}
    return render(request, "figures/release.html", context, status=410)


def _numbers(request: HttpRequest, release: Release) -> dict[str, Any]:
    """The part asked for, drawn once: numbers never change, so that the drawn part is kept under their digest."""
    numbers = list(queries.figures(release))
    made = blocks(numbers)
    part = part_of(made, request.GET.get("part", ""))
    narrowed = narrowing(part, request.GET)
    page = Paginator(narrowed.kept, 50).get_page(request.GET.get("page"))
    asked = urlencode(narrowed.answers)
    key = f"figures:{release.digest}:{get_language()}:{sha256(f'{part and part.name}:{asked}:{page.number}'.encode()).hexdigest()}"
    drawn = cache.get(key)
    if drawn is None and part:
        drawn = render_to_string("figures/part.html", drawing(part, page), request)
        cache.set(key, drawn, 86_400)
    notes = release.notes.get((get_language() or "en").split("-")[0]) or release.notes.get("en", [])
    return {
        "blocks": made,
        "part": part,
        "drawn": drawn or "",
        "notes": notes,
        "page": page,
        "filter": narrowed,
        "withheld": said(numbers, release.smallest),
    }


def drawing(part: Block, page: Any) -> dict[str, Any]:
    """What the template of a part needs."""
    return {"part": part, "page": page, "rows": list(page), "picture": pictures.of(part)}


def _work(by: Acting, release: Release) -> dict[str, Any]:
    """What whoever reads may do with it, and what reviewers said."""
    part = "analyst" if by.function in WRITERS else "reader"
    moves = [move.name for move in RELEASE_MACHINE.open_to(state=release.state, by=part)]
    moves += [move.name for move in RELEASE_MACHINE.open_to(state=release.state, by="reader") if move.name not in moves]
    verdict = rules.may_review(by, release)
    return {
        "moves": moves, "reviews": queries.reviews(release), "may_review": bool(verdict), "review_refusal": verdict.sentence,
        "drafting": rules.may_write(by),
        "in_review": release.state in {ReleaseState.IN_REVIEW, ReleaseState.CLEARED}, "review_form": ReviewForm(),
    }  # fmt: skip


@open_to_all(PUBLIC)
def release_file(request: HttpRequest, release: UUID, form: str) -> HttpResponse:
    """The numbers as CSV, workbook or SDMX-CSV."""
    found = queries.release(release)
    if form not in files.WRITERS:
        raise Http404
    if found.state == ReleaseState.WITHDRAWN:
        return gone(request, found)
    kind, ending = files.WRITERS[form]
    numbers = list(queries.figures(found))
    response = HttpResponse(files.written(form, numbers, about(request, found, numbers)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="figures-{found.pk}-v{found.number}.{ending}"'
    return response


def about(request: HttpRequest, release: Release, numbers: Sequence[Figure]) -> list[tuple[str, str]]:
    """What a workbook says of itself."""
    lines = [
        (_("Title"), release.title), (_("Published by"), release.body_name), (_("Version"), str(release.number)),
        (_("State"), str(release.get_state_display())), (_("Address"), request.build_absolute_uri(release.get_absolute_url())),
        (_("SHA-256 of the numbers"), release.digest),
        (_("Note"), _("No count of persons below %(smallest)s is told. Detected is not existing.") % {"smallest": release.smallest}),
    ]  # fmt: skip
    lines += [(_("Note"), line) for line in said(numbers, release.smallest)]
    return lines + ([(_("Note"), _("Invented for the demonstration."))] if release.invented else [])


@acting(*READERS)
def preparing(request: ActingRequest) -> HttpResponse:
    """Every release of the body."""
    narrowed = RowsFilter(request.GET, queries.own_releases(request.acting.body), coded("state", _("State")))
    page = Paginator(narrowed.kept, 25).get_page(request.GET.get("page"))
    context = {"page": page, "filter": narrowed, "may_write": bool(rules.may_write(request.acting)), "back_url": reverse("figures:home")}
    return render(request, "figures/preparing.html", context)


@acting(*WRITERS)
def draft(request: ActingRequest, release: UUID | None = None) -> HttpResponse:
    """A new release, or a new version of one."""
    previous = queries.release(release) if release else None
    if previous is not None and previous.holder != request.acting.body:
        raise Http404
    form = DraftForm(request.POST or None, initial=_as_before(previous))
    if request.method == "POST" and form.is_valid():
        made = composing.draft(by=request.acting, previous=previous, **form.chosen)
        messages.success(request, _("The draft is made. Look at every part before you send it to review."))
        return redirect(made)
    return render(request, "figures/draft.html", {"form": form, "previous": previous, "back_url": reverse("figures:preparing")})


def _as_before(previous: Release | None) -> dict[str, str]:
    if previous is None:
        return {}
    return {f"{name}_{language}": text for name in ("title", "summary") for language, text in getattr(previous, _PLURAL[name]).items()}


_PLURAL = {"title": "titles", "summary": "summaries"}


def _own(request: ActingRequest, identifier: UUID) -> Release:
    found = queries.release(identifier)
    if found.holder != request.acting.body:
        raise Http404
    return found


@acting(*READERS)
def review(request: ActingRequest, release: UUID) -> HttpResponse:
    """Agrees or objects."""
    found = _own(request, release)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.review(by=request.acting, release=found, agrees=form.cleaned_data["answer"] == "agree", note=form.cleaned_data["note"])
        messages.success(request, _("Your review is recorded."))
        return redirect(found)
    require(rules.may_review(request.acting, found))
    return render(request, "figures/review.html", {"form": form, "release": found, "back_url": found.get_absolute_url()})


@acting(*READERS)
def withdraw(request: ActingRequest, release: UUID) -> HttpResponse:
    """Asks why, then withdraws."""
    found = _own(request, release)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.withdraw(by=request.acting, release=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("The release is withdrawn. The reason stands where the numbers were."))
        return redirect(found)
    return render(request, "figures/withdraw.html", {"form": form, "release": found, "back_url": found.get_absolute_url()})


MOVES = {"submit": publishing.submit, "publish": publishing.publish, "discard": publishing.discard}


@acting(*WRITERS)
def move(request: ActingRequest, release: UUID, name: str) -> HttpResponse:
    """Sends to review, publishes or throws away; asked twice, it is done once."""
    found = _own(request, release)
    if name not in MOVES or request.method != "POST":
        raise Http404
    if found.state != RELEASE_MACHINE.move(name).target:
        MOVES[name](by=request.acting, release=found)
        messages.success(request, _DONE[name]())
    return redirect("figures:preparing" if name == "discard" else found.get_absolute_url())


_DONE = {
    "submit": lambda: _("The release waits for two reviewers who did not draft it."),
    "publish": lambda: _("The release is published."),
    "discard": lambda: _("The release is thrown away."),
}
