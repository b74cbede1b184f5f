"""Who may file and publish texts."""

from django.utils.translation import gettext_lazy as _

from entraide.features.texts.models import Document, Version
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.accounts.choices import Function


def may_file(by: Acting, document: Document | None = None) -> Verdict:
    """A secretariat files texts of its own body."""
    if by.function != Function.SECRETARIAT:
        return refuse("function", _("Only a secretariat files texts. Switch to such a post if you hold one."))
    if document is not None and document.holder != by.body:
        return refuse("not_holder", _("Another body keeps this text; only its secretariat adds versions."))
    return ALLOWED


def may_change(by: Acting, version: Version) -> Verdict:
    """Only drafts change; what is published stays as it was published."""
    verdict = may_file(by, version.document)
    if verdict and version.published:
        return refuse("published", _("This version is published and never changes. Make a new version."))
    return verdict
