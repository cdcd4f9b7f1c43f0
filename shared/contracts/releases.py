"""What the region has given out, as every page, file and machine reads it; the same in the region and its kommuner.

None is what is not told (":" to the eye): nothing, little, or hidden for another. Shares are whole per cent of printed
figures. There is nothing here that was not given out by two persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

type Group = Literal["form", "steering", "phone"]
type ReleasedLevel = Literal["all", "groups", "few"]
type Unit = Literal["cases", "ticks", "calls"]
type ReleasedKind = Literal["quarter", "half", "year", "start"]


def _count(*numbers: int | None) -> None:
    if any(number is not None and number < 0 for number in numbers):
        raise ValueError("Et antall kan ikke være negativt.")


def _share(*shares: int | None) -> None:
    if any(share is not None and not 0 <= share <= 100 for share in shares):
        raise ValueError("En andel er fra 0 til 100 prosent.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedLine:
    """A line of a question. `share` of the question's base, `share_answered` of those that answered."""

    code: str
    label: str
    value: int | None
    share: int | None
    share_answered: int | None

    def __post_init__(self) -> None:
        _count(self.value)
        _share(self.share, self.share_answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedQuestion:
    """A question with its lines in the order of the form. `ticks`, `multi`: of questions with several answers.

    `rest` is what is left of the printed total where a line is hidden, None where nothing is or it cannot be told.
    """

    key: str
    label: str
    group: Group
    level: ReleasedLevel
    unit: Unit
    asked: int | None
    answered: int | None
    ticks: int | None
    multi: int | None
    lines: tuple[ReleasedLine, ...]
    blank: ReleasedLine
    rest: ReleasedLine | None

    def __post_init__(self) -> None:
        _count(self.asked, self.answered, self.ticks, self.multi)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFigure:
    """A planned figure: `count` cases with any of these answers, among the `of` cases with these other answers."""

    id: str
    label: str
    question: str
    any: tuple[str, ...]
    among: Mapping[str, tuple[str, ...]]
    count: int | None
    of: int | None
    share: int | None

    def __post_init__(self) -> None:
        _count(self.count, self.of)
        _share(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTable:
    """A table. `periods`: the closed half-years that it adds up; `left_out`: questions (keys) that it does not hold.

    `kommuner`: names of those in the region in the table's last period; `starts`: each one's own first day.
    """

    id: str
    kind: ReleasedKind
    label: str
    periods: tuple[str, ...]
    cases: int | None
    questions: tuple[ReleasedQuestion, ...]
    left_out: tuple[str, ...]
    planned: tuple[ReleasedFigure, ...]
    population: int | None
    kommuner: tuple[str, ...]
    starts: Mapping[str, date | None]
    notes: tuple[str, ...]

    def __post_init__(self) -> None:
        _count(self.cases, self.population)
        if not self.periods:
            raise ValueError("En tabell har minst én periode.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseGiven:
    """From the region to each of its kommuner: what two persons have given out, numbered as in the region's ledger."""

    TYPE: ClassVar[str] = "release_given"
    VERSION: ClassVar[int] = 1

    number: int
    period: str
    given_at: datetime
    approved_by: str
    tables: tuple[ReleasedTable, ...]

    def __post_init__(self) -> None:
        if self.number < 1 or not self.tables:
            raise ValueError("En utgivelse har et nummer og minst én tabell.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWithdrawn:
    """From the region to each of its kommuner: the release with this number is shown no more."""

    TYPE: ClassVar[str] = "release_withdrawn"
    VERSION: ClassVar[int] = 1

    number: int
    withdrawn_at: datetime

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("En utgivelse har et nummer.")
