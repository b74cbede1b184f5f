"""After a backup was restored: who was erased and what was taken back stays so, the others can be found again.

Runs as the steward, over all bodies.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction

from entraide.features.cases import ended, values
from entraide.features.cases.models import Case, CaseRecord, Link, Note, SearchToken
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault


@dataclass(frozen=True)
class Restored:
    """How many persons were indexed again, how many had been erased since the backup, and how many agreements had ended."""

    rebuilt: int
    erased: int
    ended: int


def after_restore(using: str = "owner") -> Restored:
    """Removes what no key opens any more, rebuilds the search tokens of everybody else, and ends again what ended since."""
    rebuilt = erased = 0
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        for case in Case.objects.using(using).filter(erased_on__isnull=True).iterator(chunk_size=500):
            try:
                key = vault.store().fetch(case.key)
            except vault.KeyGone:
                _erase_again(case, using)
                erased += 1
                continue
            found: values.Values = {}
            for record in CaseRecord.objects.using(using).filter(case=case, group__in=values.SEARCHED_GROUPS):
                found |= values.opened(record, key)
            SearchToken.objects.using(using).filter(case=case).delete()
            SearchToken.objects.using(using).bulk_create(values.token_rows(case, vault.search_key(case.holder), found))
            groups = sorted(map(str, values.SEARCHED_GROUPS))
            entry(
                by=None, action="cases.index_again", outcome=Outcome.READ, holder=case.holder, kind="case", object_id=case.pk, case=case.pk,
                detail={"groups": groups},
            ).save(using=using, force_insert=True)  # fmt: skip
            rebuilt += 1
        return Restored(rebuilt, erased, ended.end_again(using))


def _erase_again(case: Case, using: str) -> None:
    SearchToken.objects.using(using).filter(case=case).delete()
    for model in (Note, Link):
        model.objects.using(using).filter(case=case).update(sealed={})
    CaseRecord.objects.using(using).filter(case=case).update(sealed={}, coded={})
    Case.objects.using(using).filter(pk=case.pk).update(erased_on=clock.today(), closing_reason={})
