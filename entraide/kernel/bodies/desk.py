"""Bodies on the desk of whoever vets them: those nobody has vetted, and vettings that run out."""

from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.sides import Kind
from entraide.kernel.base import clock
from entraide.kernel.base.desk import Item, Pile, lays_on_the_desk
from entraide.kernel.bodies import queries, rules
from entraide.kernel.bodies.choices import Form
from entraide.kernel.bodies.models import Body

SOON = timedelta(days=30)
VETTED_ONES = (Form.AUTHORITY, Form.NGO, Form.MISSION)


@lays_on_the_desk
def bodies(by: Acting, limit: int) -> dict[str, Pile]:
    """What the vetting of the bodies of one's own country asks of its coordinator."""
    if by.function != rules.COORDINATOR:
        return {}
    mine = queries.get(by.body)
    if mine.kind != Kind.COORDINATION or not mine.country:
        return {}
    ending, unvetted = _ending(mine), _unvetted(mine)
    items = [_item(body) for body in [*ending[:limit], *unvetted[:limit]]]
    return {"awaiting": Pile(ending.count() + unvetted.count(), items[:limit])}


def _neighbours(mine: Body) -> QuerySet[Body]:
    return Body.objects.filter(country=mine.country, form__in=VETTED_ONES).exclude(pk=mine.pk)


def _unvetted(mine: Body) -> QuerySet[Body]:
    return _neighbours(mine).exclude(vettings__in=queries.valid_vettings(clock.today())).order_by("slug")


def _ending(mine: Body) -> QuerySet[Body]:
    """Bodies whose last vetting in force ends soon, each with `last`, its day."""
    valid = queries.valid_vettings(clock.today())
    lasts = _neighbours(mine).filter(vettings__in=valid).annotate(last=Max("vettings__valid_until"))
    return lasts.filter(last__lte=clock.today() + SOON).order_by("last", "slug")


def _item(body: Body) -> Item:
    last: date | None = getattr(body, "last", None)
    title = _("The vetting of %(body)s runs out") if last else _("%(body)s is not vetted")
    detail = _("Vet it again in time") if last else _("Can receive nothing")
    return Item(title % {"body": body.name}, reverse("bodies:body", args=[body.pk]), detail, last, "waiting")
