"""The recipient's own case: opened at acceptance, empty until the package arrives."""

from uuid import UUID

from entraide.features.cases import services as cases
from entraide.features.cases.choices import Origin
from entraide.features.referrals.models import IncomingReferral
from entraide.kernel.access.context import Acting
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.vault import services as vault


def open_received(*, by: Acting, referral: IncomingReferral, team: list[UUID]) -> None:
    """Opens the case under the key that the referral was given on arrival; from now on the case team sees the referral."""
    case = cases.open_case(
        by=by,
        age=referral.age,
        origin=Origin.REFERRAL,
        country=bodies.get(referral.holder).country,
        key=vault.store().fetch(referral.key),
        team=team,
        invented=referral.invented,
    )
    referral.case, referral.audience = case, case.audience
