"""The printed figures of the pilot (October 2018 to September 2019), to hold one's own beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from shared.codes.data_files import read
from shared.codes.forms import Form, form
from shared.codes.strict import BadList, known, rows, unique

PILOT = "pilot_2019"
type Stat = Literal[
    "ticks", "answered", "unanswered", "count", "count_any", "share", "share_any", "share_multi", "share_of_answered"
]
_ROW = {"id", "question", "stat", "answers", "among", "value", "percent"}
_WHOLE = {
    "version", "source", "form", "period", "registered_cases", "cases", "per_thousand_a_year", "per_thousand_of",
    "figures",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it is printed: either a whole number (`value`) or a whole per cent (`percent`).

    `share` is of the cases, `share_of_answered` of those that answered, `share_multi` of cases with several ticks.
    """

    id: str
    question: str
    stat: Stat
    answers: tuple[str, ...]
    among: Mapping[str, tuple[str, ...]]
    value: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Pilot:
    """What is printed, and of how many cases."""

    source: str
    period: str
    cases: int
    registered_cases: int
    per_thousand_a_year: float
    per_thousand_of: str
    figures: tuple[Printed, ...]

    def percent(self, question: str, code: str, *, of_answered: bool = False) -> int | None:
        """The whole per cent that had this answer, where it is printed or follows from a printed number.

        `of_answered`: of those that answered, as the pilot prints some questions; else of all cases.
        """
        for one in self.figures:
            if one.question != question or one.answers != (code,) or one.among:
                continue
            if one.stat == "count" and not of_answered and one.value is not None:
                return (200 * one.value + self.cases) // (2 * self.cases)
            if one.stat == ("share_of_answered" if of_answered else "share"):
                return one.percent
        return None


@cache
def pilot() -> Pilot:
    """The shipped figures. Raises BadList for a file that cannot be used."""
    return read_pilot(read(PILOT), PILOT)


def read_pilot(content: Any, file: str) -> Pilot:
    """What a file prints. Raises BadList with the file, the row and what is wrong."""
    listed = rows(content, "figures", file)
    if content.keys() != _WHOLE:
        raise BadList(f"{file}: filen skal ha feltene {', '.join(sorted(_WHOLE))} og ingen andre.")
    of = form(content["form"])
    unique((str(row.get("id")) for row in listed), file)
    return Pilot(
        source=content["source"],
        period=content["period"],
        cases=content["cases"],
        registered_cases=content["registered_cases"],
        per_thousand_a_year=content["per_thousand_a_year"],
        per_thousand_of=content["per_thousand_of"],
        figures=tuple(_printed(row, of, f"{file}, «{row.get('id')}»") for row in listed),
    )


def _printed(row: Mapping[str, Any], of: Form, where: str) -> Printed:
    if row.keys() != _ROW or (row["value"] is None) == (row["percent"] is None):
        raise BadList(f"{where}: skal ha {', '.join(sorted(_ROW))}, og enten «value» eller «percent».")
    try:
        answers = tuple(of.question(row["question"]).answer(code).code for code in row["answers"])
        among = {
            key: tuple(of.question(key).answer(code).code for code in codes) for key, codes in row["among"].items()
        }
    except ValueError as error:
        raise BadList(f"{where}: {error}") from error
    stat: Any = known(row["stat"], get_args(Stat.__value__), "slags tall", where)
    return Printed(row["id"], row["question"], stat, answers, MappingProxyType(among), row["value"], row["percent"])
