"""Status as a map and parties over time as a curve."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entraide.features.treaties import queries, standing, telling
from entraide.features.treaties.choices import Standing
from entraide.features.treaties.models import Instrument
from entraide.features.treaties.standing import Stand
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name
from entraide.ui.pictures import Curve, Legend, Map, Mark, Series, curve, world_map

KINDS = {
    Standing.PARTY: "a",
    Standing.PARTY_UNSURE: "b",
    Standing.TAKES_PART: "b",
    Standing.DEPOSITED: "c",
    Standing.SIGNED: "d",
    Standing.WITHDRAWN: "e",
}


def map_of(instrument: Instrument, stands: Mapping[str, Stand], on: date) -> Map:
    """Where States stand on a day."""
    words, said = {kind: telling.standing_label(kind) for kind in KINDS}, _("%(label)s: %(value)s")  # once, not for each State
    nowhere = {"EU", *settings.ENTRAIDE_INVENTED_STATES}
    marks = {
        state: Mark(KINDS[Standing(stand.standing)], said % {"label": country_name(state), "value": words[Standing(stand.standing)]})
        for state, stand in stands.items()
        if stand.standing != Standing.NOTHING and state not in nowhere
    }
    here = {stand.standing for state, stand in stands.items() if state in marks}
    legend = [Legend(kind, telling.standing_label(standing)) for standing, kind in KINDS.items() if standing in here]
    title = _("%(instrument)s on %(day)s, State by State") % {"instrument": instrument.name, "day": date_format(on, "DATE_FORMAT")}
    return world_map(marks, title=title, legend=legend, note=_not_on_the_map(stands.get("EU")))


def _not_on_the_map(union: Stand | None) -> str:
    """Why the table tells of one more than the map."""
    if union is None or union.standing == Standing.NOTHING:
        return ""
    words = _("Here States only: the European Union, which is not a State, is counted in the text and the table (%(standing)s).")
    return words % {"standing": telling.standing_label(union.standing)}


def curve_of(instrument: Instrument, stands: Mapping[str, Stand], on: date) -> Curve | None:
    """Parties over time until the day of these standings; for what does not bind, nothing."""
    if not instrument.binding:
        return None
    known = [stand for state, stand in stands.items() if state not in settings.ENTRAIDE_INVENTED_STATES]
    points = standing.curve(queries.ruled(instrument), known, on)
    return curve([Series(_("Parties"), points)], title=_("Parties over time"), unit="", until=min(on, clock.today()))
