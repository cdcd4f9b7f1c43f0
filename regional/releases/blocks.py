"""The facts that everybody knows about one question in one period, and how a cell is a sum of atoms. Pure.

Every fact is written as an equation between atoms that are whole and not negative; an inequality gets an atom of its
own for what is left. So each kommune's own part fulfils the equations by itself, and for whoever knows that part the
others' part does too: equations over the sum of all kommuner then say as much as equations for each of them. (An
inequality over the sum would say less: an insider could use it with the slack of the own part taken away. And given a
table for the others' sum, one kommune can hold all of it and the rest nothing, so equations for each say no more.)

Answers that no cell of the period tells apart are one class: what is possible for the sums is the same with and without
the single answers, for a sum of `n` answers of at most `multi` each is any number up to `n · multi`.

Single choice: `t` per class and `blank` add up to the cases. Several ticks: cases with one tick (`s` per class), with
several (`multi`), and these cases' ticks (`m` per class); each answer at most once a case (m ≤ n · multi) and at least
two ticks (Σ m ≥ 2 · multi; no more than the form's limit where it is enforced). Whole tables with these numbers exist
exactly when the equations hold. A known union: `w` of the cases with several ticks have one of its answers.

A cross figure is a two-by-two table with the margins that are known. Two figures of one question among the same cases
overlap in cases with several ticks alone: `multi` bounds it. What is known of three questions at once is not said here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from regional.releases.asked import Asked, Model
from regional.releases.cells import FIRST, QUARTERS, SECOND, Cell
from regional.releases.flat import Flat
from regional.releases.splitting import Split
from shared.codes.plans import PlannedFigure

type Part = str
"""An atom's name within a period: the question and the part of it."""
type Sum = Counter[Part]
type Own = Mapping[str, Split]
"""One kommune's tables, by question."""
type Value = Callable[[Flat, Own], int]


@dataclass(slots=True)
class Block:
    """The atoms of one period by name with each kommune's number in them (asked of its counts, or as the difference of
    others), and the equations (each sum is 0)."""

    parts: dict[Part, Value | Sum] = field(default_factory=dict)
    equations: list[Sum] = field(default_factory=list)

    def atom(self, name: Part, value: Value) -> Sum:
        """A new atom."""
        self.parts[name] = value
        return Counter({name: 1})

    def equal(self, one: Sum, other: Sum) -> None:
        """What is known to be the same."""
        self.equations.append(plus(one, other, -1))

    def not_less(self, name: Part, one: Sum, other: Sum) -> Sum:
        """What is known to be at least as much; returns the difference, an atom of its own."""
        self.parts[name] = plus(one, other, -1)
        slack: Sum = Counter({name: 1})
        self.equal(one, plus(other, slack))
        return slack

    def counts(self, numbers: Flat, own: Own) -> dict[Part, int]:
        """One kommune's number in every atom."""
        found: dict[Part, int] = {}
        for name, value in self.parts.items():
            if isinstance(value, Counter):
                found[name] = sum(by * found[part] for part, by in value.items())
            else:
                found[name] = value(numbers, own)
        return found


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
    """One question's sums: ticks per class, ticks by cases with several, known unions, and cases without an answer.
    `others_w`: for a union, cases with several ticks and none of it."""

    classes: Mapping[frozenset[str], Sum]
    m: Mapping[frozenset[str], Sum]
    s: Mapping[frozenset[str], Sum]
    multi: Sum
    blank: Sum
    unions: Mapping[frozenset[str], Sum]
    others_w: Mapping[frozenset[str], Sum]

    def ticks(self, codes: Iterable[str]) -> Sum:
        """The ticks of these answers."""
        return added(self.classes[each] for each in _inside(self.classes, frozenset(codes)))

    @property
    def answered(self) -> Sum:
        """Cases with an answer."""
        return plus(added(self.s.values()), self.multi)

    @property
    def whole(self) -> Sum:
        """All cases."""
        return plus(self.answered, self.blank)

    def without(self, codes: Iterable[str]) -> Sum:
        """Cases that have none of these answers, for a single choice or a known union."""
        wanted = frozenset(codes)
        out = [each for each in self.s if not each <= wanted]
        rest = plus(added(self.s[each] for each in out), self.blank)
        return plus(rest, self.others_w[wanted]) if wanted in self.others_w else rest


def _inside(classes: Iterable[frozenset[str]], wanted: frozenset[str]) -> list[frozenset[str]]:
    found = [each for each in classes if each <= wanted]
    if frozenset().union(*found) != wanted:
        raise ValueError("Svarene er ikke delt slik cellen trenger.")
    return found


def quarters(block: Block) -> Sum:
    """The cases of the two quarters; returns all of them."""
    names = [(quarter, f"{QUARTERS}/{quarter}") for quarter in (FIRST, SECOND)]
    return added(block.atom(name, _quarter(quarter)) for quarter, name in names)


def _quarter(number: str) -> Value:
    return lambda flat, own: flat.get((QUARTERS, "code", number), 0)


def table(block: Block, asked: Asked, classes: Sequence[frozenset[str]], unions: Iterable[frozenset[str]]) -> Table:
    """The question's atoms and equations, added to the period's."""
    key = asked.key
    s = {each: block.atom(f"{key}/s/{_name(each)}", _s(key, each)) for each in classes}
    blank = block.atom(f"{key}/blank", lambda flat, own: own[key].blank)
    if asked.single:
        return Table(s, {each: Counter() for each in classes}, s, Counter(), blank, {}, {})
    multi = block.atom(f"{key}/multi", lambda flat, own: own[key].multi)
    m = {each: block.atom(f"{key}/m/{_name(each)}", _m(key, each)) for each in classes}
    for each in classes:
        block.not_less(f"{key}/u/{_name(each)}", _times(multi, len(each)), m[each])
    every = added(m.values())
    if asked.most == 2:
        block.equal(every, _times(multi, 2))
    else:
        block.not_less(f"{key}/v", every, _times(multi, 2))
        if asked.most is not None:
            block.not_less(f"{key}/limit", _times(multi, asked.most), every)
    found = Table({each: plus(s[each], m[each]) for each in classes}, m, s, multi, blank, {}, {})
    known, others = {}, {}
    for codes in unions:
        known[codes], others[codes] = _union(block, asked, found, codes)
    return Table(found.classes, m, s, multi, blank, known, others)


def _union(block: Block, asked: Asked, of: Table, codes: frozenset[str]) -> tuple[Sum, Sum]:
    """Cases with any of these answers, and those with several ticks that have none of them.

    Both kinds of case have two ticks or more and no answer twice, so the other answers' ticks are shared between them.
    """
    key, inside, name = asked.key, _inside(of.m, codes), f"{asked.key}/w/{_name(codes)}"
    w = block.atom(name, lambda flat, own: own[key].unions[codes] - sum(own[key].s[code] for code in codes))
    none = block.not_less(f"{name}/none", of.multi, w)
    ticks = added(of.m[each] for each in inside)
    block.not_less(f"{name}/once", ticks, w)
    for each in inside:
        block.not_less(f"{name}/{_name(each)}", _times(w, len(each)), of.m[each])
    there: Sum = Counter()
    for each in of.m:
        if each not in inside:
            own = block.atom(f"{name}/n/{_name(each)}", _apart(key, codes, each))
            block.not_less(f"{name}/n/most/{_name(each)}", _times(none, len(each)), own)
            here = block.not_less(f"{name}/k/{_name(each)}", of.m[each], own)
            block.not_less(f"{name}/k/most/{_name(each)}", _times(w, len(each)), here)
            there, ticks = plus(there, own), plus(ticks, here)
    for part, sums, cases in (("none", there, none), ("some", ticks, w)):
        if asked.most == 2:
            block.equal(sums, _times(cases, 2))
        else:
            block.not_less(f"{name}/twice/{part}", sums, _times(cases, 2))
    return plus(added(of.s[each] for each in inside), w), none


def _name(codes: Iterable[str]) -> str:
    return "+".join(sorted(codes))


def _times(one: Sum, by: int) -> Sum:
    return Counter({name: by * count for name, count in one.items()})


def _s(key: str, codes: frozenset[str]) -> Value:
    return lambda flat, own: sum(own[key].s[code] for code in codes)


def _apart(key: str, union: frozenset[str], codes: frozenset[str]) -> Value:
    return lambda flat, own: sum(own[key].apart[union][code] for code in codes)


def _m(key: str, codes: frozenset[str]) -> Value:
    return lambda flat, own: sum(own[key].m[code] for code in codes)


def cross(block: Block, figure: PlannedFigure, tables: Mapping[str, Table], cases: Sum) -> tuple[Sum, Sum]:
    """A planned figure among others: cases that it counts, and those that it is among and does not count."""
    id_ = figure.id
    counted = block.atom(f"{id_}/count", lambda flat, own: flat.get((id_, "count", ""), 0))
    rest = block.atom(f"{id_}/rest", lambda flat, own: flat.get((id_, "of", ""), 0) - flat.get((id_, "count", ""), 0))
    among = plus(counted, rest)
    for key, codes in figure.among.items():
        known = _any(tables[key], codes)
        if known is None:
            block.not_less(f"{id_}/among/{key}", tables[key].ticks(codes), among)
        elif len(figure.among) == 1:
            block.equal(among, known)
        else:
            block.not_less(f"{id_}/among/{key}", known, among)
    own = _any(tables[figure.question], figure.any)
    if own is None:
        block.not_less(f"{id_}/ticks", tables[figure.question].ticks(figure.any), counted)
        return counted, rest
    block.not_less(f"{id_}/elsewhere", own, counted)
    block.not_less(f"{id_}/neither", cases, plus(own, rest))
    return counted, rest


def _any(of: Table, codes: Iterable[str]) -> Sum | None:
    """Cases with any of these answers, where it is known what that is in atoms."""
    wanted = frozenset(codes)
    if wanted in of.unions:
        return of.unions[wanted]
    return of.ticks(wanted) if not of.multi or len(wanted) == 1 else None


def overlaps(
    block: Block, figures: Sequence[PlannedFigure], crosses: Mapping[str, tuple[Sum, Sum]], tables: Mapping[str, Table]
) -> None:
    """Two figures of one question among the same cases, or the same answers among two kinds of cases."""
    for at, one in enumerate(figures):
        for other in figures[at + 1 :]:
            (x, rest), (y, _) = crosses[one.id], crosses[other.id]
            name = f"{one.id}/{other.id}"
            if one.among == other.among and one.question == other.question and not set(one.any) & set(other.any):
                whole = plus(plus(x, rest), tables[one.question].multi)
                block.not_less(f"{name}/any", whole, plus(x, y))
            elif (one.question, one.any) == (other.question, other.any) and one.among.keys() == other.among.keys():
                own = _any(tables[one.question], one.any)
                key = next(iter(one.among)) if len(one.among) == 1 else None
                if own is not None and key and not set(one.among[key]) & set(other.among[key]):
                    block.not_less(f"{name}/among", plus(own, tables[key].multi), plus(x, y))


def summed(cell: Cell, of: Model, tables: Mapping[str, Table], crosses: Mapping[str, tuple[Sum, Sum]]) -> Sum:
    """A cell of one period as a sum of its atoms. Raises ValueError for one that the model does not have."""
    key = cell.question
    if key == QUARTERS:
        return Counter({f"{QUARTERS}/{quarter}": 1 for quarter in cell.codes})
    if key in of.figures:
        return _figure(cell, of.figures[key], tables, crosses)
    found = tables[key]
    if cell.kind == "codes":
        return found.ticks(cell.codes)
    if cell.kind == "any":
        return found.unions[frozenset(cell.codes)]
    sums = {"answered": found.answered, "blank": found.blank, "multi": found.multi}
    return sums[cell.kind] if cell.kind in sums else added(found.classes.values())


def _figure(
    cell: Cell, figure: PlannedFigure, tables: Mapping[str, Table], crosses: Mapping[str, tuple[Sum, Sum]]
) -> Sum:
    if not figure.among:
        return tables[figure.question].without(figure.any)
    counted, rest = crosses[figure.id]
    return {"cross": counted, "rest": rest, "of": plus(counted, rest)}[cell.kind]
