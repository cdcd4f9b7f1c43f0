"""Every case counts once, whatever comes late, is corrected, joins, leaves or becomes one; nothing closed changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases import closing
from regional.releases.areas import Change, Member, change, holder, parents, version
from regional.releases.asked_for import table_for, to_close
from regional.releases.closing import Sending, Sent, close, freeze, refusal, waiting
from regional.releases.flat import Flat, flat, total
from regional.releases.offered import follows, half_of, tables
from regional.releases.problem import Part, fits
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse, quarter_of
from shared.contracts import Counts
from tenants.returns.counts import RegisteredCase, count_cases
from tests.regional.releasing import OF, case_in, sending, sent_for

HALVES = ("2025H1", "2025H2", "2026H1", "2026H2")
QUARTERS = [quarter for half in HALVES for quarter in parse(half)]
KEYS = ("overgrep", "sarbarhet", "relasjon", "kjonn")
CASE = case_in(QUARTERS, KEYS)
FIRST = QUARTERS[0]


@dataclass
class Kommune:
    """A kommune's register, what it has sent last for each quarter, and what has been frozen of it."""

    cases: list[RegisteredCase] = field(default_factory=list)
    sent: dict[Quarter, Counts] = field(default_factory=dict)
    frozen: dict[str, Part] = field(default_factory=dict)

    def send(self, quarter: Quarter) -> None:
        self.sent[quarter] = count_cases(self.cases, [quarter])

    @property
    def known(self) -> Sent:
        return Sent([Sending(quarter, REPORTED, counts) for quarter, counts in self.sent.items()])

    def close(self, period: str) -> None:
        part = freeze("k", period, self.known, list(self.frozen.values())).part
        if part is not None:
            self.frozen[period] = part


def plain(numbers: Flat) -> dict[Any, int]:
    """Without the quarters, and without what is 0."""
    return {name: count for name, count in numbers.items() if count and name[0] != "saker"}


rounds = st.lists(
    st.fixed_dictionaries({
        "new": st.lists(CASE, max_size=4),
        "changed": st.lists(CASE, max_size=2),
        "dropped": st.integers(0, 2),
        "not_sent": st.sets(st.sampled_from(QUARTERS), max_size=3),
    }),
    min_size=1,
    max_size=len(HALVES),
)  # fmt: skip


def run(kommune: Kommune, told: Sequence[Any]) -> list[str]:
    """What happens before each closing: cases come, are changed and deleted, and most quarters are sent (again)."""
    closed = list(HALVES[: len(told)])
    for period, each in zip(closed, told, strict=True):
        kommune.cases += each["new"]
        for at, case in enumerate(each["changed"][: len(kommune.cases)]):
            kommune.cases[at] = RegisteredCase(kommune.cases[at].quarter, case.answers, REPORTED)
        del kommune.cases[: each["dropped"]]
        for quarter in QUARTERS:
            if quarter not in each["not_sent"]:
                kommune.send(quarter)
        kommune.close(period)
    return closed


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


def person(**answers: str) -> RegisteredCase:
    return RegisteredCase(FIRST, {key: (code,) for key, code in answers.items()}, REPORTED)


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


def test_a_corrected_answer_is_made_up_for_where_there_is_room_and_waits_whole_where_there_is_not() -> None:
    wrong, right = person(kjonn="man"), person(kjonn="woman")
    before = first_frozen(wrong)
    empty = freeze("k", "2025H2", sent_for([right], QUARTERS), [before])
    assert empty.waits == closing.WAITS
    assert empty.part is not None
    assert empty.part.numbers[("cases", "", "")] == 0
    more = [right, later("2026Q1", kjonn="man"), later("2026Q1", kjonn="man")]
    found = freeze("k", "2026H1", sent_for(more, QUARTERS), [before, empty.part])
    assert found.part is not None
    assert (found.waits, found.part.numbers[("kjonn", "code", "man")]) == ("", 1)
    assert found.part.numbers[("kjonn", "code", "woman")] == 1


def test_the_sentences_on_what_waits_hold_no_figure() -> None:
    for said in (closing.WAITS, closing.CHANGED_FORM, closing.TWO_FORMS, closing.WRONG):
        assert not any(sign.isdigit() for sign in said)


def test_who_has_sent_nothing_contributes_nothing_and_zero_is_something() -> None:
    assert freeze("k", "2025H1", Sent([]), []).part is None
    part = freeze("k", "2025H1", sent_for([], QUARTERS[:2]), []).part
    assert part is not None
    assert part.numbers[("cases", "", "")] == 0


@settings(max_examples=20, deadline=None)
@given(st.lists(CASE, max_size=10), st.lists(CASE, max_size=10), st.lists(CASE, max_size=10))
def test_kommuner_that_become_one_are_counted_once_each(one: Any, other: Any, new: Any) -> None:
    """The parents send what is before the birth (and, by a slip, the quarter of it); the new one sends that whole."""
    born = QUARTERS[3]
    before = [*one, *other]
    parts = [close("2025H1", {name: sent_for(own, QUARTERS[:4])}, {}).parts for name, own in (("a", one), ("b", other))]
    frozen = [part for found in parts for part in found]
    after = [case for case in before if case.quarter >= born] + new
    sent = Sent(
        own=[sending(quarter, after) for quarter in QUARTERS[3:]],
        parents={name: [sending(q, own) for q in QUARTERS[:4]] for name, own in (("a", one), ("b", other))},
        born=born,
    )
    counted = [case for case in before if case.quarter < born] + [case for case in after if case.quarter >= born]
    for period in HALVES[1:]:
        part = freeze("c", period, sent, frozen).part
        frozen += [part] if part else []
    left = waiting(sent, frozen, QUARTERS[-1])
    assert plain(total([*(part.numbers for part in frozen), left])) == plain(flat(count_cases(counted, QUARTERS)))


@settings(max_examples=20, deadline=None)
@given(st.lists(CASE, max_size=10), st.integers(0, 3), st.integers(0, 3))
def test_who_joins_and_leaves_is_in_the_periods_between(cases: Any, joins: int, stays: int) -> None:
    """The pool gives a kommune's quarters while it was in the region; no closing has anything of the others."""
    inside = [half for at, half in enumerate(HALVES) if joins <= at < joins + stays]
    sent = sent_for(cases, [quarter for half in inside for quarter in parse(half)])
    frozen: list[Part] = []
    for half in HALVES:
        part = freeze("k", half, sent, frozen).part if half in inside else None
        frozen += [part] if part else []
    own = [quarter for half in inside for quarter in parse(half)]
    assert plain(total(part.numbers for part in frozen)) == plain(flat(count_cases(cases, own)))


told_later = st.tuples(CASE, st.integers(0, 1))
"""A case, and how many half-years after its own it is known."""


@settings(max_examples=20, deadline=None)
@given(
    st.fixed_dictionaries({name: st.lists(told_later, max_size=6) for name in "abcde"}),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_a_region_counts_every_case_once_whoever_joins_leaves_and_merges(
    cases: Any, joins: int, leaves: int, merges: int
) -> None:
    """a and b become e from the half-year `merges`, c leaves before `leaves`, d comes with `joins`."""
    last: dict[str, dict[Quarter, Counts]] = {name: {} for name in cases}
    frozen: dict[str, list[Part]] = {name: [] for name in cases}
    for at, half in enumerate(HALVES):
        there = (["e"] if at >= merges else ["a", "b"]) + ["c"] * (at < leaves) + ["d"] * (at >= joins)
        for name in there:
            born = merges if name == "e" else joins if name == "d" else 0
            for quarter in [each for one in HALVES[born : at + 1] for each in parse(one)]:
                known = [case for case, late in cases[name] if HALVES.index(half_of(case.quarter)) + late <= at]
                last[name][quarter] = count_cases(known, [quarter])
        closing_ = close(half, {name: lineage(name, last, merges) for name in there}, with_parents(frozen))
        for part in closing_.parts:
            frozen[part.kommune].append(part)
    counted = total(flat(counts) for own in last.values() for counts in own.values())
    names = "abcd" if merges >= len(HALVES) else "cde"
    left = [waiting(lineage(name, last, merges), with_parents(frozen)[name], QUARTERS[-1]) for name in names]
    told = [part.numbers for own in frozen.values() for part in own]
    assert plain(total([*told, *left])) == plain(counted)


def lineage(name: str, last: Mapping[str, Mapping[Quarter, Counts]], merges: int) -> Sent:
    """What a kommune, and those it was born of, have sent last."""
    own = {key: [Sending(quarter, REPORTED, one) for quarter, one in sent.items()] for key, sent in last.items()}
    if name != "e" or merges >= len(HALVES):
        return Sent(own[name])
    return Sent(own["e"], {"a": own["a"], "b": own["b"]}, parse(HALVES[merges])[0])


def with_parents(frozen: Mapping[str, Sequence[Part]]) -> dict[str, list[Part]]:
    """What is frozen of each, e with what is frozen of its parents."""
    return {name: [*own, *((*frozen["a"], *frozen["b"]) if name == "e" else ())] for name, own in frozen.items()}


def test_a_half_year_is_closed_when_it_is_over_with_three_and_nobody_missing_or_on_purpose() -> None:
    sent: Mapping[str, Sent] = {name: sent_for([], QUARTERS[:2]) for name in "abc"}
    found = close("2025H1", sent, {})
    assert refusal(found, missing=[], without=False, over=True, least=3) == ""
    assert "ikke over" in refusal(found, missing=[], without=False, over=False, least=3)
    assert "Gjøvik" in refusal(found, missing=["Gjøvik"], without=False, over=True, least=3)
    assert refusal(found, missing=["Gjøvik"], without=True, over=True, least=3) == ""
    few = close("2025H1", {name: sent[name] for name in "ab"}, {})
    said = refusal(few, missing=[], without=True, over=True, least=3)
    assert said == "Bare 2 kommuner har sendt tall, og det må være minst 3."


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
    assert change([A], [A, B], {}).sentences == ["B er med fra denne perioden."]
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
