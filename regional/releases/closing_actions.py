"""Closing a half-year for good: each kommune's part is frozen under a mark that stands in the ledger."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from regional.releases.areas import version
from regional.releases.closing import close, refusal
from regional.releases.due_queries import Due, due, next_period
from regional.releases.entering import enter, in_turn
from regional.releases.ledger import Ledger, numbers_json
from regional.releases.marks import mark_of
from regional.releases.models import Contribution, LedgerEntry
from regional.releases.problem import Json, Part
from regional.releases.queries import frozen
from shared.codes.periods import label, parse
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

OTHERS = "Det er andre kommuner som mangler nå enn da dette ble godkjent. Be om å lukke halvåret på nytt."


@transaction.atomic
def close_period(
    *, period: str, without: bool, name: str, by: Reader, who: Json, seen: Sequence[str] | None = None
) -> LedgerEntry:
    """Freeze the next half-year; empty where too few have sent anything: then the one after it has it all.

    `without`: also where somebody who should has not sent. `name`: who answers for it; `who`: the same as the row holds
    it. `seen`: who the second person saw would be left out.

    Raises Refused with a sentence for a half-year that cannot be closed (yet), and Broken.
    """
    told = in_turn(by)
    expected = next_period(told)
    if period != expected:
        raise Refused(_not_next(expected))
    found = due(period, frozen(told), by)
    closing = close(period, found.sent, found.frozen, least=told.rule.min_contributors, others=found.others)
    over = parse(period)[-1].last_day < day_of(now())
    said = refusal(missing=found.missing, without=without, over=over)
    if said:
        raise Refused(said)
    if seen is not None and list(seen) != list(found.missing):
        raise Refused(OTHERS)
    marks = [_freeze(period, part) for part in (*closing.parts, *(found.calls if closing.parts else ()))]
    content = _content(period, told, found, marks) | {"late": closing.late, "waits": closing.waits}
    return enter("closed", content | who, name=name, by=by)


def _not_next(expected: str | None) -> str:
    if expected is None:
        return "Ingen kommuner har sendt tall ennå, så det er ikke noe å lukke."
    return f"Halvår lukkes i rekkefølge. Det neste er {label(parse(expected))}."


def _freeze(period: str, part: Part) -> Json:
    mark = mark_of(period, part)
    Contribution(
        period=period, kommune=UUID(part.kommune), form=part.form, numbers=numbers_json(part.numbers), mark=mark
    ).save()
    return {"kommune": part.kommune, "form": part.form, "mark": mark}


def _content(period: str, told: Ledger, found: Due, marks: list[Json]) -> Json:
    before = told.closed[-1] if told.closed else None
    area = version(before.members, before.area, found.members) if before else 1
    return {
        "period": period,
        "area": area,
        "members": [each.as_json() for each in found.members],
        "contributors": marks,
        "missing": list(found.missing),
        "population": found.population,
    }
