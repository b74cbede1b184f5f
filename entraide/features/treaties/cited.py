"""What treaties say on the page of a provision: which instrument it belongs to, what it carries, steps and evidence."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.texts.cited_by import Line, Panel, on_provision_page
from entraide.features.texts.models import Provision
from entraide.features.treaties import queries
from entraide.features.treaties.choices import Force, Help
from entraide.features.treaties.models import Instrument, Step
from entraide.kernel.base.countries import country_name
from entraide.ui.templatetags.ui import colon


@on_provision_page
def carried(request: HttpRequest, provision: Provision) -> Panel:
    """The kinds of help that this provision can carry."""
    lines = [
        Line(str(Help(each["help"]).label), row.get_absolute_url(), str(Force(each["force"]).label))
        for row in Instrument.objects.filter(document=provision.document_id)
        for each in row.coverage
        if provision.eid in each["provisions"]
    ]
    return Panel(_("What it can carry"), lines)


@on_provision_page
def steps(request: HttpRequest, provision: Provision) -> Panel:
    """What States do about it, with evidence."""
    rows = list(Step.objects.filter(provision=provision, ended_on__isnull=True).order_by("state", "due"))
    shown = queries.evidence(rows)
    lines = [
        Line(
            f"{country_name(row.state)}{colon()} {row.title}",
            reverse("treaties:commitments", args=[provision.document.slug]),
            "; ".join(each.title for each in shown.get(row.pk, [])) or _("No evidence recorded"),
        )
        for row in rows
    ]
    return Panel(_("What States do about it"), lines)
