"""What may be printed of a pooled one-way table. Pure: the first form, behind a function that stays.

The rule, for an outsider and for each kommune that knows its own figures (an *attacker*): take a figure
without the attacker's own part. If that rest is smaller than the threshold, everything printed must leave
it possible that the rest is 0 and that it reaches the threshold. Zero is hidden like a small number, so ":"
says nothing. Checked: each answer, not answered, answered, ticks, cases with several ticks and with one.

How: figures with a small rest are hidden first, then more of them until a whole-number table with the same
printed figures exists for both ends of every small rest (`varde.disclosure.witness` looks for it and
only believes what it finds). With too few contributors, or few cases outside one kommune, all is hidden.

Planned figures (unions, one question among another) may tell more about a table than its own figures do,
so they are printed only when nothing at all is hidden in the questions they draw on, and neither they nor
their complement has a small rest. A union of printed answers to a single-choice question is just their sum.

Not here yet: earlier releases, several periods against each other, kommuner that pool what they know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from varde.disclosure.witness import BLANK, MULTI, SINGLE_TICKS, TICKS, Figures, is_possible

THRESHOLD = 5
MIN_CONTRIBUTORS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One kommune's own counts for a question: cases, cases with an answer, ticks, cases with two or more."""

    asked: int
    answered: int
    ticks: int
    multi: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A question's parts by kommune. `single`: at most one answer a case, so they add up to answered."""

    single: bool
    parts: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Protected:
    """The pooled figures that may be printed; None is hidden, whatever the reason."""

    single: bool
    asked: int | None
    answered: int | None
    ticks: int | None
    multi: int | None
    counts: Mapping[str, int | None]

    @property
    def complete(self) -> bool:
        """Whether nothing is hidden."""
        shown = [self.asked, self.answered, self.ticks, *self.counts.values()]
        return None not in (shown if self.single else [*shown, self.multi])


def protect(table: Table, *, threshold: int = THRESHOLD, min_contributors: int = MIN_CONTRIBUTORS) -> Protected:
    """Return what may be printed of the pooled table. Raises ValueError for figures that disagree."""
    parts = {name: _figures(part, table.single) for name, part in table.parts.items()}
    if not parts:
        return Protected(table.single, None, None, None, None, {})
    pooled = _sum(list(parts.values()))
    rests = attackers_rests(pooled, parts)
    # A kommune without cases holds nothing: counted, it would let two others read each other.
    holders = sum(part.asked > 0 for part in parts.values())
    if holders < min_contributors or any(rest.asked < threshold for rest in rests):
        return _shown(pooled, frozenset(pooled.values), table.single, asked=False)
    hidden = primary(rests, threshold)
    for name in [None, *_order(pooled)]:
        hidden |= {name} if name else set()
        if all(_is_safe(rest, hidden, threshold, table.single) for rest in rests):
            break
    return _shown(pooled, frozenset(hidden), table.single, asked=True)


def protect_figure(
    own: Mapping[str, tuple[int, int]], questions: Sequence[Protected], *, threshold: int = THRESHOLD
) -> bool:
    """Say whether a planned figure may be printed: (count, of) by kommune, and the questions it draws on."""
    if not own or not all(question.complete for question in questions):
        return False
    count = sum(part for part, _ in own.values())
    others = sum(of - part for part, of in own.values())
    knowers = [(0, 0), *((part, of - part) for part, of in own.values())]
    return all(min(count - part, others - rest) >= threshold for part, rest in knowers)


def attackers_rests(pooled: Figures, parts: Mapping[str, Figures]) -> list[Figures]:
    """Return what each attacker does not know already: all of it, and all but each kommune's own part.

    A kommune that is alone has no rest to learn about.
    """
    return [pooled, *(pooled.less(part) for part in parts.values() if len(parts) > 1)]


def primary(rests: Sequence[Figures], threshold: int) -> set[str]:
    """Return the figures that are small for some attacker."""
    small = {name for rest in rests for name, value in rest.values.items() if value < threshold}
    # `answered` is printed exactly when "not answered" is, and "one tick" when "two or more" is.
    if any(rest.answered < threshold for rest in rests):
        small.add(BLANK)
    if SINGLE_TICKS in small:
        small = small - {SINGLE_TICKS} | {MULTI}
    return small


def _is_safe(rest: Figures, hidden: set[str], threshold: int, single: bool) -> bool:
    return all(
        is_possible(rest, hidden, target, at_least, single)
        for target in _targets(rest, hidden, threshold)
        for at_least in (0, threshold)
    )


def _targets(rest: Figures, hidden: set[str], threshold: int) -> list[str]:
    return [name for name, value in rest.known(hidden).items() if value < threshold]


def _order(pooled: Figures) -> list[str]:
    """What to hide next: first the sums, which say least, then the smallest answers."""
    sums = [name for name in (TICKS, MULTI, BLANK) if name in pooled.values]
    answers = [name for name in pooled.values if name not in {*sums, SINGLE_TICKS}]
    return sums + sorted(answers, key=lambda name: pooled.values[name])


def _figures(part: Part, single: bool) -> Figures:
    counts = dict(part.counts)
    if any(number < 0 for number in counts.values()) or not 0 <= part.answered <= part.asked:
        raise ValueError("Tallene fra en kommune henger ikke sammen.")
    blank = part.asked - part.answered
    if sum(counts.values()) != (part.answered if single else part.ticks):
        raise ValueError("Summen av svarene stemmer ikke med totalen.")
    extra = {} if single else {TICKS: part.ticks, MULTI: part.multi, SINGLE_TICKS: part.answered - part.multi}
    return Figures(part.asked, {**counts, BLANK: blank, **extra})


def _sum(parts: Sequence[Figures]) -> Figures:
    names = parts[0].values
    if any(part.values.keys() != names.keys() for part in parts):
        raise ValueError("Kommunene har ikke svart på samme skjema.")
    values = {name: sum(part.values[name] for part in parts) for name in names}
    return Figures(sum(part.asked for part in parts), values)


def _shown(pooled: Figures, hidden: frozenset[str], single: bool, *, asked: bool) -> Protected:
    open_ = {name: None if name in hidden else value for name, value in pooled.values.items()}
    answered = None if BLANK in hidden else pooled.answered
    counts = {name: open_[name] for name in pooled.answers}
    ticks = answered if single else open_[TICKS]
    multi = None if single else open_[MULTI]
    return Protected(single, pooled.asked if asked else None, answered, ticks, multi, counts)
