"""The facts that everybody knows about one question in one period, and how a cell is a sum of atoms. Pure.

Every fact is written as an equation between atoms that are whole and not negative; an inequality gets an atom of its
own for what is left. So each kommune's own part fulfils the equations by itself, and for whoever knows that part the
others' part does too: equations over the sum of all kommuner then say as much as equations for each of them. (An
inequality over the sum would say less: an insider could use it with the slack of the own part taken away. And given a
table for the others' sum, one kommune can hold all of it and the rest nothing, so equations for each say no more.)

Answers that no cell of the period tells apart are one class: what is possible for the sums is the same with and without
the single answers, for a sum of `n` answers of at most `w` each is any number up to `n · w`.

Single choice: `s` per class and `blank` add up to the cases. Several ticks: `s` from cases with one tick; cases with
more are told apart by which *marked* sets of answers they have one of or more (`w` per pattern: the sets that a cell
counts cases of, one or several). A pattern's ticks lie in its cases so that each has one of every marked set of it, two
in all at least (no more than the form's limit where it is enforced), and no answer twice; given evenly they do exactly
when the sums allow it.

Questions that planned figures cross have a joint table of their patterns (`j`), whose sums are each question's cases by
pattern: cases and answers can be put together freely otherwise, so this says all there is to know of these figures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, product

from regional.releases.asked import Asked, Model
from regional.releases.cells import FIRST, QUARTERS, SECOND, Cell
from regional.releases.flat import CASES, Flat, Name
from regional.releases.solving import Row, Sum, solve
from shared.codes.plans import PlannedFigure

type Part = str
"""An atom's name within a period: the question and the part of it."""
type Codes = frozenset[str]
type Pattern = frozenset[Codes]
"""Marked sets that a case has an answer of."""
MOST_PATTERNS = 64


@dataclass(slots=True)
class Block:
    """The atoms of one period by name, the equations (each sum is 0), and what a return tells (sums and numbers)."""

    parts: dict[Part, None] = field(default_factory=dict)
    equations: list[Sum] = field(default_factory=list)
    told: list[tuple[Sum, tuple[Name, ...]]] = field(default_factory=list)

    def atom(self, name: Part) -> Sum:
        """A new atom."""
        self.parts[name] = None
        return Counter({name: 1})

    def equal(self, one: Sum, other: Sum) -> None:
        """What is known to be the same."""
        self.equations.append(plus(one, other, -1))

    def not_less(self, name: Part, one: Sum, other: Sum) -> None:
        """What is known to be at least as much; the difference is an atom of its own."""
        self.equal(one, plus(other, self.atom(name)))

    def tell(self, one: Sum, *names: Name) -> None:
        """What a kommune's return says of itself: numbers that add up to this."""
        self.told.append((one, names))

    def counts(self, numbers: Flat) -> dict[Part, int] | None:
        """One kommune's number in every atom: any that agree with what it has told, None where no cases can have that.

        Any will do: what the others' part can be is the same whichever is taken.
        """
        rows = [Row(each, 0) for each in self.equations]
        rows += [Row(one, sum(numbers.get(name, 0) for name in names)) for one, names in self.told]
        return solve(list(self.parts), rows)


def plus(one: Sum, other: Sum, times: int = 1) -> Sum:
    """The sum with the other taken so many times."""
    found = Counter(one)
    for name, count in other.items():
        found[name] += times * count
    return Counter({name: count for name, count in found.items() if count})


def added(sums: Iterable[Sum]) -> Sum:
    """All of them together."""
    whole: Sum = Counter()
    for each in sums:
        whole = plus(whole, each)
    return whole


@dataclass(frozen=True, slots=True)
class Table:
    """One question's sums: ticks per class, cases with one tick per class, cases with several by pattern (marked sets),
    and cases without an answer."""

    classes: Mapping[Codes, Sum]
    s: Mapping[Codes, Sum]
    w: Mapping[Pattern, Sum]
    blank: Sum

    def ticks(self, codes: Iterable[str]) -> Sum:
        """The ticks of these answers."""
        return added(self.classes[each] for each in inside(self.classes, frozenset(codes)))

    @property
    def multi(self) -> Sum:
        """Cases with several answers."""
        return added(self.w.values())

    @property
    def answered(self) -> Sum:
        """Cases with an answer."""
        return plus(added(self.s.values()), self.multi)

    @property
    def whole(self) -> Sum:
        """All cases."""
        return plus(self.answered, self.blank)

    def any(self, codes: Iterable[str]) -> Sum:
        """Cases with any of these answers: a marked set, or of a single choice."""
        wanted = frozenset(codes)
        own = added(self.s[each] for each in inside(self.s, wanted))
        return plus(own, added(cases for pattern, cases in self.w.items() if wanted in pattern))

    def without(self, codes: Iterable[str]) -> Sum:
        """Cases that have none of these answers."""
        return plus(self.whole, self.any(codes), -1)

    def by_pattern(self, marks: Sequence[Codes]) -> dict[Pattern, Sum]:
        """All cases by which marked sets they have."""
        none: Pattern = frozenset()
        found = {none: self.blank} | dict(self.w)
        found[none] = plus(self.w.get(none, Counter()), self.blank)
        for each, single in self.s.items():
            pattern = frozenset(mark for mark in marks if each <= mark)
            found[pattern] = plus(found.get(pattern, Counter()), single)
        return found


def inside(classes: Iterable[Codes], wanted: Codes) -> list[Codes]:
    """The classes that make up a set of answers. Raises ValueError where they do not."""
    found = [each for each in classes if each <= wanted]
    if frozenset().union(*found) != wanted:
        raise ValueError("Svarene er ikke delt slik cellen trenger.")
    return found


def quarters(block: Block) -> Sum:
    """The cases of the two quarters; returns all of them."""
    found = []
    for quarter in (FIRST, SECOND):
        found.append(block.atom(f"{QUARTERS}/{quarter}"))
        block.tell(found[-1], (QUARTERS, "code", quarter))
    whole = added(found)
    block.tell(whole, CASES)
    return whole


def table(block: Block, asked: Asked, classes: Sequence[Codes], marks: Sequence[Codes]) -> Table:
    """The question's atoms, equations and what a return tells of it, added to the period's. `marks`: sets of answers,
    none in two of them, of which cells count cases."""
    key = asked.key
    s = {each: block.atom(f"{key}/s/{_name(each)}") for each in classes}
    blank = block.atom(f"{key}/blank")
    w: dict[Pattern, Sum] = {}
    ticks = dict(s)
    if not asked.single:
        w = {pattern: block.atom(f"{key}/w/{_named(pattern)}") for pattern in _subsets(marks)}
        parted = _parted(classes, marks)
        for pool in _pools(w):
            for each, own in _pool(block, asked, parted, pool).items():
                ticks[each] = plus(ticks[each], own)
        for each, mark in parted.items():
            if mark is not None and len(mark) == 1:  # a tick is a case; an atom of its own, for a cell has each once
                own = block.atom(f"{key}/m/{_name(each)}")
                block.equal(own, added(cases for pattern, cases in w.items() if mark in pattern))
                ticks[each] = plus(ticks[each], own)
    found = Table(ticks, s, w, blank)
    for each in classes:
        block.tell(ticks[each], *((key, "code", code) for code in sorted(each)))
    block.tell(found.answered, (key, "answered", ""))
    block.tell(found.multi, (key, "multi", ""))
    return found


@dataclass(frozen=True, slots=True)
class _Pool:
    """Cases with several ticks that have as many marked sets and may share their other ticks; how many have each."""

    name: str
    marks: Mapping[Codes, Sum]
    cases: Sum
    has: int


def _pools(w: Mapping[Pattern, Sum]) -> list[_Pool]:
    """Patterns of single answers go together by how many they are; a set of several answers can give a case more than
    one tick, so its patterns stand alone."""
    found: dict[str, list[Pattern]] = {}
    for pattern in w:
        lone = all(len(mark) == 1 for mark in pattern)
        found.setdefault(str(len(pattern)) if lone else _named(pattern), []).append(pattern)
    pools = []
    for name, patterns in found.items():
        every = dict.fromkeys(mark for pattern in patterns for mark in sorted(pattern, key=_name))
        marks = {mark: added(w[pattern] for pattern in patterns if mark in pattern) for mark in every}
        pools.append(_Pool(name, marks, added(w[pattern] for pattern in patterns), len(patterns[0])))
    return pools


type _Parted = Mapping[Codes, Codes | None]


def _parted(classes: Iterable[Codes], marks: Iterable[Codes]) -> _Parted:
    """The marked set that each class is a part of."""
    sets = list(marks)
    return {each: next((mark for mark in sets if each <= mark), None) for each in classes}


def _pool(block: Block, asked: Asked, classes: _Parted, pool: _Pool) -> dict[Codes, Sum]:
    """The ticks of a pool's cases by class, but for sets of one answer: at most one of an answer a case, one at least
    of each marked set, two of all at least."""
    name, ticks = f"{asked.key}/m/{pool.name}", dict[Codes, Sum]()
    for each, mark in classes.items():
        if mark is None or (len(mark) > 1 and mark in pool.marks):
            cases = pool.cases if mark is None else pool.marks[mark]
            ticks[each] = block.atom(f"{name}/{_name(each)}")
            block.not_less(f"{name}/u/{_name(each)}", _times(cases, len(each)), ticks[each])
    for mark, cases in pool.marks.items():
        if len(mark) > 1:
            own = added(ticks[each] for each, of in classes.items() if of == mark)
            block.not_less(f"{name}/once/{_name(mark)}", own, cases)
    every = added([*ticks.values(), *(cases for mark, cases in pool.marks.items() if len(mark) == 1)])
    if asked.most == 2:
        block.equal(every, _times(pool.cases, 2))
        return ticks
    if pool.has < 2:
        block.not_less(f"{name}/twice", every, _times(pool.cases, 2))
    if asked.most is not None:
        block.not_less(f"{name}/limit", _times(pool.cases, asked.most), every)
    return ticks


def _subsets(marks: Sequence[Codes]) -> list[Pattern]:
    return [frozenset(each) for each in chain.from_iterable(combinations(marks, n) for n in range(len(marks) + 1))]


def _name(codes: Iterable[str]) -> str:
    return "+".join(sorted(codes))


def _named(pattern: Pattern) -> str:
    return "&".join(sorted(_name(each) for each in pattern)) or "0"


def _times(one: Sum, by: int) -> Sum:
    return Counter({name: by * count for name, count in one.items()})


@dataclass(frozen=True, slots=True)
class Crossed:
    """A planned figure: cases that it counts, and those that it is among."""

    counted: Sum
    among: Sum

    @property
    def rest(self) -> Sum:
        """Those that it is among and does not count."""
        return plus(self.among, self.counted, -1)


def joint(
    block: Block, figures: Sequence[PlannedFigure], tables: Mapping[str, Table], marks: Mapping[str, Sequence[Codes]]
) -> dict[str, Crossed]:
    """The joint table of all questions that these figures cross, directly or by others, and the figures in it.

    Raises ValueError for a plan that crosses too much.
    """
    keys = sorted({key for one in figures for key in (one.question, *one.among)})
    by_pattern = {key: tables[key].by_pattern(marks[key]) for key in keys}
    cells = list(product(*by_pattern.values()))
    if len(cells) > MOST_PATTERNS:
        raise ValueError("Planen krysser for mange svar på en gang.")
    name = "*".join(keys)
    j = {cell: block.atom(f"{name}/j/{'/'.join(_named(each) for each in cell)}") for cell in cells}
    for at, key in enumerate(keys):
        for pattern, cases in by_pattern[key].items():
            block.equal(added(own for cell, own in j.items() if cell[at] == pattern), cases)
    found = {}
    for one in figures:
        within = [(keys.index(key), frozenset(codes)) for key, codes in one.among.items()]
        among = [cell for cell in cells if all(codes in cell[at] for at, codes in within)]
        own, any_ = keys.index(one.question), frozenset(one.any)
        counted = added(j[cell] for cell in among if any_ in cell[own])
        found[one.id] = Crossed(counted, added(j[cell] for cell in among))
        block.tell(counted, (one.id, "count", ""))
        block.tell(found[one.id].among, (one.id, "of", ""))
    return found


def together(figures: Iterable[PlannedFigure]) -> list[list[PlannedFigure]]:
    """The figures that cross the same questions, directly or by others."""
    groups: list[tuple[set[str], list[PlannedFigure]]] = []
    for one in figures:
        keys = {one.question, *one.among}
        met = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if group not in met]
        groups.append((keys.union(*(each for each, _ in met)), [*chain.from_iterable(own for _, own in met), one]))
    return [own for _, own in groups]


def summed(cell: Cell, of: Model, tables: Mapping[str, Table], crosses: Mapping[str, Crossed]) -> Sum:
    """A cell of one period as a sum of its atoms. Raises ValueError for one that the model does not have."""
    key = cell.question
    if key == QUARTERS:
        return Counter({f"{QUARTERS}/{quarter}": 1 for quarter in cell.codes})
    if key in of.figures:
        figure = of.figures[key]
        if not figure.among:
            return tables[figure.question].without(figure.any)
        found = crosses[figure.id]
        return {"cross": found.counted, "rest": found.rest, "of": found.among}[cell.kind]
    table_ = tables[key]
    if cell.kind == "codes":
        return table_.ticks(cell.codes)
    if cell.kind == "any":
        return table_.any(cell.codes)
    sums = {"answered": table_.answered, "blank": table_.blank, "multi": table_.multi, "calls": table_.whole}
    return sums[cell.kind] if cell.kind in sums else added(table_.classes.values())
