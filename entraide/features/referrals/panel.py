"""What the page of a case shows of its referrals."""

from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.cases import rules as case_rules
from entraide.features.cases.models import Case
from entraide.features.cases.panels import Line, Panel, on_case_page
from entraide.features.referrals import queries
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.shown import clock_words, kind_of
from entraide.kernel.access.context import Acting
from entraide.ui.parts import Cell, Column

Referral = OutgoingReferral | IncomingReferral


@on_case_page
def referrals(by: Acting, case: Case) -> Panel:
    """Referrals sent and received for this case, and the way to a new one."""
    sent, received = queries.of_case(case)
    found: list[Referral] = [*received, *sent]
    context = {
        "columns": [Column(_("Referral")), Column(_("State")), Column(_("Reply by"))],
        "rows": [_row(referral) for referral in found],
        "new_url": reverse("referrals:new", args=[case.pk]),
        "refusal": case_rules.may_write(by, case).sentence,
    }
    return Panel("referrals/panel.html", context, [_line(referral) for referral in found])


def _title(referral: Referral) -> str:
    if isinstance(referral, OutgoingReferral):
        return _("Referral to %(body)s") % {"body": referral.recipient.name}
    return _("Referral from %(body)s") % {"body": referral.sender.name}


def _row(referral: Referral) -> list[Cell]:
    return [
        Cell(_title(referral), url=referral.get_absolute_url()),
        Cell(referral.get_state_display(), kind=kind_of(referral)),
        Cell(clock_words(referral) or "–"),
    ]


def _line(referral: Referral) -> Line:
    return Line(referral.changed_at, _title(referral), referral.get_state_display(), referral.get_absolute_url())
