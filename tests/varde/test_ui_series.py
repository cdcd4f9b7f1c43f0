"""Figures through time: drawn and said from the shown values alone."""

import pytest
from django.template.loader import render_to_string

from varde.ui.series import FOOT, TOP, nice, series

HALVES = [{"label": f"{n}. halvår {year}", "short": f"{n}. h. {year}"} for year in (2023, 2024, 2025) for n in (1, 2)]


def drawn(*values: float | None, unit: str = "whole"):
    return series(HALVES[: len(values)], [{"label": "Kvinne", "values": values}], unit=unit)


def test_the_scale_is_round_and_shared_by_all_panels():
    assert [nice(most) for most in (0, 0.3, 1, 3, 7, 11, 200, 201)] == [1, 0.5, 1, 5, 10, 20, 200, 500]
    found = series(HALVES[:2], [{"label": "A", "values": [20, 10]}, {"label": "B", "values": [0, 5]}])
    assert found.panels[0].cells[0].y == f"{TOP}.0"
    assert (found.panels[1].cells[0].y, found.panels[1].cells[1].y) == (f"{FOOT}.0", "65.5")


def test_a_hidden_value_breaks_the_line_and_has_no_place():
    panel = drawn(3, None, 5, 6).panels[0]
    assert [cell.text for cell in panel.cells] == ["3", ":", "5", "6"]
    assert panel.cells[1].y == ""
    assert len(panel.segments) == 1
    assert "2. halvår 2023: skjult" in panel.said


def test_only_hidden_values_have_a_scale_that_says_nothing():
    found = drawn(None, None)
    assert [tick.text for tick in found.heights] == ["0", "1"]
    assert found.panels[0].segments == ()


def test_names_of_periods_find_room():
    assert [tick.text for tick in drawn(*range(6)).under] == ["2. h. 2023", "2. h. 2024", "2. h. 2025"]
    assert len(drawn(1, 2).under) == 2


@pytest.mark.parametrize(("unit", "text"), [("percent", "46\u00a0%"), ("rate", "46,00"), ("days", "46,0")])
def test_values_are_written_by_their_unit(unit, text):
    assert drawn(46, unit=unit).panels[0].cells[0].text == text


def test_a_row_must_have_a_value_for_each_period():
    with pytest.raises(ValueError, match="hver periode"):
        series(HALVES, [{"label": "A", "values": [1]}])


def test_the_component_has_a_table_and_words_for_each_panel():
    rows = [{"label": "Kvinne", "values": [12, None]}, {"label": "Mann", "values": [5, 6]}]
    periods = [{"label": "2023", "href": "/statistikk/utgivelser/7"}, {"label": "2024"}]
    page = render_to_string("ui/components/series.html", {"periods": periods, "rows": rows, "caption": "Kjønn"})
    assert page.count('<svg role="img" aria-label=') == 2
    assert "Kvinne. 2023: 12, 2024: skjult." in page
    assert '<a class="ds-link" href="/statistikk/utgivelser/7">2023</a>' in page
    assert page.count("<td") == 4
    assert "style=" not in page
