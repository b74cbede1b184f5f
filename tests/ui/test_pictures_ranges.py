"""Pictures of numbers that are known only as ranges: nothing is drawn outside, and a range never looks like a number."""

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from entraide.ui.pictures import Layer, Side, Span, Trend, pyramid, spans, trends

ends = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(sorted)
ranges = st.one_of(ends, st.integers(0, 10**7).map(lambda low: [low, None]))


@given(st.lists(ranges, min_size=1, max_size=12))
def test_bars_stay_inside_and_an_open_end_reaches_the_edge(given_: list[list[int | None]]) -> None:
    drawn = spans(
        [Span(str(at), float(low or 0), None if high is None else float(high), "") for at, (low, high) in enumerate(given_)], title=""
    )
    assert drawn is not None
    for bar, (low, high) in zip(drawn.bars, given_, strict=True):
        assert bar.solid >= 0 and bar.pale >= 0 and bar.start + bar.solid + bar.pale <= drawn.width
        assert bar.open is (high is None) and (bar.pale == 0 or low != high)


@given(st.lists(ranges, min_size=2, max_size=12))
def test_a_range_is_a_bar_and_breaks_the_line(given_: list[list[int | None]]) -> None:
    points = [(2000 + at, float(low or 0), None if high is None else float(high)) for at, (low, high) in enumerate(given_)]
    drawn = trends([Trend("x", points)], title="")
    assert drawn is not None
    exact = sum(low == high for low, high in given_)
    assert drawn.lines[0].path.count("M") + drawn.lines[0].path.count("L") == exact
    assert all(
        0 <= mark.x <= drawn.width and 0 <= mark.y <= drawn.height and mark.y + mark.height <= drawn.height for mark in drawn.lines[0].marks
    )


@given(st.lists(st.tuples(ranges, ranges), min_size=1, max_size=6))
def test_the_youngest_is_at_the_bottom_and_both_sides_stay_inside(given_: list[tuple[list[int | None], list[int | None]]]) -> None:
    sides = [[Side(float(low or 0), None if high is None else float(high), "") for low, high in pair] for pair in given_]
    drawn = pyramid([Layer(str(at), *pair) for at, pair in enumerate(sides)], left="F", right="M", title="")
    assert drawn is not None and drawn.layers[-1].label == "0"
    for layer in drawn.layers:
        for bar in layer.bars:
            assert bar.x >= 0 and bar.pale_x >= 0 and bar.x + bar.solid <= drawn.width and bar.pale_x + bar.pale <= drawn.width


def test_one_year_is_no_trend_and_nothing_is_no_picture() -> None:
    assert trends([Trend("x", [(2021, 1.0, 1.0)])], title="") is None and spans([], title="") is None
    assert pyramid([], left="", right="", title="") is None


def test_an_axis_is_written_in_the_notation_of_the_reader() -> None:
    for language, written in (("en", "40,000,000"), ("fr", "40\xa0000\xa0000")):
        with override(language):
            drawn = spans([Span("x", 2.5e7, 2.5e7, "")], title="")
        assert drawn is not None and drawn.across[-1].label.replace("\u202f", "\xa0") == written
