"""Deciding the leader team's form and table. A decision is a new row; those before it stay as history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from regional.leaders.access import manages
from regional.leaders.changing import OVER, preview
from regional.leaders.models import BODY, ROTATION, SECRETARY, RotationTable
from regional.leaders.queries import all_tables, draft, newest_table, office_ids
from regional.leaders.rotation import rotate
from regional.leaders.tables import holds_from
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken, Refused, check_seen, overtaken
from varde.ui.dates import day_of

NO_TABLE = "Det er ingen rullering å endre. Lag en tabell først."
MOST_NAMES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the engine makes the table from."""

    source: str
    kommuner: list[str]
    seats: list[str]
    first_year: int
    years: int
    periods: int | None = None
    proposal: bool = False


@transaction.atomic
def set_table(*, plan: Plan, by: Reader, seen: str | None = None) -> RotationTable:
    """A rotation from its first year on. Raises ValueError with a sentence for names, years and what has been."""
    before = _mine(by, seen)
    if max(len(plan.kommuner), len(plan.seats)) > MOST_NAMES:
        raise Refused(f"Det er plass til høyst {MOST_NAMES} kommuner og {MOST_NAMES} plasser.")
    rotate(plan.kommuner, plan.seats, first_year=plan.first_year, years=plan.years, periods=plan.periods)
    starts = date(plan.first_year, 1, 1)
    _check_ahead(before, starts)
    return _stored(
        by,
        form=ROTATION,
        source=plan.source,
        holds_from=starts,
        kommuner=plan.kommuner,
        seats=plan.seats,
        first_year=plan.first_year,
        years=plan.years,
        periods=plan.periods,
        proposal=plan.proposal,
        offices=_offices(plan.kommuner, before, by),
    )


@transaction.atomic
def set_body(
    *,
    body: str,
    kommuner: list[str],
    intake: str = SECRETARY,
    source: str,
    holds_from: date,
    by: Reader,
    seen: str | None = None,
) -> RotationTable:
    """An existing group is the leader team from a day on: a permanent place for each kommune. The past stands."""
    before = _mine(by, seen)
    if not body.strip() or not kommuner:
        raise Refused("Gruppen må ha et navn og minst én kommune.")
    if len(set(kommuner)) < len(kommuner) or len(kommuner) > MOST_NAMES:
        raise Refused("En kommune kan bare stå én gang.")
    _check_ahead(before, holds_from)
    return _stored(
        by,
        form=BODY,
        source=source,
        holds_from=holds_from,
        kommuner=kommuner,
        seats=[],
        first_year=holds_from.year,
        years=1,
        body=body,
        intake=intake,
        proposal=False,
        offices=_offices(kommuner, before, by),
    )


@transaction.atomic
def change_table(*, batch: Mapping[str, Any], source: str, by: Reader, seen: str | None = None) -> RotationTable:
    """The newest table with what `batch` asks for (lists as in the file of `varde rotation --change`).

    Raises Refused with a sentence for what cannot be and for what has begun; Overtaken for a page that is out of date.
    """
    before = _rotating(by, seen)
    try:
        found = preview(before, batch, today=day_of(now()))
    except ValueError as error:
        raise Refused(str(error)) from error
    if any(said.holds is False for said in found.said):
        raise Refused("Tabellen etter endringen er ikke rettferdig. Endringen er ikke lagret.")
    names = list(found.after.kommuner)
    return _again(
        before,
        by,
        source=source,
        changes=[*before.changes, batch],
        periods=len(found.after.periods),
        offices=_offices(names, before, by),
    )


@transaction.atomic
def extend_table(*, periods: int, source: str, by: Reader, seen: str | None = None) -> RotationTable:
    """The same rotation, drawn for so many periods; those that are drawn already stay as they are."""
    before = _rotating(by, seen)
    drawn = before.periods or len(before.kommuner)
    if periods <= drawn:
        raise Refused(f"Tabellen har allerede {drawn} perioder.")
    rotate(before.kommuner, before.seats, first_year=before.first_year, years=before.years, periods=periods)
    return _again(before, by, source=source, periods=periods)


@transaction.atomic
def adopt_table(*, source: str, by: Reader, seen: str | None = None) -> RotationTable:
    """The proposal is decided as it stands. Raises Refused where its first period began under another table."""
    before = _proposed(by, seen)
    if before.id != _id(newest_table()) and holds_from(before) <= day_of(now()):
        raise Refused("Den første perioden i forslaget har begynt. Lag et nytt forslag fra en senere periode.")
    offices = _offices(before.kommuner, before, by)
    return _again(before, by, source=source, proposal=False, settles=before.id, offices=offices)


@transaction.atomic
def withdraw_table(*, source: str, by: Reader, seen: str | None = None) -> RotationTable:
    """The proposal that lies beside the decided table comes to nothing, and stays as history."""
    before = _proposed(by, seen)
    if before.id == _id(newest_table()):
        raise Refused("Forslaget er den eneste tabellen. Lag en ny i stedet.")
    return _again(before, by, source=source, settles=before.id)


def _proposed(by: Reader, seen: str | None) -> RotationTable:
    """The proposal, as the page showed it."""
    manages(by)
    turn.wait_for("leaders.table")
    found = draft() or newest_table()
    if found is None or not found.proposal:
        raise Refused("Det er ikke noe forslag. Tabellen er vedtatt fra før, eller noen andre har trukket det.")
    check_seen(seen, str(found.id), overtaken(found.made_by_name, found.made_at))
    return found


def _id(row: RotationTable | None) -> UUID | None:
    return row.id if row else None


def _mine(by: Reader, seen: str | None) -> RotationTable | None:
    manages(by)
    turn.wait_for("leaders.table")
    before = newest_table()
    stands = str(before.id) if before else ""
    if seen is not None and seen != stands and before is not None:
        raise Overtaken(overtaken(before.made_by_name, before.made_at))
    check_seen(seen, stands)
    return before


def _rotating(by: Reader, seen: str | None) -> RotationTable:
    before = _mine(by, seen)
    if before is None or before.form != ROTATION:
        raise Refused(NO_TABLE)
    return before


def _check_ahead(before: RotationTable | None, starts: date) -> None:
    if before is not None and not before.proposal and starts <= day_of(now()):
        raise Refused(OVER)


def _offices(names: list[str], before: RotationTable | None, by: Reader) -> dict[str, str]:
    """Which office a name is; kept for kommuner that have left."""
    known = {name: str(found) for name, found in office_ids(by).items() if name in names}
    return (dict(before.offices) if before else {}) | known


def _again(before: RotationTable, by: Reader, **unlike: Any) -> RotationTable:
    kept = (
        "form", "holds_from", "kommuner", "seats", "first_year", "years", "periods", "changes", "offices", "body",
        "intake", "proposal",
    )  # fmt: skip
    return _stored(by, **{name: getattr(before, name) for name in kept} | unlike)


def _stored(by: Reader, **fields: Any) -> RotationTable:
    last = next(iter(all_tables()), None)
    number = last.number + 1 if last else 1
    row = RotationTable(**fields, number=number, made_at=now(), made_by_name=by.name)
    row.save()
    record(by=by, action=Action.CREATE, what="leaders.rotation", ids=[row.id])
    return row
