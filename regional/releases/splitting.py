"""One kommune's own table in full, from the counts that it sent. Pure.

Where a case may have several answers a return tells how often each was ticked and how many cases had one tick and how
many more, not which ticks belong to which. The model needs a split that agrees: `s` of each answer from cases with that
one tick, `m` from cases with more. Any split that agrees will do: the kommune's own part fulfils the facts of the form
by itself whichever is taken, so what is left for the others to be is the same (see `blocks`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from regional.releases.asked import Asked, Model
from regional.releases.flat import CASES, Flat

type Apart = Mapping[frozenset[str], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Split:
    """A question in one kommune and period. `s` and `m` by code; for a single choice all is `s`. `unions`: cases with
    any of the codes; `apart`: how often each other answer stands in cases with several ticks and none of these."""

    s: Mapping[str, int]
    m: Mapping[str, int]
    multi: int
    blank: int
    unions: Mapping[frozenset[str], int]
    apart: Apart


def split(numbers: Flat, of: Model, key: str) -> Split | None:
    """The question's table; None where no cases can have these numbers."""
    question = of.questions[key]
    ticks = {code: numbers.get((key, "code", code), 0) for code in question.codes}
    answered, multi = numbers.get((key, "answered", ""), 0), numbers.get((key, "multi", ""), 0)
    blank = numbers.get(CASES, 0) - answered
    if min([*ticks.values(), multi, answered - multi, blank]) < 0:
        return None
    if question.single:
        whole = multi == 0 and sum(ticks.values()) == answered
        return Split(ticks, dict.fromkeys(ticks, 0), 0, blank, {}, {}) if whole else None
    unions = {codes: numbers.get(name, 0) for codes, name in of.unions_of(key).items()}
    found = _several(question, ticks, answered - multi, multi, unions)
    if found is None:
        return None
    m, apart = found
    return Split({code: count - m[code] for code, count in ticks.items()}, m, multi, blank, unions, apart)


def _several(
    question: Asked, ticks: Mapping[str, int], one: int, multi: int, unions: Mapping[frozenset[str], int]
) -> tuple[dict[str, int], Apart] | None:
    more = sum(ticks.values()) - one
    most = len(ticks) if question.most is None else question.most
    if not 2 * multi <= more <= most * multi:
        return None
    most_of = {code: min(count, multi) for code, count in ticks.items()}
    outside = [code for code in ticks if not any(code in codes for codes in unions)]
    for chosen in _shares(ticks, multi, more, unions):
        w = {codes: unions[codes] - sum(ticks[code] for code in codes) + share for codes, share in chosen.items()}
        parts = [
            _fill({code: min(most_of[code], w[codes]) for code in sorted(codes)}, share)
            for codes, share in chosen.items()
        ]
        parts.append(_fill({code: most_of[code] for code in outside}, more - sum(chosen.values())))
        m = {code: count for part in parts if part is not None for code, count in part.items()}
        if len(m) < len(ticks):
            continue
        apart = {codes: _without(m, codes, multi - w[codes], w[codes], exact=most == 2) for codes in unions}
        found = {codes: each for codes, each in apart.items() if each is not None}
        if len(found) == len(unions):
            return {code: m[code] for code in ticks}, found
    return None


def _shares(
    ticks: Mapping[str, int], multi: int, more: int, unions: Mapping[frozenset[str], int]
) -> Iterator[dict[frozenset[str], int]]:
    """For each union how many of its ticks may lie in cases with several; every choice that can be."""
    sets = list(unions)
    shares = [_possible([ticks[code] for code in codes], unions[codes], multi, more) for codes in sets]
    yield from (dict(zip(sets, chosen, strict=True)) for chosen in product(*shares) if sum(chosen) <= more)


def _possible(ticks: Sequence[int], cases: int, multi: int, more: int) -> list[int]:
    """Of one union: `w` cases with several ticks have one of it or more, `share` ticks between them."""
    found = []
    for share in range(min(sum(ticks), more) + 1):
        w = cases - sum(ticks) + share
        if 0 <= w <= min(multi, share) and share <= len(ticks) * w:
            found.append(share)
    return found


def _without(m: Mapping[str, int], codes: frozenset[str], none: int, w: int, *, exact: bool) -> dict[str, int] | None:
    """How the other answers' ticks lie in the `none` cases that have several and nothing of the union: two each at
    least, no answer twice; the `w` others keep two each too."""
    least = {code: max(0, count - w) for code, count in m.items() if code not in codes}
    most = {code: min(m[code], none) for code in least}
    wanted = max(sum(least.values()), 2 * none)
    if wanted > min(sum(most.values()), sum(m.values()) - 2 * w) or (exact and wanted != 2 * none):
        return None
    added = _fill({code: most[code] - least[code] for code in least}, wanted - sum(least.values()))
    return None if added is None else {code: least[code] + added[code] for code in least}


def _fill(most: Mapping[str, int], amount: int) -> dict[str, int] | None:
    """Share out an amount as evenly as there is room, none above its most; None when there is no room."""
    if sum(most.values()) < amount:
        return None
    level = next(level for level in range(amount + 1) if sum(min(each, level) for each in most.values()) >= amount)
    found = {code: min(each, max(level - 1, 0)) for code, each in most.items()}
    left = amount - sum(found.values())
    for code, each in most.items():
        if left and each > found[code]:
            found[code], left = found[code] + 1, left - 1
    return found
