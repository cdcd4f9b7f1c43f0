"""Looks for a whole-number table that agrees with what is printed and gives one hidden figure another value.

What is found is real, what is not found counts as impossible: a miss hides more, never less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

BLANK = "\x00blank"
TICKS = "\x00ticks"
MULTI = "\x00multi"
SINGLE_TICKS = "\x00single"
ANSWERED = "\x00answered"
SUMS = frozenset({BLANK, TICKS, MULTI, SINGLE_TICKS})
"""Names beside the answers' codes; NUL keeps them apart from every code."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Cases, and the figures by name: answers, not answered, and the sums of a several-tick question."""

    asked: int
    values: Mapping[str, int]

    @property
    def answered(self) -> int:
        """Cases with an answer."""
        return self.asked - self.values[BLANK]

    @property
    def answers(self) -> list[str]:
        """The answers' codes."""
        return [name for name in self.values if name not in SUMS]

    def less(self, part: "Figures") -> "Figures":
        """Return what is left without a part."""
        rest = {name: value - part.values[name] for name, value in self.values.items()}
        return Figures(self.asked - part.asked, rest)

    def known(self, hidden: set[str]) -> dict[str, int]:
        """Return the hidden figures, with those that are hidden along with them."""
        names = [name for name in self.values if name in hidden or (name == SINGLE_TICKS and MULTI in hidden)]
        found = {name: self.values[name] for name in names}
        return found | ({ANSWERED: self.answered} if BLANK in hidden else {})


@dataclass(frozen=True, slots=True)
class _Try:
    """One guess at what is hidden: cases with an answer, with two or more ticks, and the answers' ticks."""

    answered: int
    multi: int
    counts: tuple[int, ...]


def is_possible(rest: Figures, hidden: set[str], target: str, at_least: int, single: bool) -> bool:
    """Say whether the target may be 0 (`at_least` 0) or reach `at_least`, given all that is not hidden."""
    if single:
        return _single_possible(rest, hidden, target, at_least)
    return any(
        _fits(rest, hidden, guess) and _meets(rest.asked, guess, rest.answers, target, at_least)
        for guess in _guesses(rest, hidden, target, at_least)
    )


def _single_possible(rest: Figures, hidden: set[str], target: str, at_least: int) -> bool:
    if target == ANSWERED:
        printed = sum(rest.values[name] for name in rest.answers if name not in hidden)
        free = any(name in hidden for name in rest.answers)
        return rest.asked - (0 if free else rest.values[BLANK]) >= at_least if at_least else printed == 0
    # What is hidden adds up to a known number, and one hidden figure can take all of it if there is another.
    return len(hidden) > 1 and sum(rest.values[name] for name in hidden) >= at_least


def _meets(asked: int, guess: _Try, answers: Sequence[str], target: str, at_least: int) -> bool:
    sums = {
        BLANK: asked - guess.answered,
        ANSWERED: guess.answered,
        TICKS: sum(guess.counts),
        MULTI: guess.multi,
        SINGLE_TICKS: guess.answered - guess.multi,
    }
    value = sums[target] if target in sums else guess.counts[answers.index(target)]
    return value >= at_least if at_least else value == 0


def _fits(rest: Figures, hidden: set[str], guess: _Try) -> bool:
    if TICKS not in hidden and sum(guess.counts) != rest.values[TICKS]:
        return False
    return guess.answered <= rest.asked and realisable(guess.counts, guess.answered, guess.multi)


def realisable(counts: Sequence[int], answered: int, multi: int) -> bool:
    """Say whether cases exist with these ticks: all have one or more, and exactly `multi` have two or more.

    Gale and Ryser's condition, with the ticks spread over the cases as evenly as they can be.
    """
    ticks, singles = sum(counts), answered - multi
    if min([multi, singles, *counts]) < 0 or ticks < answered + multi or (not multi and ticks != answered):
        return False
    each, more = divmod(ticks - singles, multi) if multi else (0, 0)
    return all(
        sum(top) <= singles + (multi - more) * min(each, len(top)) + more * min(each + 1, len(top))
        for top in _tops(sorted(counts, reverse=True))
    )


def _tops(counts: Sequence[int]) -> Iterator[Sequence[int]]:
    return (counts[:number] for number in range(1, len(counts) + 1))


def _guesses(rest: Figures, hidden: set[str], target: str, at_least: int) -> Iterator[_Try]:
    """Yield tables worth trying: printed figures as printed, hidden answers filled as evenly as possible.

    Even filling is the best try for a given sum: it is the least demanding of the condition above.
    """
    some = (0, at_least, 2 * at_least)
    answered = _values(BLANK in hidden, rest.answered, [rest.asked, rest.asked - at_least, *some])
    for cases in answered:
        ends = [*some, cases, cases - at_least]
        for multi in _values(MULTI in hidden, rest.values[MULTI], ends):
            needed = cases + multi
            for counts in _fillings(rest, hidden, target, at_least, needed):
                yield _Try(cases, multi, counts)


def _values(free: bool, truth: int, others: Sequence[int]) -> list[int]:
    return sorted({truth, *(other for other in others if other >= 0)}) if free else [truth]


def _fillings(rest: Figures, hidden: set[str], target: str, at_least: int, needed: int) -> Iterator[tuple[int, ...]]:
    free = [name for name in rest.answers if name in hidden and name != target]
    fixed = {name: rest.values[name] for name in rest.answers if name not in hidden}
    printed = sum(fixed.values())
    ticks = {needed, printed, printed + at_least, sum(rest.values[name] for name in rest.answers)}
    totals = ticks if TICKS in hidden else {rest.values[TICKS]}
    for total, own in product(sorted(totals), _own_values(rest, hidden, target, at_least, totals)):
        left = total - printed - own
        if left < 0 or (left and not free):
            continue
        filled = fixed | dict(zip(free, _even(left, len(free)), strict=True)) | {target: own}
        yield tuple(filled[name] for name in rest.answers)


def _own_values(rest: Figures, hidden: set[str], target: str, at_least: int, totals: set[int]) -> list[int]:
    if target not in rest.answers:
        return [0]
    if not at_least:
        return [0]
    names = [name for name in rest.answers if name in hidden]
    printed = sum(rest.values[name] for name in rest.answers if name not in hidden)
    shares = {max(total - printed, 0) // len(names) for total in totals}
    lefts = {total - printed for total in totals}
    return sorted({at_least, *(value for value in shares | lefts if value >= at_least)})


def _even(total: int, parts: int) -> list[int]:
    if not parts:
        return []
    each, more = divmod(total, parts)
    return [each + 1] * more + [each] * (parts - more)
