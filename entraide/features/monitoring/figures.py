"""What monitoring can be counted by: recommendations of published reports, measures of published plans. Counted as everybody sees them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring import queries
from entraide.features.monitoring.models import Measure, Mechanism, Plan, Recommendation, Step
from entraide.kernel.base.figures import Asking, Fact, Known, tells_figures

RECOMMENDATIONS, THEMES, PROGRESS = "entraide.recommendations", "entraide.recommendations.theme", "entraide.recommendations.progress"
MEASURES = "entraide.measures"


def _recommendations(asking: Asking, since: date, until: date) -> Iterator[Fact]:
    """Of the mechanisms that the body keeps; where it keeps none, those made to its State. By verb, theme and progress."""
    own = list(Mechanism.objects.filter(body=asking.body))
    if not own and not asking.country:
        return
    start, end = (datetime.combine(day, time(), UTC) for day in (since, until))
    rows = queries.final_recommendations().filter(edition__published_at__gte=start, edition__published_at__lt=end)
    if own:
        found = list(rows.filter(edition__evaluation__round__mechanism__in=own))
        area = ""
    else:
        found, area = list(rows.filter(state=asking.country)), asking.country
    yield from _told(found, area)
    if own and all(mechanism.ranking for mechanism in own):
        for state, count in sorted(Counter(row.state for row in found).items()):
            yield Fact(RECOMMENDATIONS, count, {"area": state})


def _told(found: Sequence[Recommendation], area: str) -> Iterator[Fact]:
    """The total and its parts; a recommendation on several themes stands under each, which is why themes have no total."""
    assessed = queries.assessments(found)
    by_theme = Counter(theme for row in found for theme in row.themes or ["_U"])
    by_progress = Counter(assessed[row.pk].progress if row.pk in assessed else "not_assessed" for row in found)
    yield Fact(RECOMMENDATIONS, len(found), {"area": area})
    for indicator, counts in ((RECOMMENDATIONS, Counter(row.verb for row in found)), (THEMES, by_theme), (PROGRESS, by_progress)):
        for code, count in sorted(counts.items()):
            yield Fact(indicator, count, {"area": area, "category": code})


def _measures(asking: Asking, since: date, until: date) -> Iterator[Fact]:
    """Of plans that run in the year: of the body's own State, or of all where it belongs to none. As they stood when the year ended."""
    plans = Plan.objects.filter(begins_on__lt=until, ends_on__gte=since)
    plans = plans.filter(state=asking.country) if asking.country else plans
    measures = list(Measure.objects.filter(plan__in=plans))
    if not measures:
        return
    begun = set(Step.objects.filter(measure__in=measures, on__lt=until).values_list("measure_id", flat=True))
    yield Fact(MEASURES, len(measures), {"area": asking.country})
    for code, count in sorted(Counter(_stood(each, each.pk in begun, until) for each in measures).items()):
        yield Fact(MEASURES, count, {"area": asking.country, "category": code})


def _stood(measure: Measure, begun: bool, until: date) -> str:
    if measure.done_on and measure.done_on < until:
        return "done"
    if measure.due and measure.due < until:
        return "late"
    return "under_way" if begun or (measure.begins_on and measure.begins_on < until) else "not_begun"


tells_figures(Known("monitoring.recommendations", _("Recommendations in published reports"), _recommendations))
tells_figures(Known("monitoring.measures", _("Measures of published national plans"), _measures))
