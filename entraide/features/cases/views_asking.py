"""Asking the person: about whom, what for and in which language; the text to show or read; what she said."""

from contextlib import nullcontext
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from entraide.features.cases import consent, queries, rules, texts
from entraide.features.cases.agreements import AgreementText
from entraide.features.cases.choices import SHAREABLE, TREATED_AS_CHILD, Group, Purpose
from entraide.features.cases.forms_consent import AnswerForm, AskForm, RecipientFilter, RefusalForm
from entraide.features.cases.models import Case
from entraide.features.cases.pages import attempt, back_to, onward, page_of, posted
from entraide.features.cases.views_record import writable
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Verdict, require
from entraide.kernel.access.sides import POLICING
from entraide.kernel.accounts import queries as accounts
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body
from entraide.ui.parts import Row

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "ku", "dv", "yi", "prs", "ckb", "sd", "ug"})
COMPLETE = frozenset({"en", "fr"})
"""Languages into which this site is translated as a whole."""
ONWARD = {"agreement": "cases:ask", "duty": "cases:legal_duty", "transfer": "cases:transfer_basis"}


@acting(*HOLDS_CASES)
def recipients(request: ActingRequest, case: UUID, name: str) -> HttpResponse:
    """Chooses the body that an agreement, a legal duty or a basis of transfer is about."""
    found = writable(request.acting, case)
    if name not in ONWARD:
        raise Http404
    countries = sorted(set(bodies.listed(vetted="yes").exclude(country="").values_list("country", flat=True)))
    chosen = RecipientFilter(request.GET, countries=countries)
    chosen.is_valid()
    wanted = {key: chosen.cleaned_data.get(key, "") for key in ("text", "country", "kind")}
    # Without a name only those who may receive; somebody looked for by name is shown with the reason why not.
    listed = bodies.listed(**wanted, vetted="" if wanted["text"] else "yes").exclude(pk=found.holder)
    page = page_of(request, listed)
    offers = [(body, reverse(ONWARD[name], args=[case, body.pk]), _verdict(request.acting, found, body).sentence) for body in page]
    titles = {
        "agreement": _("About which body do you ask the person?"),
        "duty": _("To whom does the law oblige you to pass data on?"),
        "transfer": _("To which body would the data go?"),
    }
    context = {
        "case": found, "filter": chosen, "page": page, "offers": offers, "title": titles[name], "narrowed": any(wanted.values()),
        "back_url": back_to(found, "agreements"),
    }  # fmt: skip
    return render(request, "cases/recipients.html", context)


def _verdict(by: Acting, case: Case, body: Body) -> Verdict:
    return rules.may_ask(by, case, body, vetted=bool(getattr(body, "vetted", False)))  # annotated by bodies.listed()


def recipient_of(by: Acting, case: Case, body: UUID) -> Body:
    """The body, if the person can be asked about it."""
    found = bodies.with_vetting().filter(pk=body).first()
    if found is None:
        raise Http404
    require(_verdict(by, case, found))
    return found


@dataclass(frozen=True)
class Question:
    """What the person is asked, as the address says it: codes, and the wording."""

    case: Case
    recipient: Body
    form: AskForm

    @property
    def police(self) -> bool:
        """Whether copies may not come back."""
        return self.recipient.kind in POLICING

    @property
    def child(self) -> bool:
        """Whether a guardian must agree too."""
        return self.case.age in TREATED_AS_CHILD

    @property
    def purpose(self) -> str:
        """What the recipient would use the data for."""
        return str(self.form.cleaned_data["purpose"])

    @property
    def groups(self) -> list[str]:
        """The field groups asked for, in their order."""
        return [group.value for group in SHAREABLE if group.value in self.form.cleaned_data["groups"]]

    @property
    def text(self) -> AgreementText:
        """The wording shown."""
        found: AgreementText = self.form.cleaned_data["text"]
        return found

    def address(self, route: str) -> str:
        """A page of the flow about this very question."""
        asked = QueryDict(mutable=True)
        asked["purpose"], asked["text"] = self.purpose, str(self.text.pk)
        asked.setlist("groups", self.groups)
        if self.form.cleaned_data["then"]:
            asked["then"] = self.form.cleaned_data["then"]
        return f"{reverse(route, args=[self.case.pk, self.recipient.pk])}?{asked.urlencode()}"


def _question(request: ActingRequest, case: UUID, body: UUID, *, bound: bool = True) -> Question:
    found = writable(request.acting, case)
    recipient = recipient_of(request.acting, found, body)
    child = found.age in TREATED_AS_CHILD
    offered = texts.offered(found)
    if bound:
        return Question(found, recipient, AskForm(request.GET, texts=offered, child=child))
    spoken = queries.read(by=request.acting, case=found, groups=[Group.COMMUNICATION]).get(Group.COMMUNICATION, {})
    languages = [str(spoken.get(name, "")) for name in ("prs_PrimaryLanguage", "prs_SecondaryLanguage")]
    initial = {"text": texts.choose(found, languages), **{name: request.GET.get(name, "") for name in ("purpose", "then")}}
    return Question(found, recipient, AskForm(initial=initial, texts=offered, child=child))


@acting(*HOLDS_CASES)
def ask(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """What for, which kinds of information, in which language."""
    return _asked(request, _question(request, case, body, bound=False))


def _asked(request: ActingRequest, question: Question) -> HttpResponse:
    context = {
        "case": question.case, "recipient": question.recipient, "form": question.form, "police": question.police, "child": question.child,
        "show_url": reverse("cases:show", args=[question.case.pk, question.recipient.pk]),
        "no_texts": not texts.offered(question.case).exists(),
        "back_url": onward(request, reverse("cases:recipients", args=[question.case.pk, "agreement"])),
    }  # fmt: skip
    return render(request, "cases/ask.html", context)


@acting(*HOLDS_CASES)
def show(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """The page to show or read to the person."""
    question = _question(request, case, body)
    if not question.form.is_valid():
        return _asked(request, question)
    language = question.text.language
    context = {
        "case": question.case, "question": question, "said": _said(request.acting, question), "translated": language in COMPLETE,
        "parts": texts.parts(question.text), "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr", "refusal": RefusalForm(),
        "answer_url": question.address("cases:answer"), "refuse_url": question.address("cases:refuse"),
        "back_url": question.address("cases:ask"),
    }  # fmt: skip
    return render(request, "cases/show.html", context)


def _said(by: Acting, question: Question) -> list[Row]:
    """The list of which the text speaks: in the language of the text where this site speaks it, else in the reader's."""
    with override(question.text.language) if question.text.language in COMPLETE else nullcontext():
        who = (question.recipient.name, question.recipient.country_label)
        return [
            Row(_("To whom"), "\n".join(part for part in who if part)),
            Row(_("What for"), str(Purpose(question.purpose).label)),
            Row(_("What we ask to share"), "\n".join(str(Group(group).label) for group in question.groups)),
            Row(_("Until when"), _("Until a day that you choose. We ask you for it.")),
            Row(_("Data protection officer"), _officers(by)),
        ]


def _officers(by: Acting) -> str:
    """The names on the list that the text speaks of, with an address."""
    found = accounts.data_protection(by.body)
    return "\n".join(f"{post.holder_name}, {post.account.email}" for post in found) or _("Nobody is named: ask whoever helps you.")


@acting(*HOLDS_CASES)
def answer(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """What the person agreed to."""
    question = _question(request, case, body)
    if not question.form.is_valid():
        return _asked(request, question)
    form = AnswerForm(posted(request), asked=question.groups, police=question.police, child=question.child)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _agree(request.acting, question, form)):
        messages.success(request, _("The agreement is recorded. It can be narrowed or withdrawn at any time, in one step."))
        return redirect(onward(request, reverse("cases:agreement", args=[case, form.cleaned_data["once"]])))
    context = {
        "case": question.case, "question": question, "form": form, "refusal": RefusalForm(), "refuse_url": question.address("cases:refuse"),
        "purpose": Purpose(question.purpose).label, "back_url": question.address("cases:show"),
    }  # fmt: skip
    return render(request, "cases/answer.html", context)


def _agree(by: Acting, question: Question, form: AnswerForm) -> None:
    given = form.cleaned_data
    consent.record_agreement(
        by=by, case=question.case, recipient=question.recipient, purpose=question.purpose, groups=given["groups"],
        valid_until=given["valid_until"], text=question.text, manner=given["manner"], interpreter=given["interpreter"],
        guardian=given["guardian"], witness=given["witness"],
        told_copies_stay=bool(given.get("told_copies_stay")), identifier=given["once"],
    )  # fmt: skip


@require_POST
@acting(*HOLDS_CASES)
def refuse(request: ActingRequest, case: UUID, body: UUID) -> HttpResponse:
    """The person said no: recorded in one step, and help goes on."""
    question = _question(request, case, body)
    form = RefusalForm(request.POST)
    if not question.form.is_valid() or not form.is_valid():
        return _asked(request, question)
    consent.record_refusal(
        by=request.acting, case=question.case, recipient=question.recipient, purpose=question.purpose, text=question.text,
        identifier=form.cleaned_data["once"],
    )  # fmt: skip
    messages.success(request, _("The refusal is recorded. Nothing goes to this body, and every other help goes on as before."))
    return redirect(onward(request, back_to(question.case, "agreements")))
