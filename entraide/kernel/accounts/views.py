"""Choosing the post to act for, and the administrator's list of posts."""

from uuid import UUID

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts import queries, rules, services
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import SESSION_KEY, ActingRequest, acting, signed_in
from entraide.kernel.accounts.forms import ColleaguesFilter, GivePostForm
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.audit.services import record


@signed_in
def posts(request: HttpRequest) -> HttpResponse:
    """Which of one's posts to act for."""
    assert isinstance(request.user, Account)
    return render(
        request, "accounts/posts.html", {"posts": queries.posts_held(request.user.pk), "chosen": request.session.get(SESSION_KEY)}
    )


@require_POST
@signed_in
def switch(request: HttpRequest) -> HttpResponse:
    """Takes up another of one's own posts."""
    assert isinstance(request.user, Account)
    wanted = request.POST.get("post", "")
    chosen = next((post for post in queries.posts_held(request.user.pk) if str(post.post) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = wanted
    record(by=chosen.acting(request.user), action="accounts.switch", kind="post", object_id=chosen.post)
    onward = request.POST.get("next", "/")
    return redirect(onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "/")


@acting(Function.ADMINISTRATOR)
def colleagues(request: ActingRequest) -> HttpResponse:
    """Posts at the own body."""
    chosen = ColleaguesFilter(request.GET)
    held = queries.current_posts().filter(body=request.acting.body)
    if chosen.is_valid() and chosen.cleaned_data["function"]:
        held = held.filter(function=chosen.cleaned_data["function"])
    page = Paginator(held, 25).get_page(request.GET.get("page"))
    rows = [(post, rules.may_end(request.acting, post)) for post in page]
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
            _invite(request, form.cleaned_data["email"])
            messages.success(request, _("The post is given. A link to set a password is on its way."))
            return redirect("accounts:colleagues")
    return render(request, "accounts/give_post.html", {"form": form, "back_url": ".."})


def _invite(request: HttpRequest, email: str) -> None:
    reset = ResetPasswordForm({"email": email})
    if reset.is_valid():
        reset.save(request)


@require_POST
@acting(Function.ADMINISTRATOR)
def end_post(request: ActingRequest, post: UUID) -> HttpResponse:
    """Ends a post of the own body."""
    found = Post.objects.filter(pk=post, body=request.acting.body).first()
    if found is None:
        raise Http404
    services.end_post(by=request.acting, post=found)
    messages.success(request, _("The post has ended; it opens nothing any more."))
    return redirect("accounts:colleagues")
