"""Who opened this: for the data protection post of the body whose data it concerns."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.features.cases import queries as cases
from entraide.features.cases.choices import Group
from entraide.features.cases.text import TextField
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.accounts.models import Post
from entraide.kernel.api.queries import token_names
from entraide.kernel.audit import queries
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.audit.services import record
from entraide.kernel.audit.words import word
from entraide.kernel.base import clock
from entraide.ui.forms import DateField
from entraide.ui.parts import in_one_line

LONGEST_EXPORT = 50_000


class RecordFilter(forms.Form):
    """Narrows the record."""

    outcome = forms.ChoiceField(label=gettext_lazy("What happened"), required=False, choices=[("", gettext_lazy("All")), *Outcome.choices])
    post = forms.ChoiceField(label=gettext_lazy("By whom"), required=False)
    case = TextField(
        label=gettext_lazy("Case"), required=False, longest=40, help_text=gettext_lazy("Its reference, as it stands in this list.")
    )
    since = DateField(label=gettext_lazy("From"), required=False)
    until = DateField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: object, by: Acting, posts: dict[UUID, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.by = by
        post = self.fields["post"]
        assert isinstance(post, forms.ChoiceField)
        post.choices = [("", gettext_lazy("Everybody")), *((str(key), label) for key, label in posts.items())]

    def clean_case(self) -> UUID | None:
        """By its reference, or by the identifier that older links and files name."""
        typed = self.cleaned_data["case"]
        try:
            return UUID(typed) if typed else None
        except ValueError:
            found = cases.referred_to(self.by, typed)
        if found is None:
            raise forms.ValidationError(_("Your body has no case with this reference."))
        return found

    def applied(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The entries that match; all of them while the filter is wrong."""
        if not self.is_valid():
            return entries
        wanted = self.cleaned_data
        for name in ("outcome", "post", "case"):
            if wanted[name]:
                entries = entries.filter(**{name: wanted[name]})
        if wanted["since"]:
            entries = entries.filter(created_at__gte=_midnight(wanted["since"]))
        return entries.filter(created_at__lt=_midnight(wanted["until"] + timedelta(days=1))) if wanted["until"] else entries


def _midnight(day: date) -> datetime:
    """The record counts days as it shows times: in UTC, for everybody."""
    return datetime.combine(day, time(), UTC)


def _posts(request: ActingRequest) -> dict[UUID, str]:
    """Everybody who ever held a post at this body."""
    return {post.pk: post.label for post in Post.objects.filter(body=request.acting.body).order_by("holder_name")}


GROUPS = {**dict(Group.choices), "notes": gettext_lazy("Notes"), "links": gettext_lazy("Relatives and companions")}


def _groups(entry: AuditEntry) -> str:
    """Which groups of fields were read, in words."""
    return in_one_line(GROUPS[name] for name in entry.detail.get("groups", []) if name in GROUPS)


Row = tuple[AuditEntry, str | None, str, str, str | None, str]


def _row(entry: AuditEntry, posts: dict[UUID, str], tokens: dict[str, str], references: dict[UUID | None, str]) -> Row:
    who = posts.get(entry.post) if entry.post else None
    return entry, who, word(entry.action), _groups(entry), tokens.get(entry.detail.get("token", "")), references.get(entry.case, "")


@acting(Function.DATA_PROTECTION)
def openings(request: ActingRequest) -> HttpResponse:
    """Every reading of personal data of this body, and what else was done, refused or asked for in vain."""
    posts = _posts(request)
    data = request.GET.copy()
    data.setdefault("outcome", Outcome.READ)
    chosen = RecordFilter(data, by=request.acting, posts=posts)
    page = Paginator(chosen.applied(queries.visible()), 50).get_page(request.GET.get("page"))
    tokens = token_names(UUID(entry.detail["token"]) for entry in page if "token" in entry.detail)
    references = cases.references(request.acting, (entry.case for entry in page))
    rows = [_row(entry, posts, tokens, references) for entry in page]
    record(by=request.acting, action="record.list", outcome=Outcome.READ)
    return render(
        request, "record/openings.html", {"page": page, "rows": rows, "filter": chosen, "tail": queries.tail(), "query": data.urlencode()}
    )


@acting(Function.DATA_PROTECTION)
def export(request: ActingRequest) -> HttpResponse:
    """The same list as a CSV file: same rows, same rules."""
    posts = _posts(request)
    data = request.GET.copy()
    data.setdefault("outcome", Outcome.READ)
    entries = RecordFilter(data, by=request.acting, posts=posts).applied(queries.visible())[:LONGEST_EXPORT]
    references = cases.references(request.acting, (entry.case for entry in entries))
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("When (UTC)"), _("By whom"), _("Post"), _("What"), _("What happened"), _("Case"), _("Details"), _("Reference")])
    for entry in entries:
        who = posts.get(entry.post, "") if entry.post else ""
        detail = "; ".join(f"{name}={value}" for name, value in entry.detail.items())
        row = [
            entry.created_at.isoformat(),
            who,
            entry.post or "",
            word(entry.action),
            entry.get_outcome_display(),
            entry.case or "",
            detail,
            references.get(entry.case, ""),
        ]
        writer.writerow([_harmless(str(cell)) for cell in row])
    record(by=request.acting, action="record.export", outcome=Outcome.READ)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="record-{clock.today()}.csv"'
    return response


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
