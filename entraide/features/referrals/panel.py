"""What the page of a case shows of its referrals."""

from django.utils.translation import gettext as _

from entraide.features.cases.models import Case
from entraide.features.cases.panels import Line, Panel, on_case_page
from entraide.features.referrals import queries
from entraide.kernel.access.context import Acting


@on_case_page
def referrals(by: Acting, case: Case) -> Panel:
    """Referrals sent and received for this case."""
    sent, received = queries.of_case(case)
    lines = [
        Line(
            referral.changed_at,
            _("Referral to %(body)s") % {"body": referral.recipient.name},
            referral.get_state_display(),
            referral.get_absolute_url(),
        )
        for referral in sent
    ] + [
        Line(
            referral.changed_at,
            _("Referral from %(body)s") % {"body": referral.sender.name},
            referral.get_state_display(),
            referral.get_absolute_url(),
        )
        for referral in received
    ]
    return Panel("referrals/panel.html", {"sent": sent, "received": received}, lines)
