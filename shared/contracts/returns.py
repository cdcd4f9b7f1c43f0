"""The return: counts only, from a kommune to its region.

Keys of the mappings are code values of the form named in `form_version`, never labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import ClassVar

from shared.contracts.fields import LATER


def _refuse_negative(*numbers: int) -> None:
    if any(number < 0 for number in numbers):
        raise ValueError("Et antall kan ikke være negativt.")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCounts:
    """One question: cases with an answer, ticks in all, cases with two or more ticks, ticks per answer."""

    answered: int
    ticks: int
    multi: int
    answers: Mapping[str, int]

    def __post_init__(self) -> None:
        _refuse_negative(self.answered, self.ticks, self.multi, *self.answers.values())
        if self.ticks != sum(self.answers.values()) or not self.multi <= self.answered <= self.ticks:
            raise ValueError("Summen av svarene stemmer ikke med antall avkryssinger.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCount:
    """A figure planned before the numbers were seen: `count` cases out of `of`."""

    count: int
    of: int

    def __post_init__(self) -> None:
        _refuse_negative(self.count, self.of)
        if self.count > self.of:
            raise ValueError("En planlagt verdi kan ikke være større enn det den er en del av.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts over some cases. Every question of the form is there, also with nothing but zeros.

    `steering`: what the form does not ask (`shared.codes.steering`), at most one answer a case. From a sender that does
    not know a question it is not there, and none of its cases have answered.
    """

    cases: int
    questions: Mapping[str, QuestionCounts]
    planned: Mapping[str, PlannedCount]
    steering: Mapping[str, QuestionCounts] = field(default=MappingProxyType({}), metadata=LATER)

    def __post_init__(self) -> None:
        _refuse_negative(self.cases)
        asked = [*self.questions.values(), *self.steering.values()]
        if any(question.answered > self.cases for question in asked):
            raise ValueError("Flere har svart enn det er saker.")
        if any(one.multi or one.ticks != one.answered for one in self.steering.values()):
            raise ValueError("En sak kan ha høyst ett svar på det som regnes ut av saken.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceStart:
    """The same counts from the kommune's own first day on: the check against forgotten cases."""

    from_date: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A kommune's counts for one period, for example "2019Q3"."""

    TYPE: ClassVar[str] = "return"
    VERSION: ClassVar[int] = 1

    form_version: str
    period: str
    kommune_number: str
    counts: Counts
    since_start: SinceStart
    sent_at: datetime

    @property
    def cases(self) -> int:
        """Cases in the period."""
        return self.counts.cases

    @property
    def questions(self) -> Mapping[str, QuestionCounts]:
        """Counts per question in the period."""
        return self.counts.questions

    @property
    def planned(self) -> Mapping[str, PlannedCount]:
        """Planned figures in the period."""
        return self.counts.planned
