"""Is a table fair? Found from the table and from what was decided alone: nothing here is shared with the engine.

`decided` is what is stored and what the file of `varde rotation --change` holds: {"kommuner", "seats", "first_year",
"years", "changes": [lists, …]}. Everything is counted anew.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

type Row = Mapping[str, Any]


@dataclass(slots=True)
class Facts:
    """What was found; `faults` are sentences, none in a fair table. `twice`: (kommune, seat, first and last period of
    the round) held twice since somebody else may not have it. Numbers are of periods."""

    faults: list[str] = field(default_factory=list)
    members: list[tuple[str, ...]] = field(default_factory=list)
    loads: tuple[int, int] = (0, 0)
    rounds: list[tuple[int, int]] = field(default_factory=list)
    exact: list[tuple[int, int]] = field(default_factory=list)
    twice: list[tuple[str, str, int, int]] = field(default_factory=list)
    exclusions: list[tuple[str, str, int, int | None]] = field(default_factory=list)
    wishes: list[tuple[str, str, int, int, bool]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Decided:
    """The same as numbers of periods: (number, kind, row); and the first and last year of each period."""

    firsts: list[int]
    lasts: list[int]
    turns: list[tuple[int, str, Row]] = field(default_factory=list)
    exclusions: list[tuple[str, str, int, int | None]] = field(default_factory=list)
    wishes: list[tuple[str, str, int, int]] = field(default_factory=list)


def check(decided: Mapping[str, Any], holders: Mapping[str, Sequence[str]]) -> Facts:
    """All that can be said of a table; `holders[seat][i]` has the seat in the period number `i`."""
    count = min((len(row) for row in holders.values()), default=0)
    known = _read(decided, count)
    found = Facts(firsts=known.firsts, exclusions=known.exclusions)
    found.members = list(_members(tuple(decided["kommuner"]), known, count))
    if list(holders) != list(decided["seats"]) or any(len(row) != count for row in holders.values()):
        found.faults.append("Tabellen har ikke de plassene som er vedtatt.")
        return found
    _check_periods(found, holders, count)
    _check_exclusions(found, holders, count)
    for first, last in _rounds(found.members, known, count):
        _check_round(found, holders, first, last)
    found.wishes = [
        (name, seat, at, since, at < count and holders[seat][at] == name) for name, seat, at, since in known.wishes
    ]
    return found


def past(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]], until: int) -> list[str]:
    """A sentence for each period before number `until` that is not as it was."""
    return [
        f"Plassen {seat} er endret i periode nummer {number + 1}, som ligger før endringen."
        for seat in before
        for number in range(min(until, len(before[seat])))
        if list(after.get(seat, ()))[number : number + 1] != [before[seat][number]]
    ]


def _read(decided: Mapping[str, Any], count: int) -> _Decided:
    years, first = decided["years"], decided["first_year"]
    known = _Decided(
        [first + years * number for number in range(count)],
        [first + years * (number + 1) - 1 for number in range(count)],
    )
    for batch in decided.get("changes", ()):
        for row in sorted(batch.get("cut_short", ()), key=lambda row: row["from"]):
            _shorten(known, known.firsts.index(row["from"]), row["to"])
        at = known.firsts.index
        for kind in ("leaves", "merges", "joins"):
            known.turns += [(at(row["from"]), kind, row) for row in batch.get(kind, ())]
        for row in batch.get("exclusions", ()):
            last = None if row.get("to") is None else at(row["to"])
            known.exclusions.append((row["kommune"], row["seat"], at(row["from"]), last))
        for row in batch.get("wishes", ()):
            since = row["from"] if row.get("since") is None else row["since"]
            known.wishes.append((row["kommune"], row["seat"], at(row["from"]), at(since)))
    return known


def _shorten(known: _Decided, number: int, last: int) -> None:
    less = known.lasts[number] - last
    for later in range(number, len(known.lasts)):
        known.lasts[later] -= less
        if later > number:
            known.firsts[later] -= less


def _members(kommuner: tuple[str, ...], known: _Decided, count: int) -> Iterator[tuple[str, ...]]:
    order = ("leaves", "merges", "joins")
    names = list(kommuner)
    for number in range(count):
        turns = [(kind, row) for at, kind, row in known.turns if at == number]
        for kind, row in sorted(turns, key=lambda turn: order.index(turn[0])):
            gone = {"leaves": [row["kommune"]], "merges": row.get("of", ()), "joins": ()}[kind]
            names = [name for name in names if name not in gone]
            names += [row["kommune"]] if kind != "leaves" else []
        yield tuple(names)


def _check_periods(found: Facts, holders: Mapping[str, Sequence[str]], count: int) -> None:
    """Everybody in a seat takes part, and nobody has two more than another."""
    spread: list[int] = []
    for number in range(count):
        loads = dict.fromkeys(found.members[number], 0)
        for seat, row in holders.items():
            if row[number] not in loads:
                found.faults.append(f"{row[number]} har {seat} i {found.firsts[number]} uten å være med i rulleringen.")
            else:
                loads[row[number]] += 1
        spread += loads.values()
        if max(loads.values()) - min(loads.values()) > 1:
            most, least = max(loads, key=loads.__getitem__), min(loads, key=loads.__getitem__)
            found.faults.append(
                f"Fra {found.firsts[number]} har {most} {loads[most]} plasser, mens {least} har {loads[least]}."
            )
    found.loads = (min(spread, default=0), max(spread, default=0))


def _check_exclusions(found: Facts, holders: Mapping[str, Sequence[str]], count: int) -> None:
    for name, seat, first, last in found.exclusions:
        for number in range(first, count if last is None else min(last + 1, count)):
            if name in found.members[number] and holders[seat][number] == name:
                found.faults.append(f"{name} har {seat} fra {found.firsts[number]}, men er unntatt.")


def _rounds(members: Sequence[tuple[str, ...]], known: _Decided, count: int) -> Iterator[tuple[int, int]]:
    """(first, last) of each whole round, counted from each change of who takes part."""
    limits = sorted({0, count, *(at for at, _, _ in known.turns if at < count)})
    for begins, ends in pairwise(limits):
        size = len(members[begins])
        for first in range(begins, ends - size + 1, size):
            yield first, first + size - 1


def _check_round(found: Facts, holders: Mapping[str, Sequence[str]], first: int, last: int) -> None:
    """Each seat once for each, but for what an exclusion makes impossible: whoever may not have a seat has another
    twice, and somebody has that one twice."""
    found.rounds.append((first, last))
    banned = {
        (name, seat)
        for name, seat, since, until in found.exclusions
        if since <= last and (until is None or until >= first)
    }
    counted = {seat: Counter(row[first : last + 1]) for seat, row in holders.items()}
    twice = [(name, seat) for seat, turns in counted.items() for name, number in turns.items() if number > 1]
    over = {name for name, _ in twice}
    years = f"runden fra {found.firsts[first]}"
    misses = 0
    for seat, turns in counted.items():
        for name in found.members[first]:
            misses += turns[name] == 0
            if turns[name] > 1 + len(banned):
                found.faults.append(f"{name} har {seat} {turns[name]} ganger i {years}.")
            if turns[name] == 0 and (name, seat) not in banned and not (banned and name in over):
                found.faults.append(f"{name} har ikke {seat} i {years}.")
    if misses > 3 * len(banned):
        found.faults.append(f"Flere enn nødvendig mister en plass i {years}.")
    found.twice += [(name, seat, first, last) for name, seat in twice]
    if not twice and not misses:
        found.exact.append((first, last))
