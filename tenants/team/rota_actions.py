"""Keeping the opening hours and the rota. Every refusal is a sentence."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.team import rota_queries as queries
from tenants.team import rota_rules as rules
from tenants.team.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftSwap, WeeklyShift
from varde import turn
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import check_to_come
from varde.identity.models import User
from varde.privacy.models import Row
from varde.refusal import Refused, check_seen
from varde.rota import Weekly
from varde.ui.dates import day_of

type Removable = DatedShift | Absence | ShiftSwap | OtherDay
type Hours = tuple[time | None, time | None]
GONE = "Noen andre har alt fjernet dette."


@transaction.atomic
def set_hours(
    *, valid_from: date, week: Mapping[int, Hours], on_holidays: bool, by: Reader, seen: str | None = None
) -> None:
    """Opening hours from a day on, (None, None) for a weekday that is closed; earlier hours are kept.

    `seen` is what the page showed (`queries.hours_seen`). Raises Refused for a day that is over, hours that cannot be,
    and a week that is never open, Overtaken when somebody else was first.
    """
    _sets_up(by)
    turn.wait_for("team.hours")
    check_seen(seen, queries.hours_seen())
    moment = now()
    check_to_come(valid_from, day_of(moment))
    for opens, closes in week.values():
        rules.check_span(opens, closes)
    if not any(opens is not None for opens, _ in week.values()):
        raise Refused("Da er det aldri åpent. Fyll ut minst én dag.")
    rows = [
        OpeningHours(
            valid_from=valid_from, weekday=weekday, opens=opens, closes=closes, on_holidays=on_holidays,
            set_at=moment, set_by=by.name,
        )
        for weekday, (opens, closes) in sorted(week.items())
    ]  # fmt: skip
    for row in rows:
        row.save()
    record(by=by, action=Action.CHANGE, what="team.hours", ids=[rows[0].id])


@transaction.atomic
def set_day(*, day: date, opens: time | None, closes: time | None, by: Reader) -> None:
    """One day is closed, or has these hours; what was said of the day before is replaced."""
    _sets_up(by)
    check_to_come(day, day_of(now()))
    rules.check_span(opens, closes)
    OtherDay.objects.select_for_update().filter(day=day).delete()
    _save(OtherDay(day=day, opens=opens, closes=closes), "team.hours", by)


@transaction.atomic
def add_weekly(
    *, user: User, place: int, weekdays: Iterable[int], starts: time, ends: time, valid_from: date, by: Reader
) -> list[WeeklyShift]:
    """A shift of every week on each of these days. Raises Refused when one overlaps another of the same person."""
    _sets_up(by)
    check_to_come(valid_from, day_of(now()))
    _check_here(user)
    known = [_weekly(row) for row in WeeklyShift.objects.filter(user=user)]
    made = []
    for weekday in weekdays:
        shift = WeeklyShift(user=user, place=place, weekday=weekday, starts=starts, ends=ends, valid_from=valid_from)
        rules.check_weekly(_weekly(shift), known, user.name)
        known.append(_weekly(shift))
        made.append(_save(shift, "team.shift", by))
    return made


@transaction.atomic
def end_weekly(*, row_id: UUID, last_day: date, by: Reader) -> None:
    """With this day a weekly shift is over; one that has not begun by then is taken away."""
    _sets_up(by)
    shift = WeeklyShift.objects.select_for_update().filter(pk=row_id).first()
    if shift is None:
        raise Refused(GONE)
    if shift.valid_from > last_day:
        shift.delete()
    else:
        shift.valid_until = last_day
        shift.save(update_fields=["valid_until"])
    record(by=by, action=Action.CHANGE, what="team.shift", ids=[row_id], reason="avsluttet")


@transaction.atomic
def add_dated(*, user: User, place: int, starts_at: datetime, ends_at: datetime, by: Reader) -> DatedShift:
    """A single shift. Raises Refused for one that overlaps another single one of the same person."""
    _sets_up(by)
    _check_here(user)
    known = DatedShift.objects.filter(user=user).values_list("starts_at", "ends_at")
    rules.check_dated((starts_at, ends_at), known, user.name)
    return _save(DatedShift(user=user, place=place, starts_at=starts_at, ends_at=ends_at), "team.shift", by)


@transaction.atomic
def add_absence(*, user: User, first_day: date, last_day: date, by: Reader) -> Absence:
    """Somebody is away from the first day to and with the last; their own, or for those who set up the team anybody's.

    Raises Refused for days that cannot be.
    """
    _own(by, user)
    rules.check_absence(first_day, last_day, day_of(now()))
    _check_here(user)
    return _save(Absence(user=user, first_day=first_day, last_day=last_day), "team.absence", by)


@transaction.atomic
def add_swap(*, user: User, instead: User, starts_at: datetime, ends_at: datetime, by: Reader) -> ShiftSwap:
    """Somebody else takes what a person has on the rota. Raises Refused when it is the same person, or taken twice."""
    _own(by, user)
    if user == instead:
        raise Refused("Velg en annen til å ta vakten.")
    _check_here(instead)
    User.objects.select_for_update().get(pk=user.pk)
    known = ShiftSwap.objects.filter(user=user).values_list("starts_at", "ends_at")
    rules.check_dated((starts_at, ends_at), known, user.name)
    return _save(ShiftSwap(user=user, instead=instead, starts_at=starts_at, ends_at=ends_at), "team.shift", by)


@transaction.atomic
def remove(*, kind: type[Removable], row_id: UUID, by: Reader) -> None:
    """Take a single shift, an absence, a swap or a day away. Raises Refused when somebody else was first."""
    row = kind._default_manager.filter(pk=row_id).first()
    if row is None:
        raise Refused(GONE)
    if isinstance(row, Absence | ShiftSwap):
        _own(by, row.user)
    else:
        _sets_up(by)
    if not row.delete()[0]:
        raise Refused(GONE)
    record(by=by, action=Action.CHANGE, what=_NOUNS[kind], ids=[row_id], reason="fjernet")


_NOUNS: dict[type[Row], str] = {
    DatedShift: "team.shift", ShiftSwap: "team.shift", Absence: "team.absence", OtherDay: "team.hours",
}  # fmt: skip


def _sets_up(by: Reader) -> None:
    if by.purpose != "setup" and not by.may(Permission.SETTINGS):
        raise PermissionDenied


def _own(by: Reader, user: User) -> None:
    if by.user_id != user.id or not by.may(Permission.TRIAGE):
        _sets_up(by)


def _check_here(user: User) -> None:
    """Held, so that of two who plan for the same person at once the second sees what the first did."""
    User.objects.select_for_update().get(pk=user.pk)
    if user not in queries.here():
        raise Refused(f"{user.name} er ikke i teamet lenger. Velg en annen.")


def _save[R: Row](row: R, what: str, by: Reader) -> R:
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=what, ids=[row.pk])
    return row


def _weekly(row: WeeklyShift) -> Weekly[UUID]:
    return Weekly(row.user_id, row.place, row.weekday, row.starts, row.ends, row.valid_from, row.valid_until)
