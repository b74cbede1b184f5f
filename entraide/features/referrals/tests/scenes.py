"""A sender in Portugal, a recipient in Thailand, a person between them; each step of a referral in one line."""

from dataclasses import dataclass
from typing import Any

from entraide.features.cases.choices import Purpose
from entraide.features.cases.models import Case
from entraide.features.referrals import queries, services
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward


@dataclass
class Scene:
    """Two posts, a case and a recipient."""

    worker: Acting
    intake: Acting
    case: Case
    recipient: Body
    purpose: str = Purpose.ASSISTANCE

    def draft(self, **given: Any) -> OutgoingReferral:  # whatever services.draft takes
        with acting_as(self.worker):
            asked = {"urgency": "urgent", "needs": ["shelter"], "chosen": world.ALL_GROUPS} | given
            return services.draft(by=self.worker, case=self.case, recipient=self.recipient, purpose=self.purpose, **asked)

    def send(self, draft: OutgoingReferral | None = None) -> OutgoingReferral:
        begun = draft or self.draft()
        with acting_as(self.worker):
            return services.send(by=self.worker, referral=begun)

    def call(self) -> OutgoingReferral:
        with acting_as(self.worker):
            return services.record_call(
                by=self.worker, case=self.case, recipient=self.recipient, purpose=self.purpose, needs=["shelter"],
                chosen=world.ALL_GROUPS, called_at=clock.now(), account="They take her tonight.",
            )  # fmt: skip

    def sender(self, name: str, **facts: str) -> OutgoingReferral:
        with acting_as(self.worker):
            return services.make(by=self.worker, referral=self.mine, name=name, **facts)

    def take(self, name: str = "accept", text: str = "") -> IncomingReferral:
        with acting_as(self.intake):
            return services.accept(by=self.intake, referral=self.theirs, name=name, text=text)

    def recipient_makes(self, name: str, **facts: str) -> IncomingReferral:
        with acting_as(self.intake):
            return services.make(by=self.intake, referral=self.theirs, name=name, **facts)

    @property
    def mine(self) -> OutgoingReferral:
        """The sender's newest copy, fresh."""
        with acting_as(self.worker):
            return queries.outgoing(OutgoingReferral.objects.order_by("-id").values_list("pk", flat=True)[0])

    @property
    def theirs(self) -> IncomingReferral:
        """The recipient's newest copy, fresh."""
        with acting_as(self.intake):
            return queries.incoming(IncomingReferral.objects.order_by("-id").values_list("pk", flat=True)[0])

    def theirs_exists(self) -> bool:
        with acting_as(self.intake):
            return IncomingReferral.objects.exists()


def scene(*, sender: str = "assistance", recipient: str = "assistance", agreed: bool = True, **given: Any) -> Scene:  # world.agree's own
    """Everything on record that sending needs, unless said otherwise."""
    worker = world.post(world.body(country="PT", kind=sender))
    to = world.body(country="TH", kind=recipient)
    intake = world.post(to, "investigator" if recipient == "law_enforcement" else "intake")
    case = world.case(worker)
    world.text()
    if agreed:
        world.agree(worker, case, to, **given)
    return Scene(worker, intake, case, to, given.get("purpose", Purpose.ASSISTANCE))


def written(action: str, **wanted: Any) -> int:  # filters of the record
    """How often an action stands in the record."""
    with as_steward():
        return AuditEntry.objects.filter(action=action, **wanted).count()
