"""How far a measure has come, and its picture: for any order of what was said."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.plan import picture
from regional.plan.states import PARTS, STATUSES, Said, is_for, period_label, standing, tally
from regional.plan.told import LONGEST, Owner, PlanTold

BEGAN = datetime(2026, 1, 12, 9, tzinfo=UTC)
TODAY = date(2026, 11, 1)
CODES = [code for code, _ in STATUSES]
saids = st.builds(
    Said,
    at=st.integers(1, 10_000).map(lambda minutes: BEGAN + timedelta(minutes=minutes)),
    status=st.sampled_from(["", *CODES]),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    owner_name=st.sampled_from(["", "Gjøvik", "Lederteamet"]),
)
many = st.lists(saids, max_size=8, unique_by=lambda one: one.at)


def begins(status: str = "planned") -> Said:
    return Said(BEGAN, status, date(2026, 6, 1), "Lederteamet")


@given(many, st.randoms())
def test_the_newest_of_each_kind_holds_in_whatever_order_it_is_read(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    stands = standing(begins(), shuffled)
    assert stands == standing(begins(), said)
    in_order = sorted(said, key=lambda one: one.at)
    for name, given_first in (("status", "planned"), ("due_on", date(2026, 6, 1)), ("owner_name", "Lederteamet")):
        newest = [value for one in in_order if (value := getattr(one, name))]
        assert getattr(stands, name) == (newest[-1] if newest else given_first)


@given(st.lists(many, max_size=6))
def test_every_measure_is_in_one_part_and_the_bar_is_full(measures):
    found = [standing(begins(), said) for said in measures]
    one = tally("Mål", found, TODAY)
    assert one.total == len(found)
    (row,) = picture.rows([one])
    widths = [float(piece.width.rstrip("%")) for piece in row.pieces]
    assert sum(widths) == pytest.approx(100 if found else 0, abs=0.1)
    assert sum(int(piece.text) for piece in row.pieces) == len(found)


@given(many)
def test_what_is_done_or_stopped_is_never_late(said):
    stands = standing(begins(), said)
    assert stands.overdue(TODAY) == (stands.status in ("planned", "running") and stands.due_on < TODAY)
    assert stands.part(TODAY) in dict(PARTS)


def test_the_picture_says_in_words_what_it_draws_and_takes_any_title():
    found = [standing(begins(), []), standing(begins("done"), [])]
    rows = [tally('1. <b>"Alle" & én</b>', found, TODAY), tally("2. Tomt", [], TODAY)]
    assert picture.in_words(rows) == '1. <b>"Alle" & én</b>: 1 gjort, 1 over frist. 2. Tomt: ingen tiltak.'
    drawn = ElementTree.fromstring(picture.svg(rows))
    assert '<b>"Alle" & én</b>' in "".join(drawn.itertext())


def test_a_measure_without_a_date_is_none():
    with pytest.raises(ValueError, match="without a date"):
        standing(Said(BEGAN, "planned"), [])


def test_whose_a_measure_is():
    one, other = UUID(int=1), UUID(int=2)
    assert is_for([str(one)], None, one)
    assert is_for([], one, one)
    assert not is_for([str(other)], other, one)


def test_a_period_is_some_years_in_order():
    assert (period_label(2026, 2026), period_label(2026, 2027)) == ("2026", "2026–2027")
    for first, last, why in ((2027, 2026, "før det første"), (2026, 2026 + LONGEST, "år om gangen")):
        with pytest.raises(ValueError, match=why):
            PlanTold(title="Plan", first_year=first, last_year=last)
    with pytest.raises(ValueError, match="hvem som har ansvaret"):
        Owner(kind="body", name=" ")
