"""The components, one tag each; what they take and an example stand in `entraide/ui/README.md`."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entraide.ui import moments, parts
from entraide.ui.narrowing import RowsFilter
from entraide.ui.paging import turn
from entraide.ui.summary import faults

register = template.Library()
register.filter(moments.moment)
register.filter(moments.moment_utc)
Answer = dict[str, Any]  # a template context: values of any type, by nature


@register.filter
def bdi(reference: object) -> SafeString:
    """A reference or a foreign name that keeps its own direction."""
    return format_html("<bdi>{}</bdi>", reference)


@register.simple_tag
def colon() -> str:
    """What stands between a label and its value, with the space that the language puts before it."""
    return _("%(label)s:") % {"label": ""}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*forms: "BaseForm | BaseFormSet[BaseForm]") -> Answer:
    return {"faults": faults(*forms)}


@register.inclusion_tag("ui/components/button.html")
def button(label: str, href: str = "", kind: str = "", name: str = "", value: str = "", reason: str = "") -> Answer:
    """With a `reason` it is no button but the sentence why not."""
    return {"label": label, "href": href, "kind": kind, "name": name, "value": value, "reason": reason}


@register.inclusion_tag("ui/components/status_tag.html")
def status_tag(label: str, kind: str = "neutral") -> Answer:
    return {"label": label, "kind": kind}


@register.inclusion_tag("ui/components/invented.html")
def invented() -> Answer:
    return {}


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Sequence[parts.Row]) -> Answer:
    return {"rows": rows, "has_actions": any(row.url for row in rows)}


@register.inclusion_tag("ui/components/task_list.html")
def task_list(tasks: Sequence[parts.Task], name: str = "tasks") -> Answer:
    return {"tasks": tasks, "name": name}


@register.inclusion_tag("ui/components/table.html")
def table(caption: str, columns: Sequence[parts.Column], rows: Sequence[Sequence[parts.Cell]], caption_hidden: bool = False) -> Answer:
    lines = [list(zip(columns, row, strict=True)) for row in rows]
    return {"caption": caption, "columns": columns, "lines": lines, "caption_hidden": caption_hidden}


@register.inclusion_tag("ui/components/comparison.html")
def comparison(mine: Sequence[tuple[parts.Text, parts.Text]], theirs: Sequence[tuple[parts.Text, parts.Text]]) -> Answer:
    """Two versions line by line; a line that only one of them has is shown too."""
    ours, others = dict(mine), dict(theirs)
    labels = list(dict.fromkeys([*ours, *others]))
    return {"lines": [parts.Difference(label, ours.get(label, ""), others.get(label, "")) for label in labels]}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], param: str = "page") -> Answer:
    request: HttpRequest = context["request"]
    return turn(page, request.GET, param)


@register.inclusion_tag("ui/components/filter_panel.html")
def filter_panel(form: BaseForm, clear_url: str = "?", opened: bool = False) -> Answer:
    """Over a list whose rows all answer alike it is nothing; where nothing answers as asked it says so. `opened`: one comes to search."""
    if isinstance(form, RowsFilter):
        narrowed = not form.is_valid() or bool(form.answers)
        shown, none = narrowed or form.narrows, not form.kept
        return {"form": form, "clear_url": clear_url, "narrowed": narrowed, "shown": shown, "none": none, "opened": opened}
    narrowed = form.is_bound and (not form.is_valid() or any(form.cleaned_data.values()))
    return {"form": form, "clear_url": clear_url, "narrowed": narrowed, "shown": True, "none": False, "opened": opened}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(links: Sequence[parts.Link], label: str) -> Answer:
    return {"links": links, "label": label}


@register.inclusion_tag("ui/components/breadcrumbs.html")
def breadcrumbs(links: Sequence[parts.Link]) -> Answer:
    return {"links": links}


@register.inclusion_tag("ui/components/back_link.html")
def back_link(url: str, label: str = "") -> Answer:
    return {"url": url, "label": label or _("Back")}


@register.inclusion_tag("ui/components/panel.html")
def panel(title: str, text: str = "", ref: str = "") -> Answer:
    return {"title": title, "text": text, "ref": ref}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(moments: Sequence[parts.Moment]) -> Answer:
    return {"moments": moments}


@register.inclusion_tag("ui/components/tracks.html")
def tracks(tracks: Sequence[parts.Track]) -> Answer:
    return {"tracks": tracks}


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(title: str, sentence: str, action: str = "", url: str = "") -> Answer:
    return {"title": title, "sentence": sentence, "action": action, "url": url}


@register.inclusion_tag("ui/components/progress.html")
def progress(label: str, done: int, total: int) -> Answer:
    return {"label": label, "done": done, "total": total}


@register.inclusion_tag("ui/components/contact_rules.html")
def contact_rules(when: str = "", how: str = "", never: str = "") -> Answer:
    return {"when": when, "how": how, "never": never}


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def summary_row(content: SafeString, key: str) -> SafeString:
    """A row of a summary list whose value is more than text: links, tags, several lines."""
    return format_html(
        '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd></div>',
        key,
        content,
    )


@register.simple_block_tag
def warning(content: SafeString) -> SafeString:
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{}</span> {}</strong></div>',
        _("Warning:"),
        content,
    )


@register.simple_block_tag
def details(content: SafeString, summary: str) -> SafeString:
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def scroll(content: SafeString, label: str) -> SafeString:
    """A wide thing that scrolls in its own box, never the page; reachable by keyboard."""
    return format_html('<div class="ui-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)
