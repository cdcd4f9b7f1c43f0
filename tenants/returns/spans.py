"""The stretches of time that figures are shown for: quarters, half-years, years, and all since the start. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.codes.periods import Quarter, label, parse

QUARTER, HALF, YEAR, START = "kvartal", "halvar", "ar", "start"
KINDS = {HALF: "Halvår", YEAR: "År", QUARTER: "Kvartal", START: "Siden start"}
"""Word in the address -> what it is called; the first is shown when nothing was chosen."""
MOST = 40


@dataclass(frozen=True, slots=True)
class Span:
    """`value`: as addresses have it. `runs`: it is not over, so that its figures will change."""

    kind: str
    value: str
    label: str
    short: str
    quarters: tuple[Quarter, ...]
    runs: bool


def spans(kind: str, first: Quarter, last: Quarter) -> tuple[Span, ...]:
    """Those of a kind from the first quarter to the one that runs, the newest first. Raises KeyError for no kind."""
    if kind == START:
        until = label([last])
        return (Span(START, START, f"Siden start, til og med {until}", "Siden start", tuple(_row(first, last)), True),)
    if kind not in KINDS:
        raise KeyError(kind)
    values = dict.fromkeys(_value(kind, quarter) for quarter in _row(first, last))
    return tuple(_span(kind, value, last) for value in reversed(values))[:MOST]


def _row(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    quarter = min(first, last)
    while quarter <= last:
        yield quarter
        quarter = quarter.next


def _value(kind: str, quarter: Quarter) -> str:
    if kind == QUARTER:
        return str(quarter)
    return str(quarter.year) if kind == YEAR else f"{quarter.year}H{(quarter.number + 1) // 2}"


def _span(kind: str, value: str, last: Quarter) -> Span:
    quarters = parse(value)
    short = {
        QUARTER: f"{quarters[0].number}. kv. {quarters[0].year}",
        HALF: f"{value[-1]}. h. {quarters[0].year}",
        YEAR: value,
    }[kind]
    return Span(kind, value, label(quarters), short, quarters, runs=quarters[-1] >= last)


def pick(found: tuple[Span, ...], value: str) -> Span | None:
    """The one with this value; where none was said, the newest that is over, else the newest. None: there is none."""
    if value:
        return next((one for one in found if one.value == value), None)
    return next((one for one in found if not one.runs), found[0])
