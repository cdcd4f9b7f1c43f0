"""Every case counts once, whoever joins, leaves, merges, sends for another or turns out not to have been here."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases.areas import parents
from regional.releases.closing import Sending, Sent, close, freeze, waiting
from regional.releases.descent import sent_by
from regional.releases.flat import flat, total
from regional.releases.offered import half_of
from regional.releases.problem import Closed, Part
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts
from tenants.returns.counts import count_cases
from tests.regional.closings import CASE, HALVES, QUARTERS, person, plain, told_later
from tests.regional.releasing import sending, sent_for


@settings(max_examples=20, deadline=None)
@given(st.lists(CASE, max_size=10), st.lists(CASE, max_size=10), st.lists(CASE, max_size=10))
def test_kommuner_that_become_one_are_counted_once_each(one: Any, other: Any, new: Any) -> None:
    """The parents send what is before the birth (and, by a slip, the quarter of it); the new one sends that whole."""
    born = QUARTERS[3]
    before = [*one, *other]
    parts = [
        close("2025H1", {name: sent_for(own, QUARTERS[:4])}, {}, least=1).parts
        for name, own in (("a", one), ("b", other))
    ]
    frozen = [part for found in parts for part in found]
    after = [case for case in before if case.quarter >= born] + new
    sent = Sent(
        own=[sending(quarter, after) for quarter in QUARTERS[3:]],
        parents={name: sent_for(own, QUARTERS[:4]) for name, own in (("a", one), ("b", other))},
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
        sent = {name: lineage(name, last, merges) for name in there}
        closing_ = close(half, sent, with_parents(frozen), least=1)
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
    return Sent(own["e"], {"a": Sent(own["a"]), "b": Sent(own["b"])})


def with_parents(frozen: Mapping[str, Sequence[Part]]) -> dict[str, list[Part]]:
    """What is frozen of each, e with what is frozen of its parents."""
    return {name: [*own, *((*frozen["a"], *frozen["b"]) if name == "e" else ())] for name, own in frozen.items()}


def test_who_sends_for_a_quarter_before_its_birth_takes_the_parents_place_in_it() -> None:
    """The parent sent 12 for the quarter before; the new one sends 15 for it, and 7 for its own."""
    old, new = sorted(QUARTERS)[1:3]
    presence = {"a": set(QUARTERS[:2]), "b": set(QUARTERS[:2]), "c": set(QUARTERS[2:])}
    sendings = {
        "a": [Sending(old, REPORTED, count_cases([person()] * 5))],
        "b": [Sending(old, REPORTED, count_cases([person()] * 7))],
        "c": [Sending(quarter, REPORTED, count_cases([person()] * n)) for quarter, n in ((old, 15), (new, 7))],
    }
    became = {"a": "c", "b": "c"}
    assert sum(each.counts.cases for each in sent_by(sendings, presence, [], became)["c"].all) == 22
    assert sum(each.counts.cases for each in sent_by(sendings | {"c": []}, presence, [], became)["c"].all) == 12


def test_a_row_of_mergers_is_followed_though_the_registry_names_the_last_alone() -> None:
    quarters = QUARTERS
    presence = {
        "a": set(quarters[:2]), "b": set(quarters[:2]), "c": set(quarters[2:4]), "f": set(quarters[:4]),
        "d": set(quarters[4:]),
    }  # fmt: skip
    sendings = {name: [Sending(quarters[0], REPORTED, count_cases([person()] * 3))] for name in "abcf"}
    became = dict.fromkeys("abcf", "d")
    found = sent_by(sendings, presence, [], became)
    assert list(found) == ["d"]
    assert sorted(found["d"].parents) == ["c", "f"]
    assert sorted(found["d"].parents["c"].parents) == ["a", "b"]
    assert sum(each.counts.cases for each in found["d"].all) == 6


def test_what_is_sent_outside_of_the_standing_is_set_aside_unless_it_was_frozen_then() -> None:
    sendings = {"a": [sending(QUARTERS[0], []), sending(QUARTERS[2], [])]}
    found = sent_by(sendings, {"a": {QUARTERS[2]}}, [], {})["a"]
    assert [[each.quarter for each in own] for own in (found.own, found.aside)] == [[QUARTERS[2]], [QUARTERS[0]]]
    part = freeze("a", "2025H1", Sent([sendings["a"][0]]), []).part
    assert part is not None
    assert sent_by(sendings, {"a": {QUARTERS[2]}}, [Closed("2025H1", (part,))], {})["a"].aside == []


moves = st.fixed_dictionaries({
    "joins": st.integers(0, 4),
    "leaves": st.integers(0, 5),
    "merges": st.integers(0, 5),
    "corrected": st.booleans(),
    "sends_old": st.booleans(),
})  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({name: st.lists(told_later, max_size=5) for name in "abcde"}), moves)
def test_frozen_and_waiting_is_what_was_sent_whoever_joins_leaves_merges_or_is_corrected(cases: Any, how: Any) -> None:
    """a and b become e, which may send their quarters anew; c leaves, and it may turn out later that it was never here
    in the first half-year; d joins. Two are too few: then all of it waits."""
    last: dict[str, dict[Quarter, Counts]] = {name: {} for name in cases}
    frozen: list[Closed] = []
    became = {"a": "e", "b": "e"}
    for at, half in enumerate(HALVES):
        there = (
            (["e"] if at >= how["merges"] else ["a", "b"]) + ["c"] * (at < how["leaves"]) + ["d"] * (at >= how["joins"])
        )
        for name in there:
            begins = 0 if name != "e" or how["sends_old"] else how["merges"]
            for quarter in [each for one in HALVES[begins : at + 1] for each in parse(one)]:
                kin = [name, *("ab" if name == "e" else "")]
                known = [
                    case
                    for each in kin
                    for case, late in cases[each]
                    if HALVES.index(half_of(case.quarter)) + late <= at
                ]
                last[name][quarter] = count_cases(known, [quarter])
        presence = presence_until(at, how)
        gone = became if at >= how["merges"] else {}
        sent = sent_by(as_sendings(last), presence, frozen, gone)
        mine = {name: sent.get(name, Sent([])) for name in there}
        parts = {name: of_kin(frozen, name, gone) for name in {*sent, *mine}}
        others = {name: each for name, each in sent.items() if name not in mine}
        frozen.append(Closed(half, close(half, mine, parts, least=3, others=others).parts))
    until = QUARTERS[-1]
    left = [waiting(each, of_kin(frozen, name, gone), until) for name, each in sent.items()]
    counted = total(flat(each.counts) for one in sent.values() for each in (*one.all, *one.set_aside))
    told = [part.numbers for each in frozen for part in each.parts]
    assert plain(total([*told, *left])) == plain(counted)
    every = [quarter for own in last.values() for quarter in own]
    kept = [each for one in sent.values() for each in (*one.all, *one.set_aside)]
    replaced = [quarter for name in "ab" for quarter in last[name] if "e" in sent and quarter in last["e"]]
    assert len(every) == len(kept) + len(replaced)


def presence_until(at: int, how: Any) -> dict[str, set[Quarter]]:
    """Who was here in each quarter until then; corrected: c is found not to have been in the first half-year."""
    halves = {
        "a": range(how["merges"]), "b": range(how["merges"]), "e": range(how["merges"], 9),
        "c": range(1 if how["corrected"] and at > 1 else 0, how["leaves"]), "d": range(how["joins"], 9),
    }  # fmt: skip
    return {name: {q for i in own if i <= at for q in parse(HALVES[i])} for name, own in halves.items()}


def as_sendings(last: Mapping[str, Mapping[Quarter, Counts]]) -> dict[str, list[Sending]]:
    return {
        name: [Sending(quarter, REPORTED, one) for quarter, one in own.items()] for name, own in last.items() if own
    }


def of_kin(frozen: Sequence[Closed], name: str, became: Mapping[str, str]) -> list[Part]:
    kin = {name, *parents(name, became)}
    return [part for each in frozen for part in each.parts if part.kommune in kin]
