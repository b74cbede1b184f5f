"""Maps and curves: every State drawn, hostile names made harmless, the table tells what the picture tells."""

from datetime import date

import pytest
from django.template import Context, Template

from entraide.kernel.bodies import facts
from entraide.ui.pictures import Legend, Mark, Series, curve, world_map
from entraide.ui.pictures.curves import nice
from entraide.ui.pictures.maps import WORLD, world


def shown(tag: str, **given: object) -> str:
    return Template("{% load pictures %}{% " + tag + " %}").render(Context(given))


def test_every_state_has_an_outline_or_a_dot_and_the_file_is_small() -> None:
    assert {state.code for state in facts.states()} <= set(world()["states"]) and WORLD.stat().st_size < 120_000
    assert len(world()["others"]) == 3, "three areas carry no code"


def test_the_map_says_of_each_state_what_it_was_given_and_counts_it() -> None:
    drawn = world_map({"PT": Mark("a", "Portugal: <b>party</b>"), "SG": Mark("b", "Singapore")}, title="Who", legend=[Legend("a", "Party")])
    page = shown("world_map map", map=drawn)
    assert "Portugal: &lt;b&gt;party&lt;/b&gt;" in page and ": 1</li>" in page and page.count("ui-map__state--b") == 1
    assert 'role="img"' in page and "style=" not in page and "<script" not in page and "status of any territory" in page


def test_the_curves_table_holds_its_figures() -> None:
    drawn = curve([Series("Parties", [(date(2008, 2, 1), 10), (date(2011, 5, 1), 48)])], title="Over time", unit="", until=date(2012, 6, 1))
    assert drawn is not None and drawn.rows == [(2008, [10]), (2009, [10]), (2010, [10]), (2011, [48]), (2012, [48])]
    page = shown("curve curve", curve=drawn)
    assert ">48</text>" in page and "<caption" in page and "style=" not in page


@pytest.mark.parametrize("points", [[(date(2020, 1, 1), 0)], [(date(1800, 1, 1), 1), (date(2000, 1, 1), 10**9)]])
def test_single_points_and_wide_ranges_are_drawn_inside_the_picture(points: list[tuple[date, int]]) -> None:
    drawn = curve([Series("x", points)], title="t", unit="")
    assert drawn is not None and 0 <= drawn.lines[0].y <= drawn.height and len(drawn.across) <= 7
    assert curve([Series("x", [])], title="t", unit="") is None


@pytest.mark.parametrize(("value", "top"), [(0, 2), (1, 2), (48, 60), (100, 100), (101, 200), (10**9, 10**9)])
def test_the_axis_ends_at_an_even_number_not_below(value: int, top: int) -> None:
    assert nice(value) == top
