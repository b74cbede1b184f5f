"""How a referral is shown: colours of states, the clock in words, the summary that both sides see, the lines of its history."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.features.cases import fields
from entraide.features.cases import queries as cases
from entraide.features.cases.choices import SHAREABLE, Group
from entraide.features.cases.models import Case
from entraide.features.cases.queries import SafeContact
from entraide.features.referrals import rules, talk
from entraide.features.referrals.choices import AFTER_ACCEPTANCE, RUN_OUT, SENDER, Need, State
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access.context import Acting
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name, language_name
from entraide.kernel.bodies.models import Body
from entraide.ui.moments import moment, moment_utc
from entraide.ui.parts import Kind, Moment, Row, in_one_line

Referral = OutgoingReferral | IncomingReferral
KINDS: dict[str, Kind] = {
    State.DRAFT: "neutral", State.SENT: "waiting", State.QUERIED: "waiting", State.OFFERED: "waiting", State.TELEPHONED: "waiting",
    State.ACCEPTED: "active", State.ARRIVED: "active", State.NOT_ARRIVED: "late", State.CLOSED: "done", State.DECLINED: "special",
    State.NO_CAPACITY: "special", State.RECALLED: "neutral", State.EXPIRED: "late", State.DISCARDED: "neutral",
}  # fmt: skip


def kind_of(referral: Referral) -> Kind:
    """The colour of a referral's state; late is always late."""
    return "late" if rules.is_late(referral) else KINDS[referral.state]


def place(body: Body) -> str:
    """A body with its country."""
    return _("%(body)s (%(country)s)") % {"body": body.name, "country": country_name(body.country)} if body.country else body.name


def how_long(span: timedelta) -> str:
    """A span in the largest unit that still says something: days, hours or minutes."""
    minutes = max(1, int(abs(span).total_seconds() // 60))
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def clock_words(referral: Referral) -> str:
    """Until when an answer is due and how long that still is; empty where nobody waits for one."""
    if referral.reply_by is None or referral.state not in RUN_OUT | {State.TELEPHONED}:
        return ""
    left = referral.reply_by - clock.now()
    words = {"moment": moment(referral.reply_by), "span": how_long(left)}
    return (_("%(moment)s: late by %(span)s") if left <= timedelta() else _("%(moment)s: %(span)s left")) % words


def groups_in(names: Iterable[str]) -> list[str]:
    """Groups to which permanent field ids belong, in their order."""
    found = {fields.get(name).group for name in names}
    return [str(group) for group in SHAREABLE if group in found]


def groups_of(names: Iterable[str]) -> list[tuple[str, list[str]]]:
    """[(group label, [field label])] of permanent field ids, in the order of the groups."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(fields.get(name).group, []).append(fields.get(name).label)
    return [(str(group.label), found[group]) for group in SHAREABLE if group in found]


def asked_rows(referral: OutgoingReferral) -> dict[str, str]:
    """What of a draft can be changed, in words: for whoever must compare two versions."""
    return {
        _("Help asked for"): in_one_line(Need(need).label for need in referral.needs),
        _("How soon is an answer needed?"): referral.get_urgency_display(),
        _("Reply by"): moment(referral.reply_by),
        _("What may go"): group_labels(group for group in SHAREABLE if group in referral.chosen),
    }


def group_labels(groups: Iterable[str]) -> str:
    """Field groups in one line."""
    return in_one_line(Group(group).label for group in groups)


def summary_rows(referral: Referral) -> list[Row]:
    """What the recipient sees before accepting: it names nobody. The sender's preview shows these very rows."""
    asked = ", ".join(str(Need(need).label) for need in referral.needs) or _("Not said")
    spoken = ", ".join(language_name(code) for code in referral.languages) or _("Not said")
    gender = fields.get("prs_Gender").shown(referral.gender) if referral.gender else _("Not said")
    kinds = "\n".join(label for label, _names in groups_of(referral.fields)) or _("Nothing yet")
    rows = [
        Row(_("Sender"), place(referral.sender)),
        Row(_("Sender’s reference"), referral.reference, ref=True),
        Row(_("Purpose"), referral.get_purpose_display()),
        Row(_("Help asked for"), asked),
        Row(_("Urgency"), referral.get_urgency_display()),
        Row(_("Reply by"), moment(referral.reply_by)),
        Row(_("Age"), referral.get_age_display()),
    ]
    if referral.state != State.DRAFT or referral.fields:  # of a draft this is known when it is looked at before sending
        rows += [Row(_("Gender"), gender), Row(_("Languages"), spoken), Row(_("Comes after acceptance"), kinds)]
    if referral.by_telephone:
        rows.insert(2, Row(_("Agreed by telephone"), moment(referral.called_at)))
    if referral.agreed_until:
        rows.append(Row(_("The person agreed until"), date_format(referral.agreed_until)))
    return rows


def safe_contact(by: Acting, case: Case | None) -> SafeContact | None:
    """The rules of a case that this side holds; None where there is nobody to contact. The reading is recorded."""
    return None if case is None or case.erased_on is not None else cases.safe_contact(by=by, case=case)


def case_url(name: str, case: UUID) -> str:
    """A page of a case."""
    return reverse(f"cases:{name}", args=[case])


def words(by: Acting, referral: Referral) -> list[Moment]:
    """What the two sides said to each other, newest first; the reading is recorded."""
    titles = {"question": _("Question"), "answer": _("Answer"), "conditions": _("Conditions")}
    names = {True: referral.sender.name, False: referral.recipient.name}
    said = reversed(talk.read(by=by, referral=referral))
    found = [Moment(one.at, titles[one.kind], by=names[one.by == SENDER], text=one.text) for one in said]
    if isinstance(referral, OutgoingReferral) and referral.called_at and (account := talk.read_call(by=by, referral=referral)):
        found.append(Moment(referral.called_at, _("What was said and agreed by telephone"), by=names[True], text=account))
    return found


def history(referral: Referral) -> list[Moment]:
    """What happened and when, newest first."""
    sender, recipient = referral.sender.name, referral.recipient.name
    told = referral.get_withdrawal_answer_display()
    steps = [
        (referral.called_at, _("Agreed by telephone, says the sender"), sender),
        (referral.sent_at, _("Recorded after the call") if referral.by_telephone else _("Sent"), sender),
        (referral.answered_at, _answered(referral), recipient),
        (referral.arrived_at, _("Arrival confirmed: responsibility passed"), recipient),
        (referral.closed_at, referral.get_outcome_display(), recipient),
        (referral.withdrawn_at, _("The person withdrew an agreement"), sender),
        (referral.withdrawal_answered_at, told, recipient),
    ]
    if referral.state in {State.RECALLED, State.EXPIRED, State.NOT_ARRIVED, State.DISCARDED}:
        steps.append((referral.changed_at, referral.get_state_display(), ""))
    if isinstance(referral, OutgoingReferral):
        steps.append((referral.created_at, _("Draft begun"), sender))
    moments = [Moment(when, title, by=who) for when, title, who in steps if when]
    return sorted(moments, key=lambda one: one.when, reverse=True)


def _answered(referral: Referral) -> str:
    if referral.state in {State.DECLINED, State.NO_CAPACITY}:
        return referral.get_state_display()
    return _("Accepted") if referral.state in AFTER_ACCEPTANCE else _("Last answer")


def ending(referral: Referral) -> list[Row]:
    """How it ended, where it did: reason, outcome."""
    rows = []
    if referral.reason:
        rows.append(Row(_("Reason"), referral.get_reason_display()))
    if referral.outcome:
        rows.append(Row(_("Outcome"), referral.get_outcome_display()))
    return rows


def receipt_rows(referral: Referral) -> list[Row]:
    """Who received whom, by reference only, when, and where responsibility passed."""
    return [
        Row(_("Receipt number"), str(referral.thread), ref=True),
        Row(_("Person"), _("The person of reference %(reference)s; no name stands on this page.") % {"reference": referral.reference}),
        Row(_("Handed over by"), place(referral.sender)),
        Row(_("Received by"), place(referral.recipient)),
        Row(_("Purpose"), referral.get_purpose_display()),
        Row(_("Sent"), moment_utc(referral.sent_at)),
        Row(_("Accepted"), moment_utc(referral.answered_at)),
        Row(_("Arrival confirmed"), moment_utc(referral.arrived_at)),
        Row(_("Responsible from then on"), place(referral.recipient)),
    ]
