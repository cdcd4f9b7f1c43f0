"""Every case counts once, whatever comes late, is corrected or has no room yet; nothing that is closed changes."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases.closing import Sent, close, freeze, refusal, waiting
from regional.releases.flat import flat, total
from regional.releases.problem import Part, fits
from regional.releases.room import largest
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse
from tenants.returns.counts import RegisteredCase, count_cases
from tests.regional.closings import CASE, HALVES, KEYS, QUARTERS, Kommune, person, plain, rounds, run
from tests.regional.releasing import CODES, OF, sent_for


@settings(max_examples=40, deadline=None)
@given(rounds)
def test_frozen_and_waiting_together_are_always_what_was_sent(told: Any) -> None:
    kommune = Kommune()
    closed = run(kommune, told)
    until = parse(closed[-1])[-1]
    sent = total(flat(counts) for quarter, counts in kommune.sent.items() if quarter <= until)
    frozen = total(part.numbers for part in kommune.frozen.values())
    left = waiting(kommune.known, list(kommune.frozen.values()), until)
    assert plain(total([frozen, left])) == plain(sent)


@settings(max_examples=20, deadline=None)
@given(rounds)
def test_what_is_frozen_is_always_a_table_that_cases_can_have_and_never_changes(told: Any) -> None:
    kommune = Kommune()
    seen: dict[str, Part] = {}
    for at in range(len(told)):
        before = Kommune()
        run(before, told[: at + 1])
        assert all(before.frozen[period] == part for period, part in seen.items())
        seen |= before.frozen
    run(kommune, told)
    for part in kommune.frozen.values():
        assert fits(part, OF)
        assert (
            part.numbers[("saker", "code", "1")] + part.numbers[("saker", "code", "2")]
            == part.numbers[("cases", "", "")]
        )


@settings(max_examples=20, deadline=None)
@given(st.lists(CASE, max_size=12), rounds)
def test_at_the_end_every_case_is_in_one_period_once_nothing_waits(cases: Any, told: Any) -> None:
    """When the kommune has sent all and enough new cases have come for the corrections to fit, nothing is lost."""
    kommune = Kommune()
    run(kommune, told)
    kommune.cases += cases
    for quarter in QUARTERS:
        kommune.send(quarter)
    for period in HALVES:
        if period not in kommune.frozen:
            kommune.close(period)
    left = waiting(kommune.known, list(kommune.frozen.values()), QUARTERS[-1])
    frozen = total(part.numbers for part in kommune.frozen.values())
    assert plain(total([frozen, left])) == plain(flat(count_cases(kommune.cases, QUARTERS)))


def later(quarter: str, **answers: str) -> RegisteredCase:
    return RegisteredCase(parse(quarter)[0], {key: (code,) for key, code in answers.items()}, REPORTED)


def first_frozen(*cases: RegisteredCase) -> Part:
    part = freeze("k", "2025H1", sent_for(cases, QUARTERS[:2]), []).part
    assert part is not None
    return part


def test_a_late_case_is_in_the_first_quarter_of_the_period_after() -> None:
    one, late, new = person(kjonn="man"), person(kjonn="woman"), later("2025Q4", kjonn="man")
    before = first_frozen(one)
    found = freeze("k", "2025H2", sent_for([one, late, new], QUARTERS), [before])
    assert found.late
    assert found.part is not None
    assert found.part.numbers[("cases", "", "")] == 2
    assert found.part.numbers[("saker", "code", "1")] == found.part.numbers[("saker", "code", "2")] == 1
    assert found.part.numbers[("kjonn", "code", "woman")] == 1


def test_a_corrected_answer_is_made_up_for_where_there_is_room_and_waits_where_there_is_not() -> None:
    wrong, right = person(kjonn="man"), person(kjonn="woman")
    before = first_frozen(wrong)
    empty = freeze("k", "2025H2", sent_for([right], QUARTERS), [before])
    assert empty.waits
    assert empty.part is not None
    assert empty.part.numbers[("cases", "", "")] == 0
    more = [right, later("2026Q1", kjonn="man"), later("2026Q1", kjonn="man")]
    found = freeze("k", "2026H1", sent_for(more, QUARTERS), [before, empty.part])
    assert found.part is not None
    assert (found.waits, found.part.numbers[("kjonn", "code", "man")]) == (False, 1)
    assert found.part.numbers[("kjonn", "code", "woman")] == 1


def test_a_correction_without_room_holds_no_late_case_back() -> None:
    """One changed answer that the period has no room for, and a late case: the case goes in, with all its answers."""
    before = first_frozen(person(kjonn="man", melder="self"))
    now = [person(kjonn="woman", melder="self"), person(alder="over_67", overgrep="neglect")]
    found = freeze("k", "2025H2", sent_for(now, QUARTERS), [before])
    assert found.part is not None
    assert (found.waits, found.late) == (True, True)
    assert found.part.numbers[("cases", "", "")] == 1
    assert found.part.numbers[("alder", "code", "over_67")] == found.part.numbers[("overgrep", "code", "neglect")] == 1
    assert found.part.numbers[("kjonn", "answered", "")] == 0


def test_over_years_of_corrections_and_late_cases_no_case_waits() -> None:
    """One kommune, six years, a changed answer a half-year and a late case in every other."""
    rnd = random.Random(7)
    halves = [f"{year}{half}" for year in range(2019, 2025) for half in ("H1", "H2")]
    for monthly in (1, 3):
        cases: list[RegisteredCase] = []
        frozen: list[Part] = []
        for at, half in enumerate(halves):
            cases += [any_case(rnd, quarter) for quarter in parse(half) for _ in range(monthly)]
            old = [place for place, each in enumerate(cases) if each.quarter < parse(half)[0]]
            if old:
                place = rnd.choice(old)
                key = rnd.choice(KEYS)
                new = any_case(rnd, cases[place].quarter).answers[key]
                cases[place] = RegisteredCase(cases[place].quarter, {**cases[place].answers, key: new}, REPORTED)
            if at % 2:
                cases.append(any_case(rnd, parse(halves[at - 1])[0]))
            sent = sent_for(cases, [quarter for each in halves[: at + 1] for quarter in parse(each)])
            part = freeze("k", half, sent, frozen).part
            assert part is not None
            assert fits(part, OF)
            frozen.append(part)
            assert sum(each.numbers[("cases", "", "")] for each in frozen) == len(cases)


def any_case(rnd: random.Random, quarter: Quarter) -> RegisteredCase:
    """With any answers."""
    most = {key: 1 if OF.questions[key].single else 3 for key in KEYS}
    given = {key: tuple(rnd.sample(CODES[key], rnd.randint(0, most[key]))) for key in KEYS}
    return RegisteredCase(quarter, given, REPORTED)


def test_numbers_that_do_not_agree_go_in_as_far_as_they_do() -> None:
    """A return with more answers than ticks: the cases count, and so does every other question."""
    numbers = {**flat(count_cases([person(kjonn="man", alder="over_67")] * 4)), ("saker", "code", "1"): 4}
    numbers[("kjonn", "answered", "")] = 6
    found = largest(numbers, OF)
    assert fits(Part("k", REPORTED, found), OF)
    assert (found[("cases", "", "")], found[("kjonn", "code", "man")], found[("alder", "code", "over_67")]) == (4, 4, 4)
    assert found[("kjonn", "answered", "")] == 4


@settings(max_examples=25, deadline=None)
@given(st.lists(CASE, max_size=5), st.dictionaries(st.sampled_from(sorted(flat(count_cases([])))), st.integers(-3, 3)))
def test_the_largest_part_has_all_cases_no_answer_too_many_and_is_always_possible(cases: Any, torn: Any) -> None:
    numbers = {**flat(count_cases(cases)), ("saker", "code", "1"): len(cases)}
    wanted = {name: numbers.get(name, 0) + by for name, by in torn.items() if name[0] not in ("cases", "saker")}
    wanted = {**numbers, **wanted}
    found = largest(wanted, OF)
    assert fits(Part("k", REPORTED, found), OF)
    assert found[("cases", "", "")] == len(cases)
    answers = [name for name in wanted if name[0] in OF.questions]
    assert all(found[name] <= max(0, wanted[name]) for name in answers)


def test_who_has_sent_nothing_contributes_nothing_and_zero_is_something() -> None:
    assert freeze("k", "2025H1", Sent([]), []).part is None
    part = freeze("k", "2025H1", sent_for([], QUARTERS[:2]), []).part
    assert part is not None
    assert part.numbers[("cases", "", "")] == 0


def test_a_half_year_is_closed_when_it_is_over_and_nobody_is_missing_or_on_purpose() -> None:
    assert refusal(missing=[], without=False, over=True) == ""
    assert "ikke over" in refusal(missing=[], without=False, over=False)
    assert "Gjøvik" in refusal(missing=["Gjøvik"], without=False, over=True)
    assert refusal(missing=["Gjøvik"], without=True, over=True) == ""


@settings(max_examples=15, deadline=None)
@given(st.dictionaries(st.sampled_from("abcd"), st.lists(CASE, max_size=5), min_size=4), st.integers(0, 3))
def test_with_fewer_than_three_a_half_year_is_closed_empty_and_the_next_has_it_all(cases: Any, third: int) -> None:
    """Two kommuner from the start; others come later: nothing stops, and nothing is lost."""
    frozen: dict[str, list[Part]] = {name: [] for name in cases}
    for at, half in enumerate(HALVES):
        there = sorted(cases)[: 2 if at < third else 4]
        sent = {name: sent_for(cases[name], QUARTERS[: 2 * at + 2]) for name in there}
        found = close(half, sent, frozen, least=3)
        assert bool(found.parts) == (at >= third)
        assert found.waits or found.parts
        for part in found.parts:
            frozen[part.kommune].append(part)
    for name, own in cases.items():
        if third < len(HALVES):
            assert plain(total(part.numbers for part in frozen[name])) == plain(flat(count_cases(own, QUARTERS)))


def test_the_newest_form_alone_decides_which_questions_a_part_has_and_a_late_case_of_it_is_not_held_back() -> None:
    """An answer to a question that the form has no more waits; its case does not."""
    gone = ("kjonn@1:other", "code", "other")
    numbers = {**flat(count_cases([person(kjonn="man")] * 2)), ("saker", "code", "1"): 2, gone: 1}
    found = largest(numbers, OF)
    assert gone not in found
    assert (found[("cases", "", "")], found[("kjonn", "code", "man")]) == (2, 2)
