"""Shown tables as an outsider or a kommune reads them: what each number, share and rest line says of unknown counts.

The counts that readers think in are their own: by kommune and half-year the cases of each quarter, every answer of
every question, and with several answers how many cases have none, one and more. Nothing here knows how it is protected.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from regional.releases.cells import Cell
from regional.releases.problem import Closed, Part, World
from shared.codes.forms import Question
from tests.disclosure.attackers import percent
from tests.disclosure.attackers.knowledge import Statement, printed
from tests.disclosure.whole_way import FORM, OF, PLAN, Shown

type Json = dict[str, Any]


def printed_by(given: Shown, *, outsiders: bool = False) -> tuple[Json, list[Statement]]:
    """The problem that the attackers get (truth, holders, rules of the form, what is to be found), and what is said.

    `outsiders`: what is a promise to outsiders alone is to be found too.
    """
    world = given.world
    atoms, rows = list[Json](), list[Json]()
    for closed in world.closed:
        for part in closed.parts:
            counts = _counts(part)
            whose = world.holder.get(part.kommune, part.kommune)
            atoms += [{"id": _id(closed, part, name), "count": n, "holder": whose} for name, n in counts.items()]
            rows += [
                {"atoms": {_id(closed, part, name): by for name, by in of.items()}, "low": low, "high": high}
                for of, low, high in _rules()
            ]
    told = [Table(world, each) for each in given.tables]
    gone = {_atoms(world, cell) for cell, still in given.settled.items() if not (still and outsiders)}
    cells = dict.fromkeys(cell for each in told for cell in each.cells() if cell and cell not in gone)
    said = [one for each in told for one in each.says()]
    problem = {
        "rule": {"threshold": 5}, "atoms": atoms, "rows": rows,
        "cells": [{"id": str(number), "atoms": sorted(cell)} for number, cell in enumerate(cells)],
    }  # fmt: skip
    return problem, said


def _atoms(world: World, cell: Cell) -> frozenset[str]:
    """A cell of the product in the readers' own counts."""
    key, kind = cell.question, cell.kind
    names = [f"{key}.{name}" for name in ("one", "multi")] if kind == "answered" else [f"{key}.{kind}"]
    if kind in ("codes", "ticks") or (kind == "answered" and OF.questions[key].single):
        names = [f"{key}.{code}" for code in (cell.codes or OF.questions[key].codes)]
    if key == "saker":
        names = [f"q{code}" for code in cell.codes]
    parts = [(one, part) for one in world.closed if one.id in cell.periods for part in one.parts]
    return frozenset(_id(one, part, name) for one, part in parts for name in names)


def _id(closed: Closed, part: Part, name: str) -> str:
    return f"{closed.id}/{part.kommune}/{name}"


def _choices() -> Iterator[tuple[Question, bool]]:
    """The questions of the form; the second: at most one answer."""
    yield from ((one, OF.questions[one.key].single) for one in FORM.choices)


def _counts(part: Part) -> dict[str, int]:
    """A kommune's own counts in a half-year."""
    numbers = part.numbers
    cases = numbers[("cases", "", "")]
    found = {name: numbers.get(("saker", "code", name[1]), 0) for name in ("q1", "q2")}
    for question, single in _choices():
        key = question.key
        found |= {f"{key}.{one.code}": numbers.get((key, "code", one.code), 0) for one in question.answers}
        answered, multi = (numbers.get((key, name, ""), 0) for name in ("answered", "multi"))
        found[f"{key}.blank"] = cases - answered
        if not single:
            found |= {f"{key}.one": answered - multi, f"{key}.multi": multi}
    return found


def _rules() -> Iterator[tuple[dict[str, int], int | None, int | None]]:
    """What the form makes true of every kommune's counts."""
    cases = {"q1": -1, "q2": -1}
    for question, single in _choices():
        key, codes = question.key, [f"{question.key}.{one.code}" for one in question.answers]
        if single:
            yield {**dict.fromkeys([*codes, f"{key}.blank"], 1), **cases}, 0, 0
            continue
        how = [f"{key}.{name}" for name in ("blank", "one", "multi")]
        yield {**dict.fromkeys(how, 1), **cases}, 0, 0
        for code in codes:
            yield {code: 1, how[1]: -1, how[2]: -1}, None, 0
        yield {**dict.fromkeys(codes, 1), how[1]: -1, how[2]: -2}, 0, None


class Table:
    """One shown table: its JSON, and the counts that its figures are sums of."""

    def __init__(self, world: World, shown: Json) -> None:
        self.shown = shown
        self.parts = [(one, part) for one in world.closed if one.id in shown["periods"] for part in one.parts]

    def over(self, names: Iterable[str]) -> frozenset[str]:
        """These counts of everybody in the table's periods."""
        return frozenset(_id(closed, part, name) for name in names for closed, part in self.parts)

    @property
    def cases(self) -> frozenset[str]:
        """A quarter's table has the cases of one of the two."""
        if self.shown["kind"] == "quarter":
            return self.over(["q2" if self.shown["id"][-1] in "24" else "q1"])
        return self.over(["q1", "q2"])

    def figures(self) -> Iterator[tuple[frozenset[str], int | None]]:
        """Every figure with a place of its own, told or not."""
        yield self.cases, self.shown["cases"]
        for question in self._questions():
            for codes, line in self._lines(question):
                yield codes, line["value"]
            yield from self._sums(question)
        for figure in self.shown["planned"]:
            yield from self._planned(figure)

    def cells(self) -> Iterator[frozenset[str]]:
        """What nobody may find out when it is small."""
        for atoms, _ in self.figures():
            yield atoms

    def says(self) -> Iterator[Statement]:
        """Everything that is told: figures, rest lines, and shares whose base or numerator is not."""
        for atoms, value in self.figures():
            if value is not None:
                yield printed(sorted(atoms), value)
        for question in self._questions():
            yield from self._rest(question)
            bases = {"share": question["ticks" if question["unit"] == "ticks" else "asked"],
                     "share_answered": question["answered"]}  # fmt: skip
            for codes, line in self._lines(question):
                for name, base in bases.items():
                    if line[name] is not None and line["value"] is None and base:
                        yield percent.statement(sorted(codes), line[name], base)
                    if line[name] is not None:
                        assert line["value"] is not None, "a share of what is not told"
                        assert base, "a share of a base that is not told"

    def _questions(self) -> list[Json]:
        return [one for one in self.shown["questions"] if one["key"] in _keys()]

    def _lines(self, question: Json) -> Iterator[tuple[frozenset[str], Json]]:
        groups = {each.code: each.codes for each in PLAN.questions[question["key"]].levels[question["level"]]}
        assert [line["code"] for line in question["lines"]] == list(groups), "another order than the form's"
        for line in question["lines"]:
            yield self.over(f"{question['key']}.{code}" for code in groups[line["code"]]), line
        yield self.over([f"{question['key']}.blank"]), question["blank"]

    def _sums(self, question: Json) -> Iterator[tuple[frozenset[str], int | None]]:
        key = question["key"]
        codes = [f"{key}.{one.code}" for one in FORM.question(key).answers]
        single = OF.questions[key].single
        yield self.over(codes if single else [f"{key}.one", f"{key}.multi"]), question["answered"]
        if not single:
            yield self.over(codes), question["ticks"]
            yield self.over([f"{key}.multi"]), question["multi"]

    def _rest(self, question: Json) -> Iterator[Statement]:
        """All that is not told, in one line; blank is one of the lines where a case has one answer."""
        single = OF.questions[question["key"]].single
        lines = [*self._lines(question)][: None if single else -1]
        hidden = [codes for codes, line in lines if line["value"] is None]
        if question["rest"] is not None:
            yield printed(sorted(frozenset().union(*hidden)), question["rest"]["value"])

    def _planned(self, figure: Json) -> Iterator[tuple[frozenset[str], int | None]]:
        """Sums of single answers, also as told shares; others need counts that readers do not think in."""
        if not figure["among"] and OF.questions[figure["question"]].single and figure["question"] in _keys():
            yield self.over(f"{figure['question']}.{code}" for code in figure["any"]), figure["count"]


def _keys() -> set[str]:
    return {one.key for one, _ in _choices()}
