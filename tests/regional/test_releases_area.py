"""Which tables a half-year gives, which of them answers a period, and what a reader is told of who is in them."""

from collections.abc import Sequence

from regional.releases.areas import LATE, WAITS, Change, Member, area, change, holder, parents, version
from regional.releases.asked_for import table_for, to_close
from regional.releases.ledger import ClosedPeriod
from regional.releases.offered import follows, tables
from shared.codes.forms import REPORTED
from shared.codes.periods import parse, quarter_of
from tests.regional.closings import HALVES, QUARTERS


def test_tables_add_up_what_is_not_empty() -> None:
    assert tables("2025H1", ["2025H1"], ["2025H1"]) == []
    found = {one.id: one for one in tables("2025H2", HALVES[:2], ["2025H1"])}
    assert list(found) == ["2025Q3", "2025Q4", "2025H2", "2025", "start..2025H2"]
    assert found["2025"].periods == found["start..2025H2"].periods == ("2025H2",)
    last = tables("2026H2", HALVES, HALVES[2:])
    assert [(one.id, one.periods) for one in last] == [("start..2026H2", HALVES[:2])]
    assert last[0].label == "Siden start, til og med 2. halvår 2026"


def test_half_years_follow_on_each_other_and_give_their_tables() -> None:
    assert [follows("2025H1"), follows("2025H2")] == ["2025H2", "2026H1"]
    assert [one.id for one in tables("2025H1", ["2025H1"])] == ["2025Q1", "2025Q2", "2025H1"]
    assert [one.id for one in tables("2025H2", HALVES[:2])] == ["2025Q3", "2025Q4", "2025H2", "2025", "start..2025H2"]
    assert [one.id for one in tables("2025H2", ["2025H2"])] == ["2025Q3", "2025Q4", "2025H2", "start..2025H2"]
    assert tables("2026H2", HALVES)[-1].periods == HALVES
    assert quarter_of(QUARTERS[0].first_day) == QUARTERS[0]


A, B, C, D = (Member(name, f"000{at}", name.upper()) for at, name in enumerate("abcd"))


def test_the_one_that_others_became_holds_what_they_knew() -> None:
    became = {"a": "c", "b": "c", "c": "d"}
    assert [holder(one, became) for one in "abcd"] == ["d"] * 4
    assert parents("d", became) == ["a", "b", "c"]
    assert holder("e", became) == "e"


def test_what_changed_in_the_region_is_said_by_name_and_counted_as_a_version() -> None:
    assert change([A, B], [A, C], {}) == Change(("C",), ("B",))
    assert change([A, B, D], [C, D], {"a": "c", "b": "c"}) == Change((), (), (("A", "C"), ("B", "C")))
    assert change([A], [A, B], {}).said("2. halvår 2025") == ["B er med fra 2. halvår 2025."]
    assert (version([A, B], 4, [B, A]), version([A, B], 4, [A])) == (4, 5)


def test_a_period_that_is_asked_for_is_answered_by_the_table_with_the_same_quarters() -> None:
    closed = ["2018H2", "2019H1", "2019H2"]
    pilot = parse("2018Q4..2019Q3")
    found = table_for(pilot, closed, pilot)
    assert found is not None
    assert found.id == "start..2019H2"
    more = parse("2018Q4..2019Q4")
    assert table_for(pilot, closed, more) is None
    names = {text: table_for(parse(text), closed, more) for text in ("2019Q1", "2019H1", "2019", "2018Q4", "2020")}
    ids = {text: one and one.id for text, one in names.items()}
    assert ids == {"2019Q1": "2019Q1", "2019H1": "2019H1", "2019": "2019", "2018Q4": "2018Q4", "2020": None}


def test_what_must_be_closed_before_a_period_can_be_told_of() -> None:
    assert to_close(parse("2018Q4..2019Q3"), [], "2018H2") == ["2018H2", "2019H1", "2019H2"]
    assert to_close(parse("2019H1"), ["2018H2"], "2019H1") == ["2019H1"]
    assert to_close(parse("2018H2"), ["2018H2"], "2019H1") == []
    assert to_close(parse("2018H2"), [], None) == []


def known(period: str, members: Sequence[Member], *, late: bool = False, waits: bool = False) -> ClosedPeriod:
    marks = {(each.id, REPORTED): "" for each in members if each.id != "d"}
    return ClosedPeriod(period, 1, tuple(members), marks, late, waits, (), 1000)


def test_what_a_reader_must_know_of_a_table_is_said_over_all_of_its_span() -> None:
    closed = [known("2025H1", [A, B]), known("2025H2", [A, B, C], late=True), known("2026H1", [A, C], waits=True)]
    half = area(("2025H1",), "2025H1", closed, {})
    assert half.notes == ()
    year = area(("2025H1", "2025H2"), "2025H2", closed, {})
    assert year.notes == ("C er med fra 2. halvår 2025.", LATE)
    assert (year.kommuner, year.population) == (("A", "B", "C"), 1000)
    start = area(("2025H1", "2025H2", "2026H1"), "2026H1", closed, {})
    assert start.notes == ("C er med fra 2. halvår 2025.", "B er ikke med fra 1. halvår 2026.", LATE, WAITS)
    alone = area(("2026H1",), "2026H1", closed, {})
    assert alone.notes == ("B er ikke med fra 1. halvår 2026.", WAITS)
    quiet = area(("2026H1",), "2026H1", [known("2025H2", [A, D]), known("2026H1", [A, D])], {})
    assert quiet.notes == ("D har ikke gitt tall for 1. halvår 2026.",)


def test_what_is_said_of_what_is_late_or_waits_holds_no_figure() -> None:
    assert not any(sign.isdigit() for sign in LATE + WAITS)
