"""Keeping the opening hours and the rota. Every refusal is a sentence. What has been is not changed afterwards."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from varde import turn
from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import check_to_come
from varde.identity.models import User
from varde.privacy.models import Row
from varde.refusal import Refused, check_seen
from varde.rota import Weekly
from varde.rotas import rules
from varde.rotas.access import must_own, must_plan
from varde.rotas.models import AnyAbsence, AnyDatedShift, AnyOtherDay, AnyShiftSwap, AnyWeeklyShift
from varde.rotas.plan import Plan
from varde.rotas.queries import Asked
from varde.ui.dates import day_of
from varde.worktime import end_of, moment

type Removable = AnyDatedShift | AnyAbsence | AnyShiftSwap | AnyOtherDay
type Hours = tuple[time | None, time | None]
GONE = "Noen andre har alt fjernet dette."
OVER = "Dette er over, og blir stående i vaktlisten."
_DAY = timedelta(days=1)


@transaction.atomic
def set_hours(
    plan: Plan, *, valid_from: date, week: Mapping[int, Hours], on_holidays: bool, by: Reader, seen: str | None = None
) -> None:
    """Opening hours from a day on, (None, None) for a weekday that is closed; earlier hours are kept.

    `seen` is what the page showed (`hours_seen`). Raises Refused for a day that is over, hours that cannot be, and a
    week that is never open, Overtaken when somebody else was first.
    """
    must_plan(plan, by)
    turn.wait_for(plan.noun("hours"))
    check_seen(seen, Asked(plan).hours_seen())
    at = now()
    check_to_come(valid_from, day_of(at))
    for opens, closes in week.values():
        rules.check_span(opens, closes)
    if not any(opens is not None for opens, _ in week.values()):
        raise Refused("Da er det aldri åpent. Fyll ut minst én dag.")
    rows = [
        plan.tables.hours(
            valid_from=valid_from, weekday=weekday, opens=opens, closes=closes, on_holidays=on_holidays,
            set_at=at, set_by=by.name,
        )
        for weekday, (opens, closes) in sorted(week.items())
    ]  # fmt: skip
    for row in rows:
        row.save()
    record(by=by, action=Action.CHANGE, what=plan.noun("hours"), ids=[rows[0].id])


@transaction.atomic
def set_day(plan: Plan, *, day: date, opens: time | None, closes: time | None, by: Reader) -> None:
    """One day is closed, or has these hours; what was said of the day before is replaced."""
    must_plan(plan, by)
    check_to_come(day, day_of(now()))
    rules.check_span(opens, closes)
    plan.tables.other_day._default_manager.select_for_update().filter(day=day).delete()
    _save(plan.tables.other_day(day=day, opens=opens, closes=closes), plan.noun("hours"), by)


@transaction.atomic
def add_weekly(
    plan: Plan, *, user: User, place: int, weekdays: Iterable[int], starts: time, ends: time, valid_from: date,
    by: Reader,
) -> list[AnyWeeklyShift]:  # fmt: skip
    """A shift of every week on each of these days. Raises Refused when one overlaps another of the same person."""
    must_plan(plan, by)
    check_to_come(valid_from, day_of(now()))
    _check_here(plan, user)
    table = plan.tables.weekly
    known = [_weekly(row) for row in table._default_manager.filter(user=user)]
    made = []
    for weekday in weekdays:
        shift = table(user=user, place=place, weekday=weekday, starts=starts, ends=ends, valid_from=valid_from)
        rules.check_weekly(_weekly(shift), known, user.name)
        known.append(_weekly(shift))
        made.append(_save(shift, plan.noun("shift"), by))
    return made


@transaction.atomic
def end_weekly(plan: Plan, *, row_id: UUID, last_day: date, by: Reader) -> None:
    """With this day a weekly shift is over; one that has not begun by then is taken away.

    What has been of it today stays as a single shift: who answered this morning is still known.
    """
    must_plan(plan, by)
    shift = plan.tables.weekly._default_manager.select_for_update().filter(pk=row_id).first()
    if shift is None:
        raise Refused(GONE)
    if shift.valid_from > last_day:
        shift.delete()
    else:
        _keep_today(plan, shift, last_day)
        shift.valid_until = last_day
        shift.save(update_fields=["valid_until"])
    record(by=by, action=Action.CHANGE, what=plan.noun("shift"), ids=[row_id], reason="avsluttet")


def _keep_today(plan: Plan, shift: AnyWeeklyShift, last_day: date) -> None:
    today = day_of(now())
    over = shift.valid_until is not None and shift.valid_until < today
    if last_day >= today or over or shift.weekday != today.weekday() or Asked(plan).calendar().is_closed(today):
        return
    starts, ends = moment(today, shift.starts), min(end_of(today, shift.starts, shift.ends), now())
    if starts < ends:
        table = plan.tables.dated
        table(user=shift.user, place=shift.place, starts_at=starts, ends_at=ends).save(force_insert=True)


@transaction.atomic
def add_dated(
    plan: Plan, *, user: User, place: int, starts_at: datetime, ends_at: datetime, by: Reader
) -> AnyDatedShift:
    """A single shift. Raises Refused for one that overlaps another single one of the same person, or an absence."""
    must_plan(plan, by)
    _check_here(plan, user)
    rules.check_there((starts_at, ends_at), Asked(plan).away(), user.id, user.name)
    table = plan.tables.dated
    known = table._default_manager.filter(user=user).values_list("starts_at", "ends_at")
    rules.check_dated((starts_at, ends_at), known, user.name)
    row = table(user=user, place=place, starts_at=starts_at, ends_at=ends_at)
    return _save(row, plan.noun("shift"), by)


@transaction.atomic
def add_absence(plan: Plan, *, user: User, first_day: date, last_day: date, by: Reader) -> AnyAbsence:
    """Somebody is away from the first day to and with the last; their own, or for those who plan anybody's.

    Raises Refused for days that cannot be.
    """
    must_own(plan, by, user)
    rules.check_absence(first_day, last_day, day_of(now()))
    _check_here(plan, user)
    row = plan.tables.absence(user=user, first_day=first_day, last_day=last_day)
    return _save(row, plan.noun("absence"), by)


@transaction.atomic
def add_swap(
    plan: Plan, *, user: User, instead: User, starts_at: datetime, ends_at: datetime, by: Reader
) -> AnyShiftSwap:
    """Somebody else takes what a person has on the rota.

    Raises Refused when it is the same person, taken twice, nothing that the person has, or the other one is away.
    """
    must_own(plan, by, user)
    if user == instead:
        raise Refused("Velg en annen til å ta vakten.")
    _check_here(plan, instead)
    User.objects.select_for_update().get(pk=user.pk)
    table = plan.tables.swap
    known = table._default_manager.filter(user=user).values_list("starts_at", "ends_at")
    rules.check_dated((starts_at, ends_at), known, user.name)
    rota = Asked(plan).rota()
    rules.check_has(rota, user.id, (starts_at, ends_at), user.name)
    rules.check_there((starts_at, ends_at), Asked(plan).away(), instead.id, instead.name)
    row = table(user=user, instead=instead, starts_at=starts_at, ends_at=ends_at)
    return _save(row, plan.noun("shift"), by)


@transaction.atomic
def remove(plan: Plan, *, kind: type[Removable], row_id: UUID, by: Reader) -> None:
    """Take a single shift, an absence, a swap or a day away; one that has begun ends now, and what has been stays.

    Raises Refused when somebody else was first, and for what is over.
    """
    row = kind._default_manager.filter(pk=row_id).first()
    if row is None:
        raise Refused(GONE)
    if isinstance(row, AnyAbsence | AnyShiftSwap):
        must_own(plan, by, row.user)
    else:
        must_plan(plan, by)
    held = kind._default_manager.select_for_update().filter(pk=row_id).first()
    if held is None:
        raise Refused(GONE)
    _end(held, now())
    record(by=by, action=Action.CHANGE, what=plan.noun(_noun(row)), ids=[row_id], reason="fjernet")


def _end(row: Removable, at: datetime) -> None:
    begun, over, until = _span_of(row, at)
    if over:
        raise Refused(OVER)
    if begun:
        name, value = until
        setattr(row, name, value)
        row.save(update_fields=[name])
    else:
        row.delete()


def _span_of(row: Removable, at: datetime) -> tuple[bool, bool, tuple[str, Any]]:
    """(has it begun, is it over, which field ends it now). A day of absence that has begun counts as not been."""
    today = day_of(at)
    match row:
        case AnyOtherDay():
            return False, row.day < today, ("", None)
        case AnyAbsence():
            return row.first_day < today, row.last_day < today, ("last_day", today - _DAY)
        case _:
            return row.starts_at < at, row.ends_at <= at, ("ends_at", at)


def _noun(row: Removable) -> str:
    return "absence" if isinstance(row, AnyAbsence) else "hours" if isinstance(row, AnyOtherDay) else "shift"


def _check_here(plan: Plan, user: User) -> None:
    """Held, so that of two who plan for the same person at once the second sees what the first did."""
    User.objects.select_for_update().get(pk=user.pk)
    if user not in plan.here():
        raise Refused(f"{user.name} {plan.not_here}. Velg en annen.")


def _save[R: Row](row: R, what: str, by: Reader) -> R:
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=what, ids=[row.pk])
    return row


def _weekly(row: AnyWeeklyShift) -> Weekly[UUID]:
    return Weekly(row.user_id, row.place, row.weekday, row.starts, row.ends, row.valid_from, row.valid_until)
