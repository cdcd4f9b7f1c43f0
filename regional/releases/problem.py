"""From frozen contributions, what has been stated and what is planned, to the problem that is protected. Pure.

The problem holds true counts: it is made, solved and thrown away, and never stored. Names in it are readable and
follow from the ledger alone, so the same question gives the same problem.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from regional.releases.asked import Model, model
from regional.releases.blocks import Block, Codes, Crossed, Table, joint, quarters, summed, table, together
from regional.releases.cells import QUARTERS, Cell
from regional.releases.flat import Flat
from regional.releases.solving import Sum
from shared.codes.phone_calls import PHONE

__all__ = ["NOBODY", "PHONE", "Closed", "Fact", "Json", "Part", "Rule", "Stated", "World", "problem"]
NOBODY = str(UUID(int=0))
"""Whose calls those are that were not sent on to any kommune: no holder's, and no contributor's."""

type Json = dict[str, Any]
State = Literal["open", "published", "withheld"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one kommune has in a closed period, in the model of the form that it sent in; its calls apart."""

    kommune: str
    form: str
    numbers: Flat


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period with all its contributions."""

    id: str
    parts: tuple[Part, ...]

    def forms(self, key: str, models: Mapping[str, Model]) -> set[str]:
        """The forms that a question or figure was counted in here."""
        return {part.form for part in self.parts if tells(models[part.form], key)}

    @property
    def kommuner(self) -> set[str]:
        """Those that have sent cases, or that there are none."""
        return {part.kommune for part in self.parts if part.form != PHONE}


@dataclass(frozen=True, slots=True)
class Stated:
    """A cell in the problem. Weight counts for open ones alone."""

    cell: Cell
    state: State
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """What everybody knows besides: bounds on a cell, or on what some kommuner have of it (None: all)."""

    cell: Cell
    low: int
    high: int | None
    kommuner: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What a release must hold against."""

    threshold: int = 5
    coalition: int = 1
    min_contributors: int = 3


@dataclass(frozen=True, slots=True)
class World:
    """All that has been closed, the models of the forms, and who holds today what a kommune knew then."""

    closed: tuple[Closed, ...]
    holder: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, Model] = field(default_factory=dict)

    def model(self, version: str) -> Model:
        """The model of a form."""
        return self.models.get(version) or model(version)

    @property
    def all_models(self) -> dict[str, Model]:
        """Of every form that something was closed in."""
        return {part.form: self.model(part.form) for each in self.closed for part in each.parts}


def tells(of: Model, key: str) -> bool:
    """Does a part in this form tell of it: a question, a figure, the cases?"""
    if of.version == PHONE or key in of.phone:
        return of.version == PHONE and key in of.phone
    return key == QUARTERS or key in of.questions or key in of.figures


def problem(world: World, stated: Sequence[Stated], *, rule: Rule, facts: Sequence[Fact] = ()) -> Json:
    """The problem as the engine and the auditor read it.

    Raises ValueError for a cell that is there twice or that the closed periods do not have.
    """
    cells = [one.cell for one in stated]
    if len(set(cells)) != len(cells):
        raise ValueError("Samme tall står to ganger.")
    needed = [*cells, *(fact.cell for fact in facts)]
    pieces = {each.id: list(_pieces(world, each, needed)) for each in world.closed}
    return {
        "rule": {
            "threshold": rule.threshold,
            "coalition": rule.coalition,
            "zeros": "hide",
            "min_contributors": rule.min_contributors,
        },
        "atoms": [atom for each in pieces.values() for piece in each for atom in piece.atoms(world.holder)],
        "cells": [
            {"id": one.cell.id, "atoms": _atoms(one.cell, pieces), "weight": one.weight, "state": one.state}
            for one in stated
        ],
        "rows": [row for each in pieces.values() for piece in each for row in piece.rows()]
        + [_fact(fact, pieces) for fact in facts],
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """One closed period's kommuner that sent in one form: the atoms they share with each one's number in them, and the
    cells as sums of them."""

    period: str
    parts: tuple[Part, ...]
    block: Block
    counts: Mapping[str, Mapping[str, int]]
    sums: Mapping[Cell, Sum]

    def name(self, part: str, kommune: str) -> str:
        """An atom's name."""
        return f"{self.period}/{part}/{kommune}"

    def atoms(self, holder: Mapping[str, str]) -> Iterator[Json]:
        """Every kommune's atoms; what the region's own calls hold nobody knows as theirs."""
        for one in self.parts:
            whose = {} if one.kommune == NOBODY else {"holder": holder.get(one.kommune, one.kommune)}
            for part, count in self.counts[one.kommune].items():
                yield {"id": self.name(part, one.kommune), "count": count, **whose}

    def rows(self) -> Iterator[Json]:
        """The equations, over all the kommuner."""
        for equation in self.block.equations:
            atoms = {self.name(part, one.kommune): by for one in self.parts for part, by in equation.items()}
            yield {"atoms": atoms, "low": 0, "high": 0}

    def atoms_of(self, cell: Cell, kommuner: Collection[str] | None = None) -> Iterator[str]:
        """The atoms whose sum the cell is here."""
        for one in self.parts:
            if kommuner is None or one.kommune in kommuner:
                yield from (self.name(part, one.kommune) for part in self.sums.get(cell, ()))


def _pieces(world: World, closed: Closed, cells: Sequence[Cell]) -> Iterator[Piece]:
    here = [cell for cell in cells if closed.id in cell.periods]
    for version in sorted({part.form for part in closed.parts}) if here else ():
        of = world.model(version)
        own = [cell for cell in here if tells(of, cell.question)]
        yield piece(closed.id, [part for part in closed.parts if part.form == version], of, own)


def piece(period: str, parts: Sequence[Part], of: Model, cells: Sequence[Cell]) -> Piece:
    """The atoms and equations that these cells need, no more. Raises ValueError where a contribution does not fit."""
    block, sums = frame(of, cells)
    found = {part.kommune: block.counts(part.numbers) for part in parts}
    counts = {kommune: own for kommune, own in found.items() if own is not None}
    if len(counts) < len(found):
        raise ValueError("Et bidrag henger ikke sammen: ingen saker kan ha disse tallene.")
    return Piece(period, tuple(parts), block, counts, sums)


def frame(of: Model, cells: Sequence[Cell]) -> tuple[Block, dict[Cell, Sum]]:
    """The atoms, the equations and what a return tells of them, and each cell as a sum of the atoms."""
    block = Block()
    whole = None if of.version == PHONE else quarters(block)
    figures = [one for one in of.figures.values() if one.among and any(cell.question == one.id for cell in cells)]
    marks = _marks(of, cells, figures)
    tables: dict[str, Table] = {}
    for key, wanted in splits(of, cells).items():
        split = classes(of.questions[key].codes, wanted)
        tables[key] = table(block, of.questions[key], split, marks.get(key, []))
        if whole is None:
            block.tell(tables[key].blank, (key, "blank", ""))
        else:
            block.equal(tables[key].whole, whole)
    _tell_figures(block, of, tables, marks)
    crosses: dict[str, Crossed] = {}
    for each in together(figures):
        crosses |= joint(block, each, tables, marks)
    return block, {cell: summed(cell, of, tables, crosses) for cell in cells}


def _marks(of: Model, cells: Iterable[Cell], figures: Iterable[Any]) -> dict[str, list[Codes]]:
    """The sets of answers of which cells count cases, by question."""
    found: dict[str, dict[Codes, None]] = {}
    for cell in cells:
        if cell.kind == "any":
            found.setdefault(cell.question, {})[frozenset(cell.codes)] = None
        elif cell.question in of.figures and not of.figures[cell.question].among:
            figure = of.figures[cell.question]
            found.setdefault(figure.question, {})[frozenset(figure.any)] = None
    for one in figures:
        for key, codes in ((one.question, one.any), *one.among.items()):
            found.setdefault(key, {})[frozenset(codes)] = None
    return {key: sorted(own, key=sorted) for key, own in found.items()}


def _tell_figures(block: Block, of: Model, tables: Mapping[str, Table], marks: Mapping[str, Sequence[Codes]]) -> None:
    """The sets of answers of which a return tells how many cases have one or more."""
    for key, sets in marks.items():
        known = {} if of.questions[key].single else of.unions_of(key)
        for codes in sets:
            if codes in known:
                block.tell(tables[key].any(codes), known[codes])
    for one in of.figures.values():
        if one.id in of.counted and not one.among and frozenset(one.any) in marks.get(one.question, ()):
            block.tell(tables[one.question].any(one.any), (one.id, "count", ""))
            block.tell(tables[one.question].whole, (one.id, "of", ""))


def splits(of: Model, cells: Iterable[Cell]) -> dict[str, set[frozenset[str]]]:
    """Which sets of answers must be told apart, by question; every question that a cell touches is there."""
    found: dict[str, set[frozenset[str]]] = {}
    for cell in cells:
        if cell.question in of.figures:
            figure = of.figures[cell.question]
            for key, codes in {figure.question: figure.any, **figure.among}.items():
                found.setdefault(key, set()).add(frozenset(codes))
        elif cell.question != QUARTERS:
            found.setdefault(cell.question, set()).update([frozenset(cell.codes)] if cell.codes else [])
    return {key: found[key] for key in of.questions if key in found}


def classes(codes: Sequence[str], wanted: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Answers that no set tells apart, together; in the order of the form."""
    sets = sorted(wanted, key=sorted)
    found: dict[tuple[bool, ...], list[str]] = {}
    for code in codes:
        found.setdefault(tuple(code in each for each in sets), []).append(code)
    return [frozenset(each) for each in found.values()]


@lru_cache(maxsize=8)
def everything(of: Model) -> tuple[Block, dict[Cell, Sum]]:
    """All that a part in this form tells, with every answer by itself."""
    keys = [key for key in of.questions if tells(of, key)]
    cells = [Cell(key, "codes", (code,), ("",)) for key in keys for code in of.questions[key].codes]
    cells += [Cell(one.question, "any", tuple(sorted(one.codes)), ("",)) for one in of.unions]
    cells += [Cell(key, "rest", (), ("",)) for key in of.figures]
    return frame(of, cells)


def fits(part: Part, of: Model) -> bool:
    """Can some cases have these numbers?"""
    return everything(of)[0].counts(part.numbers) is not None


def value(world: World, cell: Cell) -> int:
    """The true number; for the raw check and for tests, never for a page."""
    found = 0
    for each in world.closed:
        for whole in _pieces(world, each, [cell] if each.id in cell.periods else []):
            counts = whole.counts.values()
            found += sum(by * own[name] for own in counts for name, by in whole.sums.get(cell, Counter()).items())
    return found


def _atoms(cell: Cell, pieces: Mapping[str, Sequence[Piece]], kommuner: Collection[str] | None = None) -> list[str]:
    if missing := [period for period in cell.periods if period not in pieces]:
        raise ValueError(f"Perioden «{missing[0]}» er ikke lukket.")
    return [atom for period in cell.periods for piece in pieces[period] for atom in piece.atoms_of(cell, kommuner)]


def _fact(fact: Fact, pieces: Mapping[str, Sequence[Piece]]) -> Json:
    atoms = _atoms(fact.cell, pieces, fact.kommuner)
    return {"atoms": dict.fromkeys(atoms, 1), "low": fact.low, "high": fact.high}
