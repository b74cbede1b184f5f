"""What questionnaires can be counted by: bodies that were asked, as what, and whether they answered. Who was asked is no public fact."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from entraide.features.questionnaires.choices import OFFICIAL, Capacity
from entraide.features.questionnaires.models import Addressee, Reply
from entraide.kernel.base.figures import Column, Counts, Tally, tells_figures

CATEGORIES = tuple(f"{capacity}_{answered}" for capacity in Capacity.values for answered in ("answered", "silent"))


def _asked(since: date, until: date) -> Iterable[Counts]:
    """By the day on which the questionnaire was sent round; the agent sees the addressees of its own body's circulations only."""
    asked = Addressee.objects.filter(circulation__opened_on__gte=since, circulation__opened_on__lt=until)
    answered = set(Reply.objects.filter(addressee__in=asked, state__in=OFFICIAL).values_list("addressee_id", flat=True))
    rows = asked.values_list("pk", "capacity")
    return (Counter((f"{capacity}_{'answered' if pk in answered else 'silent'}",) for pk, capacity in rows),)


tells_figures(
    Tally("questionnaires.asked", _("Bodies that we asked"), "entraide.asked", ((Column("category", CATEGORIES),),), _asked),
)
