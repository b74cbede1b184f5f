"""What the team and the secretariat do: moves, the team, the draft, lots."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.features.monitoring import forms, forms_rounds, paper, queries, rules, services, telling
from entraide.features.monitoring.choices import MACHINE, TRAVELS, WORKS_ON_IT, EditionKind, ParagraphKind
from entraide.features.monitoring.models import Edition, Evaluation, Evidence, Finding, Paragraph, Reviewer, Scope
from entraide.features.monitoring.views.asking import ask, posted
from entraide.features.texts.queries import label
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.queries import current_posts
from entraide.kernel.base.countries import language_name
from entraide.kernel.bodies import queries as bodies
from entraide.ui.parts import Link
from entraide.ui.templatetags.ui import colon

FOLLOWS = {
    "begin": gettext_lazy("The State is asked for its replies."),
    "visit": gettext_lazy("The team keeps the programme and its notes; they stay with the team."),
    "write": gettext_lazy("A working draft begins. Only the team and the secretariat see it."),
    "send_draft": gettext_lazy("The State gets a copy without the evidence of NGOs and of the visit. The clock for its comments starts."),
    "take_comments": gettext_lazy("The State can no longer comment. The team revises the draft."),
    "adopt": gettext_lazy("The draft becomes the final report and no longer changes. The State, the committee and the team see it."),
    "publish": gettext_lazy("Everybody will see the report, also without signing in. It cannot be called back."),
    "close": gettext_lazy("The procedure ends. What is published stays to be read."),
}  # fmt: skip


@acting(*WORKS_ON_IT)
def move(request: ActingRequest, evaluation: UUID, name: str) -> HttpResponse:
    """Asks once more, then makes a move."""
    found = queries.evaluation(evaluation)
    if name not in {each.name for each in MACHINE.moves}:
        raise Http404
    require(rules.may_move(request.acting, found, name))
    label = str(MACHINE.move(name).label)
    return ask(
        request, forms.BareForm(posted(request)), title=label, button=label, back=found.get_absolute_url(),
        caption=f"{found.state_name}, {found.round.name}", follows=str(FOLLOWS[name]),
        warning=" ".join(each for each in _warnings(found, name) if each),
        verb=lambda _given: services.move(by=request.acting, evaluation=found, name=name), done=_("Done: %(move)s.") % {"move": label},
    )  # fmt: skip


def _warnings(found: Evaluation, name: str) -> list[str]:
    """What to look at before the draft leaves the team."""
    draft = Edition.objects.filter(evaluation=found, kind=EditionKind.DRAFT).first() if name in {"send_draft", "adopt"} else None
    if draft is None:
        return []
    return [_named_ngos(draft) if name == "send_draft" else "", *telling.languages_behind(paper.lines(draft))]


def _named_ngos(draft: Edition) -> str:
    """A warning where the draft itself, or evidence that goes along, names a body that gave evidence in confidence."""
    givers = [bodies.get(pk) for pk in services.confidential_givers(draft)]
    goes = Evidence.objects.filter(edition=draft, origin__in=TRAVELS).values_list("title", "url")
    words = [*(words for line in paper.lines(draft) for words in line.row.texts.values()), *(part for row in goes for part in row)]
    text = " ".join(words).lower()
    named = [body.name for body in givers if any(name.lower() in text for name in body.names.values())]
    if not named:
        return ""
    return _(
        "The text or the evidence of the draft names %(bodies)s, who told the team in confidence. Look at these places before you send."
    ) % {"bodies": ", ".join(named)}


@acting(Function.SECRETARIAT)
def appoint(request: ActingRequest, evaluation: UUID) -> HttpResponse:
    """An expert into the team."""
    found = queries.evaluation(evaluation)
    require(rules.may_manage(request.acting, found.round.mechanism))
    posts = current_posts().filter(body=request.acting.body, function=Function.EVALUATOR)
    form = forms.AppointForm(posted(request), choices={"post": [(str(post.pk), post.holder_name) for post in posts]})

    def verb(given: dict[str, Any]) -> None:
        services.appoint(by=request.acting, evaluation=found, post=UUID(given["post"]))

    return ask(request, form, title=_("Appoint an expert"), back=found.get_absolute_url(), verb=verb, done=_("The expert is in the team."))


@acting(Function.SECRETARIAT)
def dismiss(request: ActingRequest, reviewer: UUID) -> HttpResponse:
    """Out of the team."""
    found = Reviewer.objects.select_related("evaluation__round__mechanism").filter(pk=reviewer, ended_on__isnull=True).first()
    if found is None:
        raise Http404
    require(rules.may_manage(request.acting, found.evaluation.round.mechanism))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Take out of the team"), back=found.evaluation.get_absolute_url(),
        follows=_("From now on this expert sees none of the papers that are not public."),
        verb=lambda _given: services.dismiss(by=request.acting, reviewer=found), done=_("The expert has left the team."),
    )  # fmt: skip


@acting(Function.EVALUATOR)
def declare(request: ActingRequest) -> HttpResponse:
    """A tie to a State, declared by the expert herself."""
    states = {state for state in bodies.listed(form="state").values_list("country", flat=True) if state}
    states |= set(Evaluation.objects.values_list("state", flat=True))
    form = forms.InterestForm(posted(request), choices={"state": forms.state_choices(states)})
    return ask(
        request, form, title=_("Declare a tie to a State"), back=reverse("monitoring:index"),
        follows=_("You cannot evaluate a State to which you are tied. If you are in its team, you leave it at once."),
        verb=lambda given: services.declare(by=request.acting, **given), done=_("Your declaration is recorded."),
    )  # fmt: skip


def _draft(edition: UUID, request: ActingRequest) -> Edition:
    found = queries.edition(edition)
    require(rules.may_write(request.acting, found))
    return found


@acting(*WORKS_ON_IT)
def add(request: ActingRequest, edition: UUID, after: int | None = None) -> HttpResponse:
    """A new line of the draft: at its end, or after a place."""
    found = _draft(edition, request)
    languages = {"language": forms.language_choices(found.evaluation.round.mechanism)}
    form = forms.ParagraphForm(posted(request), choices=languages, initial={"language": services.spoken(request.acting, found)})
    return ask(
        request, form, title=_("Add to the draft"), caption=found.title, back=found.get_absolute_url(),
        verb=lambda given: services.add_paragraph(by=request.acting, edition=found, after=after, **given), done=_("The draft is saved."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def revise(request: ActingRequest, paragraph: UUID) -> HttpResponse:
    """Another wording of a line, in any language of the mechanism; from here also all else that is done to it."""
    found = queries.paragraph(paragraph)
    languages = found.edition.evaluation.round.mechanism.languages
    language = request.GET.get("language") or services.spoken(request.acting, found.edition)
    require(rules.may_write_in(request.acting, found.edition, language))
    now = found.texts.get(language, "")
    form = forms.ReviseForm(posted(request), initial={"text": now, "seen": now})
    if not now or language in found.behind or len(found.texts) < 2:
        del form.fields["correction"]
    others = [f"{language_name(code)}{colon()} {text}" for code, text in found.texts.items() if code != language]
    return ask(
        request, form, title=_("Change the wording"), caption=found.edition.title, back=found.edition.get_absolute_url(),
        verb=lambda given: services.revise_paragraph(by=request.acting, paragraph=found, language=language, **given),
        done=_("The draft is saved."), tabs=[Link(language_name(code), f"?language={code}", code == language) for code in languages],
        listed=others, follows=_("This text has not followed a change in another language.") if language in found.behind else "",
        others=_on_this(found, request.LANGUAGE_CODE),
    )  # fmt: skip


def _on_this(paragraph: Paragraph, language: str) -> list[tuple[str, str]]:
    """What else is done to a line: findings and their evidence, a line below, taking it out."""
    found: list[tuple[str, str]] = []
    if paragraph.kind != ParagraphKind.HEADING:
        findings = Finding.objects.filter(paragraph=paragraph).select_related("provision__document").order_by("created_at")
        for each in findings:
            words = _("Add evidence: %(obligation)s") % {"obligation": label(each.provision, language)}
            found.append((words, reverse("monitoring:prove", args=[each.pk])))
        found.append((_("Add a finding"), reverse("monitoring:find", args=[paragraph.pk])))
    found.append((_("Add a paragraph below"), reverse("monitoring:add_after", args=[paragraph.edition_id, paragraph.place])))
    return [*found, (_("Take this paragraph out"), reverse("monitoring:remove", args=[paragraph.pk]))]


@acting(*WORKS_ON_IT)
def remove(request: ActingRequest, paragraph: UUID) -> HttpResponse:
    """Takes a line out."""
    found = queries.paragraph(paragraph)
    require(rules.may_write(request.acting, found.edition))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Take this paragraph out"), caption=found.text[:200],
        back=found.edition.get_absolute_url(), follows=_("Its findings, evidence and recommendation go with it; the numbers close up."),
        verb=lambda _given: services.remove_paragraph(by=request.acting, paragraph=found), done=_("The draft is saved."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def find(request: ActingRequest, paragraph: UUID) -> HttpResponse:
    """What a paragraph finds of an obligation."""
    found = queries.paragraph(paragraph)
    require(rules.may_write(request.acting, found.edition))
    scope = Scope.objects.filter(round=found.edition.evaluation.round).select_related("provision__document").order_by("place")
    provisions = {str(each.provision_id): each.provision for each in scope}
    choices = {"provision": forms.provision_choices(list(provisions.values()), request.LANGUAGE_CODE)}
    form = forms.FindingForm(posted(request), choices=choices)

    def verb(given: dict[str, Any]) -> None:
        services.add_finding(by=request.acting, paragraph=found, provision=provisions[given["provision"]], result=given["result"])

    return ask(
        request, form, title=_("A finding"), caption=found.text[:200], back=found.edition.get_absolute_url(), verb=verb,
        done=_("The finding is recorded."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def prove(request: ActingRequest, finding: UUID) -> HttpResponse:
    """What a finding rests on."""
    found = queries.finding(finding)
    require(rules.may_write(request.acting, found.edition))
    answers = {str(each.pk): each for each in queries.answers_on(found.provision_id, found.edition.evaluation.state)}
    listed = [(key, f"{each.reply.name}{colon()} {each.question.label}"[:160]) for key, each in answers.items()]
    form = forms.EvidenceForm(posted(request), choices={"answer": [("", _("None")), *listed]})

    def verb(given: dict[str, Any]) -> None:
        answer = answers.get(given.pop("answer"))
        if answer:
            services.cite(by=request.acting, finding=found, answer=answer)
        else:
            services.add_evidence(by=request.acting, finding=found, **given)

    return ask(
        request, form, title=_("Evidence"), caption=found.paragraph.text[:200], back=found.edition.get_absolute_url(), verb=verb,
        done=_("The evidence is recorded."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def recommend(request: ActingRequest, edition: UUID) -> HttpResponse:
    """A recommendation at the end of the draft."""
    found = _draft(edition, request)
    findings = {str(each.pk): each for each in Finding.objects.filter(edition=found).select_related("paragraph", "provision")}
    before = {str(each.pk): each for each in queries.earlier_recommendations(found.evaluation)}
    nothing, spoken = [("", _("None"))], {"language": services.spoken(request.acting, found)}
    choices = {
        "verb": forms.verb_choices(found.evaluation.round.mechanism),
        "language": forms.language_choices(found.evaluation.round.mechanism),
        "finding": [*nothing, *((key, each.paragraph.text[:120]) for key, each in findings.items())],
        "earlier": [*nothing, *forms.recommendation_choices(list(before.values()))],
    }

    def verb(given: dict[str, Any]) -> None:
        rests_on, continued = findings.get(given.pop("finding")), before.get(given.pop("earlier"))
        services.recommend(by=request.acting, edition=found, finding=rests_on, earlier=continued, **given)

    return ask(
        request, forms.RecommendForm(posted(request), choices=choices, initial=spoken), title=_("Add a recommendation"),
        caption=found.title, back=found.get_absolute_url(), verb=verb, done=_("The recommendation is in the draft."),
    )  # fmt: skip


@acting(Function.SECRETARIAT)
def draw(request: ActingRequest, draw: UUID) -> HttpResponse:
    """Enters the seed and draws."""
    found = queries.draw(draw)
    require(rules.may_manage(request.acting, found.round.mechanism))
    return ask(
        request, forms_rounds.SeedForm(posted(request)), title=_("Draw the lots"), back=found.get_absolute_url(),
        follows=_("The lots are drawn once and published at once, with the seed."),
        verb=lambda given: services.draw(by=request.acting, drawn=found, **given), done=_("The lots are drawn."),
    )  # fmt: skip
