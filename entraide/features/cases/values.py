"""The values of a field group: split into coded and sealed, opened again, and made into search tokens."""

import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from entraide.engines import identity
from entraide.features.cases import fields
from entraide.features.cases.choices import Group
from entraide.features.cases.models import Case, CaseRecord, SearchToken
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.keystore import PersonKey

Value = str | list[str]
Values = dict[str, Value]
"""{field id: text, code or list of codes}; dates as YYYY-MM-DD, numbers and checkboxes in their canonical spelling."""


def split(values: Mapping[str, Value]) -> tuple[Values, dict[str, str]]:
    """(coded fields in the clear, personal fields as JSON texts to seal); empty values are left out."""
    kept = {field: value for field, value in values.items() if value not in ("", [])}
    coded = {field: value for field, value in kept.items() if not fields.get(field).personal}
    personal = {field: json.dumps(value, ensure_ascii=False) for field, value in kept.items() if fields.get(field).personal}
    return coded, personal


def seal_into(record: CaseRecord, key: PersonKey, values: Mapping[str, Value]) -> None:
    """Puts values into a record, sealed for this record alone."""
    record.coded, personal = split(values)
    record.sealed = vault.seal_fields(key, case=record.case_id, record=record.pk, values=personal)


def opened(record: CaseRecord, key: PersonKey) -> Values:
    """All values of a record. Whoever calls writes the audit entry of the reading."""
    texts = vault.open_fields(key, case=record.case_id, record=record.pk, sealed=record.sealed)
    return {**record.coded, **{field: json.loads(text) for field, text in texts.items()}}


def tokens_of(search_key: bytes, values: Mapping[str, Value], region: str = "") -> set[identity.Token]:
    """The search tokens of whatever a map of values holds of names, birth date, numbers and addresses."""

    def texts(names: Iterable[str]) -> list[str]:
        return [value for name in names if isinstance(value := values.get(name, ""), str) and value]

    return set(
        identity.tokens(
            search_key,
            names=texts(("prs_FirstName", "prs_MiddleName", "prs_SecondName")),
            born=next(iter(texts(("prs_Birthdate",))), None),
            phones=texts(("prs_HomePhone", "prs_MobilePhone")),
            documents=texts(("prs_IdentityNumber",)),
            emails=texts(("prs_Email",)),
            region=region or None,
        )
    )


SEARCHED_GROUPS = frozenset({Group.IDENTITY, Group.CONTACT})


def token_rows(case: Case, search_key: bytes, values: Mapping[str, Value]) -> list[SearchToken]:
    """Unsaved token rows of a case."""
    return [SearchToken(case=case, kind=token.kind, value=token.value) for token in tokens_of(search_key, values, case.country)]


def reindex(case: Case, key: PersonKey) -> None:
    """Makes the search tokens of a case anew from what its searched groups hold now."""
    values: Values = {}
    for record in CaseRecord.objects.filter(case=case, group__in=SEARCHED_GROUPS):
        values |= opened(record, key)
    SearchToken.objects.filter(case=case).delete()
    SearchToken.objects.bulk_create(token_rows(case, vault.search_key(case.holder), values))


def find_cases(body: UUID, tokens: Iterable[identity.Token]) -> set[UUID]:
    """Ids of visible cases that share a token; cases whose key is gone are not found, whatever the table says."""
    wanted = [token.value for token in tokens]
    hits = dict(SearchToken.objects.filter(holder=body, value__in=wanted).values_list("case_id", "case__key"))
    living = vault.living(list(hits.values()))
    return {case for case, key in hits.items() if key in living}
