"""A cell: one figure over all kommuner of some closed periods, written in one way only. Pure.

The same figure is the same cell wherever it is printed: the year that is also all since the start, a group that holds
every answer. So it has one state in the ledger, and nothing is stated twice with two answers.
"""

from dataclasses import dataclass
from typing import Literal

from regional.releases.asked import Model

QUARTERS = "saker"
"""The number of cases, as a question of its own whose answers are the two quarters of a half-year."""
FIRST, SECOND = "1", "2"

type Kind = Literal["codes", "any", "answered", "blank", "ticks", "multi", "calls", "cross", "of", "rest"]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """`codes`: answers added up · `any`: cases with any of them · `answered`, `blank`, `ticks`, `multi` of a question ·
    `calls`: all that a question about calls is asked of ·
    `cross`, `of`, `rest` of a planned figure (`question` is its id): counted, among, and among but not counted."""

    question: str
    kind: Kind
    codes: tuple[str, ...]
    periods: tuple[str, ...]

    @property
    def id(self) -> str:
        """The cell's name in problems and in the ledger; the periods between the ends follow from the ledger."""
        ends = dict.fromkeys((self.periods[0], self.periods[-1]))
        return "|".join(("..".join(ends), self.question, self.kind, "+".join(self.codes)))


def cases(periods: tuple[str, ...], quarter: str = "") -> Cell:
    """All cases of the periods, or those of one quarter of a half-year."""
    return Cell(QUARTERS, "codes", (quarter,) if quarter else (FIRST, SECOND), periods)


def canonical(cell: Cell, of: Model) -> Cell:
    """The one way to write it."""
    kind, key, periods = cell.kind, cell.question, cell.periods
    codes = tuple(sorted(set(cell.codes)))
    if key in of.figures:
        return _figure(Cell(key, kind, (), periods), of)
    if key not in of.questions:
        return Cell(key, kind, codes, periods)
    question = of.questions[key]
    if kind == "any" and (question.single or len(codes) == 1):
        kind = "codes"
    if question.single and kind == "ticks":
        kind = "answered"
    if kind == "codes" and len(codes) == len(question.codes):
        kind = "answered" if question.single else "ticks"
    if kind == "any" and len(codes) == len(question.codes):
        kind = "answered"
    return Cell(key, kind, codes if kind in ("codes", "any") else (), periods)


def _figure(cell: Cell, of: Model) -> Cell:
    figure = of.figures[cell.question]
    if cell.kind == "cross" and not figure.among:
        return canonical(Cell(figure.question, "any", figure.any, cell.periods), of)
    if cell.kind == "of" and not figure.among:
        return cases(cell.periods)
    if cell.kind == "of" and len(figure.among) == 1:
        key, codes = next(iter(figure.among.items()))
        return canonical(Cell(key, "any", codes, cell.periods), of)
    return cell
