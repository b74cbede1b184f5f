"""What must be on record before data leave, as a list of tasks that lead to where each is recorded."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.cases import queries as cases
from entraide.features.cases.choices import SHAREABLE, AgreementDecision, LegalBasisKind, TransferBasisKind
from entraide.features.referrals import package
from entraide.features.referrals.models import OutgoingReferral
from entraide.features.referrals.shown import case_url, group_labels
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.queries import reachable
from entraide.kernel.bodies import queries as bodies
from entraide.ui.parts import Task


def tasks(by: Acting, referral: OutgoingReferral) -> list[Task]:
    """Recipient, the person's agreement, legal basis and, over a border, the basis of transfer: three records, not one."""
    found = [_recipient(referral), _agreement(referral), _legal_basis(referral)]
    if referral.recipient.country != by.country:
        found.append(_transfer_basis(referral))
    return found


def _task(label: str, hint: str, *, done: bool, url: str = "", missing: str = "") -> Task:
    return Task(label, _("On record") if done else missing or _("Missing"), "done" if done else "late", url, hint)


def _and_back(url: str, referral: OutgoingReferral, **given: str) -> str:
    """A page where something is put on record, that leads back to this list."""
    return f"{url}?{urlencode(given | {'then': reverse('referrals:ready', args=[referral.pk])})}"


def _recipient(referral: OutgoingReferral) -> Task:
    fit = bodies.is_vetted(referral.recipient_id) and referral.recipient_id in reachable()
    hint = _("%(body)s is vetted, and somebody there receives referrals.") if fit else _("%(body)s cannot receive referrals at present.")
    return _task(_("Recipient"), hint % {"body": referral.recipient.name}, done=fit, missing=_("Not possible"))


def _agreement(referral: OutgoingReferral) -> Task:
    label = _("The person’s agreement")
    answer = cases.in_force(referral.case, recipient=referral.recipient_id, purpose=referral.purpose)
    if answer is None:
        duty = package.allowed_groups(
            referral.case, recipient=referral.recipient_id, purpose=referral.purpose, by_telephone=referral.by_telephone
        )
        hint = _("Not asked, or run out. Ask for this recipient and this purpose.")
        if duty:
            hint = _("Not asked. Without it only this may go, as the law provides: %(groups)s.") % {
                "groups": group_labels(group for group in SHAREABLE if group in duty)
            }
        ask = _and_back(reverse("cases:ask", args=[referral.case_id, referral.recipient_id]), referral, purpose=referral.purpose)
        return Task(label, _("Not asked"), "waiting" if duty else "late", ask, hint)
    url = _and_back(answer.get_absolute_url(), referral)
    if answer.decision == AgreementDecision.REFUSED:
        return Task(label, _("Refused"), "special", url, _("The person refused. Other help goes on; only a legal duty could send data."))
    until = date_format(answer.valid_until) if answer.valid_until else ""
    hint = _("%(groups)s. Until %(day)s.") % {"groups": group_labels(answer.groups), "day": until}
    return _task(label, hint, done=True, url=url)


def _legal_basis(referral: OutgoingReferral) -> Task:
    basis = cases.legal_duty(referral.case, referral.recipient_id) or cases.legal_bases(referral.case).first()
    hint = _("Why your body may handle and pass on the data.")
    if basis:
        hint = str(LegalBasisKind(basis.kind).label)
    url = _and_back(case_url("legal_bases", referral.case_id), referral)
    return _task(_("Legal basis"), hint, done=basis is not None, url=url)


def _transfer_basis(referral: OutgoingReferral) -> Task:
    basis = cases.transfer_basis(referral.case, referral.recipient_id)
    if basis:
        url = _and_back(case_url("transfer_bases", referral.case_id), referral)
        return _task(_("Basis of transfer"), str(TransferBasisKind(basis.kind).label), done=True, url=url)
    record = _and_back(reverse("cases:transfer_basis", args=[referral.case_id, referral.recipient_id]), referral)
    return _task(_("Basis of transfer"), _("Why the data may leave the country for this recipient."), done=False, url=record)
