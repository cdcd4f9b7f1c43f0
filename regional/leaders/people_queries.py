"""Which places there are to sit in, now and in the period to come, and who is entered for a time to come."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from regional.leaders import queries, tables
from regional.leaders.models import BODY, Place, Term
from regional.leaders.queries import Capacity, Slot
from varde.access import Reader


def coming(day: date) -> list[Term]:
    """Those who begin after a day, the first one first."""
    rows = Term.objects.filter(gone_at=None, since__gt=day).select_related("place").order_by("since", "made_at")
    return list(rows)


def next_period(by: Reader, day: date) -> tuple[date, list[Slot]] | None:
    """The first day of the next period, and its seats with whoever is entered; None where no seat changes."""
    table = queries.table_on(day)
    if table is None or table.form == BODY:
        return None
    first = next((year for year in tables.rotation_of(table).first_years if year > day.year), None)
    if first is None:
        return None
    then = date(first, 1, 1)
    return then, [slot for slot in queries.slots(by, then) if slot.capacity == "seat"]


def slot_of(key: str) -> Slot | None:
    """A place by its key (see `Slot.key`): one outside the rotation, or a seat with one of the kommuner."""
    with suppress(ValueError):
        row = Place.objects.filter(id=UUID(key)).first()
        kind: Capacity = "fixed" if row and row.capacity == "fixed" else "on_request"
        return Slot(row.body, row.kommune, kind, place=row) if row else None
    table = queries.newest_table()
    seat, _, kommune = key.rpartition("|")
    if table is None or kommune not in queries.names_in(table):
        return None
    return Slot(seat, kommune, "seat") if seat in ([table.body] if table.form == BODY else table.seats) else None
