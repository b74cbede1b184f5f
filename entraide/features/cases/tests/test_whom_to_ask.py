"""Agreement, refusal, legal duty and basis of transfer are recorded about another, vetted body only, whoever calls the verbs."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from entraide.features.cases import consent, rules
from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import LegalBasisKind, Manner, Purpose, TransferBasisKind
from entraide.features.cases.models import Case, LegalBasis, TransferBasis
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world

pytestmark = pytest.mark.django_db
Verb = Callable[[Acting, Case, Body], object]


def agree(by: Acting, case: Case, to: Body, until: date | None = None) -> Agreement:
    return consent.record_agreement(
        by=by, case=case, recipient=to, purpose=Purpose.ASSISTANCE, groups=["identity"], valid_until=until or clock.today(),
        text=world.text(), manner=Manner.SIGNED, told_copies_stay=True,
    )  # fmt: skip


VERBS: dict[str, Verb] = {
    "agreement": agree,
    "refusal": lambda by, case, to: consent.record_refusal(
        by=by, case=case, recipient=to, purpose=Purpose.ASSISTANCE, text=world.text(), manner=Manner.SPOKEN
    ),
    "legal duty": lambda by, case, to: consent.add_legal_basis(
        by=by, case=case, kind=LegalBasisKind.LEGAL_DUTY, provision="Act 1", document="T/1", recipient=to, groups=["identity"]
    ),
    "basis of transfer": lambda by, case, to: consent.add_transfer_basis(
        by=by, case=case, kind=TransferBasisKind.SHARING_AGREEMENT, recipient=to, document="T/1"
    ),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=list(VERBS))
def test_the_verbs_refuse_ones_own_body_and_an_unvetted_one_with_the_rule_s_sentence(verb: Verb) -> None:
    own, unvetted, other = world.body(), world.body(vetted=False), world.body()
    by = world.post(own)
    case = world.case(by)
    with acting_as(by):
        for body, code in ((own, "own_body"), (unvetted, "not_vetted")):
            with pytest.raises(Refused) as refused:
                verb(by, case, body)
            assert refused.value.verdict == rules.may_ask(by, case, body, vetted=body != unvetted) and refused.value.verdict.code == code
        assert not any(model._default_manager.exists() for model in (Agreement, LegalBasis, TransferBasis))
        verb(by, case, other)
        assert any(model._default_manager.exists() for model in (Agreement, LegalBasis, TransferBasis))


def test_an_agreement_lasts_two_years_at_most() -> None:
    by, other = world.post(world.body()), world.body()
    case = world.case(by)
    with acting_as(by):
        with pytest.raises(Refused, match="until") as refused:
            agree(by, case, other, until=rules.last_day() + timedelta(days=1))
        assert "two years" in str(refused.value.verdict.sentence)
        assert agree(by, case, other, until=rules.last_day()).valid_until == clock.today() + timedelta(days=730)
