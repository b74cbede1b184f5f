"""What monitoring says on the page of a provision: findings and recommendations that rest on it, measures that carry it out."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.monitoring import queries
from entraide.features.monitoring.models import Answers, Scope
from entraide.features.monitoring.telling import verb_label
from entraide.features.texts.cited_by import Line, Panel, on_provision_page
from entraide.features.texts.models import Provision
from entraide.kernel.base.countries import country_name
from entraide.ui.templatetags.ui import colon

MOST = 12


@on_provision_page
def recommended(request: HttpRequest, provision: Provision) -> Panel:
    """What was recommended to States about it."""
    rows = queries.final_recommendations().filter(provision=provision)[:MOST]
    lines = [
        Line(
            f"{country_name(row.state)}{colon()} {row.paragraph.text}",
            row.get_absolute_url(),
            verb_label(row.mechanism, row.verb),
        )
        for row in rows
    ]
    return Panel(_("What States were asked"), lines)


@on_provision_page
def chain(request: HttpRequest, provision: Provision) -> Panel:
    """Where the chain begins that follows it to its proof."""
    followed = Scope.objects.filter(provision=provision).exists() or Answers.objects.filter(provision=provision).exists()
    address = f"{reverse('monitoring:chains')}?provision={provision.pk}"
    address_of_feed = f"{reverse('monitoring:provision_feed', args=[provision.pk])}?lang={request.LANGUAGE_CODE}"
    feed = Line(_("Follow this provision (Atom)"), address_of_feed)
    return Panel(_("From a promise to its proof"), [Line(_("Choose a State and walk the chain"), address), feed] if followed else [])


@on_provision_page
def carried_out(request: HttpRequest, provision: Provision) -> Panel:
    """Measures of national plans that carry it out."""
    rows = Answers.objects.filter(provision=provision).select_related("measure__plan")[:MOST]
    lines = [Line(f"{country_name(row.measure.plan.state)}{colon()} {row.measure.title}", row.measure.get_absolute_url()) for row in rows]
    return Panel(_("National measures"), lines)
