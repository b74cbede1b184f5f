"""People and bodies for tests: invented, named, and made in one line."""

from datetime import timedelta
from itertools import count

from django.test import Client

from entraide.features.cases.agreements import AgreementText
from entraide.features.cases.choices import LegalBasisKind, Manner, Purpose, TransferBasisKind
from entraide.features.cases.consent import add_legal_basis, add_transfer_basis, record_agreement
from entraide.features.cases.models import Case
from entraide.features.cases.services import open_case
from entraide.features.cases.values import Values
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.sides import Kind, side_of
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.base import clock
from entraide.kernel.bodies.choices import Form, Level
from entraide.kernel.bodies.models import Body, Vetting
from tests.steward import as_steward

_number = count(1)
IDENTITY: Values = {
    "prs_FirstName": "Amara",
    "prs_SecondName": "Testperson",
    "prs_Birthdate": "1999-05-04",
    "prs_Gender": "Feminine",
    "prs_Citizenship": ["NG"],
}
PERSON: dict[str, Values] = {
    "identity": IDENTITY,
    "communication": {"prs_PrimaryLanguage": "en"},
    "safe_contact": {
        "ent_SafeContactWhen": "weekday mornings",
        "ent_SafeContactHow": "message first",
        "ent_SafeContactNever": "never by letter",
    },
    "contact": {"prs_MobilePhone": "+447700900123"},
    "trafficking": {"vic_TypeOfExploitation": ["ForcedLabour"], "vic_MethodsOfControl": ["DebtBondage"]},
}


def body(
    slug: str = "", *, kind: str = Kind.ASSISTANCE, country: str = "PT", vetted: bool = True, level: str = Level.NATIONAL, name: str = ""
) -> Body:
    """A body, vetted for a year unless said otherwise."""
    slug = slug or f"body-{next(_number)}"
    with as_steward():
        made = Body.objects.create(
            slug=slug,
            names={"en": name or slug.replace("-", " ").title()},
            form=Form.NGO,
            level=level,
            kind=kind,
            side=side_of(kind),
            country=country,
            invented=True,
        )
        if vetted:
            vet(made)
    return made


def vet(made: Body) -> Vetting:
    """A vetting by another body."""
    with as_steward():
        by, _made = Body.objects.get_or_create(
            slug="vetting-unit",
            defaults={
                "names": {"en": "Vetting unit"},
                "form": Form.AUTHORITY,
                "level": Level.GLOBAL,
                "kind": Kind.COORDINATION,
                "side": side_of(Kind.COORDINATION),
            },
        )
        today = clock.today()
        return Vetting.objects.create(
            body=made, by_body=by, agreement="TEST/1", vetted_on=today - timedelta(days=10), valid_until=today + timedelta(days=365)
        )


def post(at: Body, function: str = Function.CASE_WORKER, *, name: str = "", password: str = "") -> Acting:
    """Somebody new who holds a post, acting for it."""
    number = next(_number)
    with as_steward():
        account = Account.objects.create_user(f"person{number}@example.invalid", name or f"Person {number}", password or None)
        Post.objects.create(body=at, function=function, account=account, holder_name=account.name, since=clock.today() - timedelta(days=30))
    return posts_held(account.pk)[0].acting(account)


def account_of(by: Acting) -> Account:
    """The account of whoever acts."""
    assert by.account is not None
    return Account.objects.get(pk=by.account)


def client_of(by: Acting) -> Client:
    """A browser without a window, signed in as whoever acts."""
    client = Client()
    client.force_login(account_of(by))
    return client


def text() -> AgreementText:
    """The words shown to the person."""
    with as_steward():
        return AgreementText.objects.get_or_create(
            code="share", version=1, language="en", for_children=False, defaults={"title": "Sharing", "body": "May we?", "reviewed": True}
        )[0]


def case(by: Acting, *, age: str = "adult", person: dict[str, Values] | None = None) -> Case:
    """A case of an invented person."""
    with acting_as(by):
        return open_case(by=by, age=age, values_by_group=PERSON if person is None else person, country=by.country)


ALL_GROUPS = ["identity", "communication", "safe_contact", "contact", "trafficking"]


def agree(by: Acting, of: Case, to: Body, *, purpose: str = Purpose.ASSISTANCE, groups: list[str] | None = None, days: int = 90) -> None:
    """Everything on record that sending to a body needs."""
    with acting_as(by):
        record_agreement(
            by=by, case=of, recipient=to, purpose=purpose, groups=ALL_GROUPS if groups is None else groups,
            valid_until=clock.today() + timedelta(days=days), text=text(), manner=Manner.SIGNED, told_copies_stay=True,
            guardian="" if of.age == "adult" else "Guardian Testperson",
        )  # fmt: skip
        add_legal_basis(by=by, case=of, kind=LegalBasisKind.PUBLIC_TASK, provision="Act 1/2013, article 4")
        if to.country != by.country:
            add_transfer_basis(by=by, case=of, kind=TransferBasisKind.SHARING_AGREEMENT, recipient=to, document="TEST/1")
