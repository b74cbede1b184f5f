"""Mechanisms: rows that say how a procedure works; the engine is the same for all."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import audiences, queries, rules
from entraide.features.monitoring.choices import Reviewers
from entraide.features.monitoring.models import Mechanism
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base.countries import language_name


@transaction.atomic
def found(*, by: Acting, mechanism: Mechanism) -> Mechanism:
    """Enters a mechanism of the own body."""
    mechanism.holder, mechanism.audience, mechanism.kept_by = by.body, audiences.PUBLIC, mechanism.body.names
    mechanism.decided_by = mechanism.committee.names if mechanism.committee else {}
    require(rules.may_found(by, mechanism.body))
    if not mechanism.verbs:
        require(refuse("verbs", _("Name at least one verb for recommendations.")))
    if mechanism.reviewers_are == Reviewers.STATES and not mechanism.reviewers:
        require(refuse("reviewers", _("Say how many States evaluate each State.")))
    mechanism.save(force_insert=True)
    record(by=by, action="monitoring.found", kind="mechanism", object_id=mechanism.pk)
    return mechanism


@transaction.atomic
def set_languages(*, by: Acting, mechanism: Mechanism, languages: Sequence[str]) -> Mechanism:
    """Says in which languages reports are written; one in which something is written already stays."""
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism.pk)
    require(rules.may_manage(by, mechanism))
    gone = [code for code in mechanism.languages if code not in languages]
    if not languages:
        require(refuse("languages", _("Choose at least one language.")))
    for code in gone:
        if queries.written_in(mechanism, code):
            sentence = _("Reports are written in this language already, so it stays: %(language)s.")
            require(refuse("languages", sentence % {"language": language_name(code)}))
    mechanism.languages = [code for code in mechanism.languages if code not in gone]
    mechanism.languages += [code for code in dict.fromkeys(languages) if code not in mechanism.languages]
    mechanism.save(update_fields=["languages"])
    record(by=by, action="monitoring.set_languages", kind="mechanism", object_id=mechanism.pk)
    return mechanism
