"""Who answers at a time: the rules, the nights when the clock is changed, and that no time is left out."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.lines import setup as rules
from regional.lines.setup import BadSetup, Rule, Setup, Version
from varde.clock import OSLO
from varde.worktime import ROUND_THE_CLOCK, Calendar, Opening, Span, holiday

WEEKDAYS = (0, 1, 2, 3, 4)
OFFICE = Calendar((Opening(date.min, dict.fromkeys(WEEKDAYS, (Span(time(9), time(14)),))),))
ALWAYS_OPEN = Calendar((Opening(date.min, ROUND_THE_CLOCK, on_holidays=True),))
DAYTIME = Rule("own", "hours", WEEKDAYS, time(8), time(15, 30))
MIXED = Setup((DAYTIME, Rule("hotline", "open"), Rule("krisesenter")))
WEEKEND_FORM = Setup((DAYTIME, Rule("krisesenter", "hours", WEEKDAYS, time(15, 30), time(8))))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=OSLO)


def who(setup: Setup, day: str, clock: str, hotline: Calendar = OFFICE) -> str:
    return rules.answer_at([Version(LONG_AGO, setup)], at(day, clock), hotline)


@pytest.mark.parametrize(
    ("day", "clock", "answers"),
    [
        ("2026-11-23", "07:59", "krisesenter"),
        ("2026-11-23", "08:00", "own"),
        ("2026-11-23", "15:29", "own"),
        ("2026-11-23", "15:30", "krisesenter"),
        ("2026-11-28", "12:00", "krisesenter"),
        ("2026-12-25", "12:00", "krisesenter"),  # a Friday, and Christmas Day
    ],
)
def test_the_first_open_rule_answers(day, clock, answers):
    assert who(MIXED, day, clock) == answers


def test_the_shared_phone_takes_over_when_it_is_open_longer():
    late = Calendar((Opening(date.min, dict.fromkeys(range(7), (Span(time(8), time(20)),))),))
    assert who(MIXED, "2026-11-23", "18:00", late) == "hotline"


def test_form_only_weekends_and_nights_that_go_on_into_the_next_day():
    assert who(WEEKEND_FORM, "2026-11-28", "12:00") == "form"
    assert who(WEEKEND_FORM, "2026-11-24", "03:00") == "krisesenter"
    assert who(WEEKEND_FORM, "2026-11-28", "03:00") == "krisesenter"  # Friday's night
    assert who(WEEKEND_FORM, "2026-11-23", "03:00") == "form"  # Sunday's


def test_before_anything_is_said_the_shared_phone_answers_when_it_is_open():
    assert rules.answer_at([], at("2026-11-23", "10:00"), OFFICE) == "hotline"
    assert rules.answer_at([], at("2026-11-23", "20:00"), OFFICE) == "form"


def test_of_two_versions_from_the_same_time_the_last_one_holds():
    said = [Version(LONG_AGO, MIXED), Version(LONG_AGO, Setup((Rule("krisesenter"),)))]
    assert rules.version_at(said, at("2026-11-23", "10:00")).setup == said[1].setup


def test_a_switch_called_off_is_no_switch():
    now, then = at("2026-11-23", "10:00"), at("2026-12-01", "08:00")
    said = [Version(LONG_AGO, MIXED), Version(then, WEEKEND_FORM)]
    coming = rules.next_switch(said, now)
    assert coming is not None
    assert (coming.since, coming.setup) == (then, WEEKEND_FORM)
    assert rules.next_switch([*said, Version(then, MIXED)], now) is None


def test_until_is_when_something_else_begins():
    said = [Version(LONG_AGO, MIXED)]
    assert rules.until(said, at("2026-11-23", "10:00"), OFFICE) == at("2026-11-23", "15:30")
    assert rules.until([Version(LONG_AGO, Setup((Rule("krisesenter"),)))], at("2026-11-23", "10:00"), OFFICE) is None


def test_a_night_shift_has_the_hours_that_the_night_has():
    """The clock goes back at 03.00 on 25 October 2026: from 22 to 06 is nine hours."""
    night = Setup((Rule("krisesenter", "hours", (5,), time(22), time(6)),))
    found = rules.stretches([Version(LONG_AGO, night)], at("2026-10-24", "12:00"), at("2026-10-25", "12:00"), OFFICE)
    assert [each.kind for each in found] == ["form", "krisesenter", "form"]
    assert found[1].ends - found[1].starts == timedelta(hours=9)


def test_a_lost_hour_in_spring_is_nobodys():
    """The clock goes from 02.00 to 03.00 on 28 March 2027, which is Easter Sunday."""
    early = Setup((Rule("krisesenter", "hours", (6,), time(2, 30), time(4), on_holidays=True),))
    found = rules.stretches([Version(LONG_AGO, early)], at("2027-03-28", "00:00"), at("2027-03-28", "12:00"), OFFICE)
    on = next(each for each in found if each.kind == "krisesenter")
    assert (on.starts, on.ends) == (at("2027-03-28", "03:00"), at("2027-03-28", "04:00"))


def test_a_service_without_a_number_and_a_phone_without_people_are_silent():
    now = at("2026-11-23", "07:00")
    found = rules.stretches([Version(LONG_AGO, MIXED)], now, now + timedelta(hours=12), ALWAYS_OPEN)
    hole = (at("2026-11-23", "16:00"), at("2026-11-23", "17:00"))
    assert rules.silent(found, lambda kind, at: "Har ikke noe nummer" if kind == "own" else "", [hole]) == [
        (at("2026-11-23", "08:00"), at("2026-11-23", "15:30"), "Har ikke noe nummer"),
        (*hole, "Ingen har vakt på vakttelefonen"),
    ]


def test_a_hole_while_another_service_answers_is_no_hole():
    now = at("2026-11-23", "07:00")
    found = rules.stretches([Version(LONG_AGO, MIXED)], now, now + timedelta(hours=12), ALWAYS_OPEN)
    assert rules.silent(found, lambda kind, at: "", [(at("2026-11-23", "09:00"), at("2026-11-23", "10:00"))]) == []


@pytest.mark.parametrize(
    ("setup", "sentence"),
    [
        (Setup(()), "minst én tjeneste"),
        (Setup((Rule("own", "open"),)), "gjelder bare vakttelefonen"),
        (Setup((Rule("own", "hours", (), time(8), time(9)),)), "Velg ukedager"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(setup, sentence):
    with pytest.raises(BadSetup, match=sentence):
        rules.check(setup)


def test_in_words():
    assert rules.in_words(WEEKEND_FORM) == (
        "Kommunens egen telefon mandag–fredag 08.00–15.30. Krisesenteret mandag–fredag 15.30–08.00. Ellers bare skjema."
    )
    assert rules.in_words(MIXED).endswith("Krisesenteret hele døgnet.")


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
hours = st.builds(
    Rule,
    st.sampled_from(["hotline", "own", "krisesenter"]),
    st.just("hours"),
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    clocks,
    clocks,
    st.booleans(),
)
setups = st.builds(
    Setup,
    st.lists(st.one_of(hours, st.just(Rule("hotline", "open"))), min_size=1, max_size=4).map(tuple),
    st.sampled_from(["form", "krisesenter", "legevakt", "hotline"]),
)
# Around the two nights when the clock is changed, and through a Christmas.
begins = st.sampled_from(["2026-10-23", "2027-03-26", "2026-12-22", "2026-11-20"]).map(lambda day: at(day, "00:00"))


def slowly(setup: Setup, moment: datetime) -> str:
    """What the clock in Oslo shows, asked for this one minute and nothing else."""
    here = moment.astimezone(OSLO)
    for rule in setup.rules:
        spans = []
        if rule.when == "open":
            spans = [] if holiday(here.date()) or here.weekday() not in WEEKDAYS else [(time(9), time(14))]
        else:
            free = holiday(here.date()) and not rule.on_holidays
            week = {} if free else rules.week(rule.days, rule.opens, rule.closes)
            spans = [(span.opens, span.closes) for span in week.get(here.weekday(), ())]
        if any(opens <= here.time() and (closes == time(0) or here.time() < closes) for opens, closes in spans):
            return rule.service
    return setup.fallback


@given(setups, begins, st.integers(0, 5 * 24 * 4 - 1))
def test_every_time_agrees_with_a_slow_reference(setup, begins, quarter):
    """Away from the two hours in which the clock is changed, where only `worktime` says what a time means."""
    moment = begins + timedelta(minutes=15 * quarter)
    moment = moment.astimezone(UTC)
    shown = moment.astimezone(OSLO)
    if shown.date() in (date(2026, 10, 25), date(2027, 3, 28)) and shown.hour < 4:
        return
    assert rules.answer_at([Version(LONG_AGO, setup)], moment, OFFICE) == slowly(setup, moment)


@given(st.lists(setups, min_size=1, max_size=3), begins)
def test_a_week_has_no_hole_and_no_overlap_whatever_is_switched(switched, begins):
    said = [Version(begins + timedelta(days=2 * number), setup) for number, setup in enumerate(switched)]
    since, until = begins.astimezone(UTC), (begins + timedelta(days=7)).astimezone(UTC)
    found = rules.stretches(said, since, until, OFFICE)
    assert (found[0].starts, found[-1].ends) == (since, until)
    assert all(one.ends == other.starts and one.kind != other.kind for one, other in pairwise(found))
    assert all(rules.answer_at(said, each.starts, OFFICE) == each.kind for each in found)


@given(setups)
def test_what_is_stored_is_what_was_said(setup):
    assert rules.from_json(rules.to_json(setup)) == setup
