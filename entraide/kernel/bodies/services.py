"""Verbs on bodies."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries, rules
from entraide.kernel.bodies.models import Body, Vetting


@transaction.atomic
def vet(*, by: Acting, body: Body, agreement: str, valid_until: date) -> Vetting:
    """Records that the body was looked at and may receive personal data under a sharing agreement, until a day."""
    require(rules.may_vet(by, queries.get(by.body), body))
    today = clock.today()
    if valid_until <= today:
        require(refuse("already_over", _("The last day must lie in the future.")))
    vetting = Vetting.objects.create(
        body=body, by_body_id=by.body, by_post=by.post, agreement=agreement, vetted_on=today, valid_until=valid_until
    )
    record(by=by, action="bodies.vet", kind="body", object_id=body.pk)
    return vetting


@transaction.atomic
def revoke_vetting(*, by: Acting, vetting: Vetting) -> None:
    """Ends a vetting today; what was sent stays sent, nothing more can be received."""
    require(rules.may_vet(by, queries.get(by.body), vetting.body))
    if vetting.revoked_on is None:
        vetting.revoked_on, vetting.revoked_by = clock.today(), by.post
        vetting.save(update_fields=["revoked_on", "revoked_by"])
        record(by=by, action="bodies.revoke_vetting", kind="body", object_id=vetting.body_id)
