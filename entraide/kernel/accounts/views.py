"""Choosing the post to act for, and the administrator's list of posts."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts import leaving, queries, rules, services, zones
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting, chosen_post, signed_in, take_up
from entraide.kernel.accounts.forms import ColleaguesFilter, GivePostForm, HeirForm, ZoneForm
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.audit.services import record


@signed_in
def posts(request: HttpRequest) -> HttpResponse:
    """Which of one's posts to act for."""
    assert isinstance(request.user, Account)
    now = chosen_post(request)
    context = {
        "posts": queries.posts_held(request.user.pk),
        "chosen": now.post if now else None,
        "has_password": request.user.has_usable_password(),
        "zone_words": zones.words(request.user.zone, now.country if now else ""),
    }
    return render(request, "accounts/posts.html", context)


@require_POST
@signed_in
def switch(request: HttpRequest) -> HttpResponse:
    """Takes up another of one's own posts."""
    assert isinstance(request.user, Account)
    wanted = request.POST.get("post", "")
    chosen = next((post for post in queries.posts_held(request.user.pk) if str(post.post) == wanted), None)
    if chosen is None:
        raise Http404
    take_up(request, chosen.post)
    record(by=chosen.acting(request.user), action="accounts.switch", kind="post", object_id=chosen.post)
    onward = request.POST.get("next", "/")
    return HttpResponseRedirect(onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "/")


@signed_in
def zone(request: HttpRequest) -> HttpResponse:
    """Chooses the clock in which one reads and types."""
    assert isinstance(request.user, Account)
    now = chosen_post(request)
    form = ZoneForm(request.POST or None, country=now.country if now else "", initial={"zone": request.user.zone or zones.USUAL})
    if request.method == "POST" and form.is_valid():
        request.user.zone = form.cleaned_data["zone"]
        request.user.save(update_fields=["zone"])
        messages.success(request, _("Your time zone is saved."))
        return redirect("accounts:posts")
    return render(request, "accounts/zone.html", {"form": form, "back_url": reverse("accounts:posts")})


@acting(Function.ADMINISTRATOR)
def colleagues(request: ActingRequest) -> HttpResponse:
    """Posts at the own body."""
    chosen = ColleaguesFilter(request.GET)
    held = queries.current_posts().filter(body=request.acting.body)
    if chosen.is_valid() and chosen.cleaned_data["function"]:
        held = held.filter(function=chosen.cleaned_data["function"])
    page = Paginator(held, 25).get_page(request.GET.get("page"))
    last = queries.last_overseer(request.acting.body)
    rows = [(post, rules.may_end(request.acting, post, last)) for post in page]
    return render(request, "accounts/colleagues.html", {"page": page, "rows": rows, "filter": chosen})


@acting(Function.ADMINISTRATOR)
def give_post(request: ActingRequest) -> HttpResponse:
    """Gives somebody a post and mails a link to set a password."""
    form = GivePostForm(request.POST or None, initial={"language": "en"})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                services.give_post(by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
        else:
            messages.success(request, _("The post is given. Whoever has no password yet gets a mail to set one."))
            return redirect("accounts:colleagues")
    return render(request, "accounts/give_post.html", {"form": form, "back_url": reverse("accounts:colleagues")})


def _colleague(request: ActingRequest, post: UUID) -> Post:
    found = Post.objects.filter(pk=post, body=request.acting.body).select_related("account").first()
    if found is None:
        raise Http404
    return found


@acting(Function.ADMINISTRATOR)
def end_post(request: ActingRequest, post: UUID) -> HttpResponse:
    """Asks, also who takes over what nobody else has, then ends a post of the own body."""
    found, by = _colleague(request, post), request.acting
    verdict, left = rules.may_end(by, found, queries.last_overseer(found.body_id)), leaving.count(by, found)
    form = HeirForm(request.POST if request.method == "POST" else None, heirs=queries.heirs(by, found))
    if request.method == "POST" and (not left or form.is_valid()):
        heir = form.cleaned_data["heir"] if left else None
        handed = services.end_post(by=by, post=found, heir=heir)
        messages.success(request, _("The post has ended; it opens nothing any more."))
        if heir and handed:
            sentence = ngettext("%(count)s case is now with %(name)s.", "%(count)s cases are now with %(name)s.", handed)
            messages.success(request, sentence % {"count": handed, "name": heir.holder_name})
        return redirect("accounts:colleagues")
    context = {"post": found, "verdict": verdict, "left": left, "form": form, "back_url": reverse("accounts:colleagues")}
    return render(request, "accounts/end_post.html", context)


@acting(Function.ADMINISTRATOR)
def lost_telephone(request: ActingRequest, post: UUID) -> HttpResponse:
    """Asks, then takes away the second factor of a colleague who lost it."""
    found = _colleague(request, post)
    if request.method == "POST":
        services.remove_second_factor(by=request.acting, post=found)
        messages.success(request, _("The second factor is removed. At the next sign-in a new telephone is set up."))
        return redirect("accounts:colleagues")
    verdict = rules.may_remove_second_factor(request.acting, found, queries.bodies_of(found.account_id))
    context = {"post": found, "verdict": verdict, "back_url": reverse("accounts:colleagues")}
    return render(request, "accounts/lost_telephone.html", context)
