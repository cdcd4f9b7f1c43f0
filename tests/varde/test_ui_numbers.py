"""Phones, whole numbers and shares as they are written in Norwegian."""

import pytest

from varde.ui import charts, numbers


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("61189500", "61 18 95 00"),
        ("+47 61 18 95 00", "61 18 95 00"),
        ("004761189500", "61 18 95 00"),
        ("80022222", "800 22 222"),
        ("116006", "116 006"),
        ("02800", "02800"),
        ("112", "112"),
        ("+46 8 123 456", "+46 8 123 456"),
        ("ring klokka ti", "ring klokka ti"),
    ],
)
def test_a_phone_is_grouped_as_norwegians_read_it(typed: str, shown: str) -> None:
    assert numbers.phone(typed) == shown


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("61 18 95 00", "tel:+4761189500"),
        ("116 006", "tel:116006"),
        ("+46 8 12", "tel:+46812"),
        ("112", "tel:112"),
    ],
)
def test_a_phone_can_be_called(typed: str, address: str) -> None:
    assert numbers.phone_href(typed) == address


def test_thousands_are_apart_by_a_hard_space() -> None:
    assert numbers.whole(30903) == "30\u00a0903"
    assert numbers.whole(7) == "7"


def test_a_share_is_percent_and_half_is_rounded_up() -> None:
    assert numbers.percent(0.463) == "46\u00a0%"
    assert numbers.percent(0.125) == "13\u00a0%"
    assert numbers.percent(0.4634, 1) == "46,3\u00a0%"


def test_the_longest_bar_fills_the_line() -> None:
    long, short = charts.bars([{"label": "A", "count": 8, "share": 0.8}, {"label": "B", "count": 2, "share": 0.2}])
    assert (long.width, short.width) == ("100.0%", "25.0%")


def test_a_hidden_figure_shows_nothing_of_its_size() -> None:
    small = charts.bars([{"label": "A", "count": 1, "share": 0.1, "hidden": True}])
    large = charts.bars([{"label": "A", "count": 4, "share": 0.9, "hidden": True}])
    assert small == large
    assert small[0].count == small[0].share == ":"


def test_hidden_figures_do_not_set_the_scale() -> None:
    shown = charts.bars([{"label": "A", "count": 400, "hidden": True}, {"label": "B", "count": 2}])
    assert shown[1].width == "100.0%"


def test_nothing_counted_gives_empty_bars() -> None:
    assert charts.bars([{"label": "A", "count": 0, "share": None}])[0].width == "0.0%"


def test_of_a_common_whole_twelve_of_thirteen_is_no_full_bar():
    most, few = charts.bars([{"label": "A", "count": 12}, {"label": "B", "count": 1}], of=13)
    assert (most.width, few.width) == ("92.3%", "7.7%")


def test_no_bar_is_longer_than_the_line_that_it_fills():
    one, left = charts.bars([{"label": "A", "count": 8}, {"label": "Øvrige avkryssinger", "count": 20}], of=16)
    assert (one.width, left.width) == ("40.0%", "100.0%")
