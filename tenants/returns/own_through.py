"""The kommune's own figures through time, as the component for series takes them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from shared.codes.steering import DEADLINE, NEW, PERSON
from shared.contracts import Counts
from tenants.returns.own_figures import (
    answers_through,
    base_of,
    own_sums,
    per_thousand,
    questions,
    share_held,
    share_of,
)
from tenants.returns.spans import Span
from varde.ui.series import ABSENT, Absent

CASES = "saker"
SHARES = "andeler"
RATES = "per-1000"
RUNNING = "Den siste perioden er ikke over."
CARDLESS = "Saker uten personkort er ikke talt som noens første sak. «–» betyr at ingen av sakene har personkort."

type Row = tuple[Span, Counts]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture: periods and rows as `ui/components/series.html` takes them; no rows where there is nothing."""

    title: str
    unit: str
    periods: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    note: str


def choices(population: int | None) -> dict[str, str]:
    """What can be followed: word in the address -> what it is called."""
    found = {CASES: "Saker og personer", SHARES: "Andeler og frister"}
    if population:
        found[RATES] = "Saker per 1\u00a0000 innbyggere"
    return found | {key: one.label for key, one in questions().items()}


def drawn(what: str, through: Sequence[Row], population: int | None) -> list[Drawn]:
    """The pictures of one choice, the oldest period first. Raises KeyError for none of them."""
    title = choices(population)[what]
    if what == SHARES:
        return _shares(through)
    if what == CASES:
        rows: list[Mapping[str, Any]] = [
            {"label": "Saker", "values": [counts.cases for _, counts in through]},
            {
                "label": "Personer med første sak",
                "values": [_first(counts) for _, counts in through],
                "absent": "ikke kjent",
            },
        ]
        picture = _picture(title, "whole", through, rows)
        return [replace(picture, note=f"{CARDLESS} {picture.note}".strip())]
    if what == RATES and population:
        rates = [per_thousand(counts.cases, population) for _, counts in through]
        return [_picture(title, "rate", through, [{"label": "Saker per 1\u00a0000 innbyggere", "values": rates}])]
    return [_picture(title, "whole", through, answers_through([counts for _, counts in through], questions()[what]))]


def _first(counts: Counts) -> int | Absent:
    """Not 0 where there are cases and it is known of none of them."""
    person = counts.steering[PERSON]
    return person.answers[NEW] if person.answered or not counts.cases else ABSENT


def _shares(through: Sequence[Row]) -> list[Drawn]:
    """A picture for each: a period that nobody was counted in has no share, and is left out."""
    held = [row for row in through if row[1].steering[DEADLINE].answered]
    found = [_share("Avklart innen fristen", held, share_held)] if held else []
    for one in own_sums():
        some = [row for row in through if base_of(row[1], one)]
        found += [_share(one.label, some, partial(share_of, one))] if some else []
    return found


def _share(title: str, through: Sequence[Row], share: Callable[[Counts], float]) -> Drawn:
    rows = [{"label": title, "values": [share(counts) for _, counts in through]}]
    return _picture(title, "percent", through, rows)


def _picture(title: str, unit: str, through: Sequence[Row], rows: Sequence[Mapping[str, Any]]) -> Drawn:
    spans = [span for span, _ in through]
    periods = [
        {"label": f"{span.label} (pågår)" if span.runs else span.label, "short": span.short, "href": _address(span)}
        for span in spans
    ]
    return Drawn(title, unit, periods, rows, RUNNING if spans and spans[-1].runs else "")


def _address(span: Span) -> str:
    return f"/statistikk/tall?slag={span.kind}&periode={span.value}"
