"""Asking for the opening hours and the rota as the rules of `varde` want them. Seven queries, whatever they hold."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from tenants.team.queries import TEAM
from tenants.team.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftSwap, WeeklyShift
from varde import rota as rules
from varde.identity.models import User
from varde.identity.queries import people
from varde.rota import Away, Dated, Rota, Swap, Weekly
from varde.worktime import Calendar, Opening, Span, Week, moment

AHEAD = timedelta(days=7)
# Until the office says otherwise: what most kommuner with TryggEst have.
DEFAULT = Opening(date.min, dict.fromkeys(range(5), (Span(time(8), time(15, 30)),)))
_DAY = timedelta(days=1)


def calendar() -> Calendar:
    """When the phone is open: the office's own hours, from each day on; before them the default."""
    rows = OpeningHours.objects.order_by("valid_from", "set_at", "weekday")
    sets = [list(group) for _, group in groupby(rows, key=lambda row: (row.valid_from, row.set_at))]
    days = {row.day: _spans(row.opens, row.closes) for row in OtherDay.objects.all()}
    return Calendar((DEFAULT, *(_opening(each) for each in sets)), days)


def hours_history() -> list[tuple[OpeningHours, Week]]:
    """Each change of the hours with who made it, the newest first."""
    rows = OpeningHours.objects.order_by("-set_at", "weekday")
    sets = [list(group) for _, group in groupby(rows, key=lambda row: row.set_at)]
    return [(each[0], _opening(each).week) for each in sets]


def _opening(rows: list[OpeningHours]) -> Opening:
    week = {row.weekday: _spans(row.opens, row.closes) for row in rows}
    return Opening(rows[0].valid_from, week, rows[0].on_holidays)


def _spans(opens: time | None, closes: time | None) -> tuple[Span, ...]:
    return () if opens is None or closes is None else (Span(opens, closes),)


def here() -> list[User]:
    """Those who may have the phone: active, and in the team now; by name."""
    return people(*TEAM)


def rota(known: Calendar | None = None, able: Iterable[User] | None = None) -> Rota[UUID]:
    """The whole rota. A shift of somebody who has left, or is in the team no more, is nobody's."""
    return Rota(
        weekly=tuple(
            Weekly(row.user_id, row.place, row.weekday, row.starts, row.ends, row.valid_from, row.valid_until)
            for row in WeeklyShift.objects.order_by("weekday", "starts", "id")
        ),
        dated=tuple(
            Dated(row.user_id, row.place, row.starts_at, row.ends_at)
            for row in DatedShift.objects.order_by("starts_at", "id")
        ),
        away=tuple(_away(row) for row in Absence.objects.all()),
        swaps=tuple(
            Swap(row.user_id, row.instead_id, row.starts_at, row.ends_at)
            for row in ShiftSwap.objects.order_by("starts_at", "id")
        ),
        calendar=known or calendar(),
        here=frozenset(one.id for one in (here() if able is None else able)),
    )


def _away(row: Absence) -> Away[UUID]:
    return Away(row.user_id, moment(row.first_day, time(0)), moment(row.last_day + _DAY, time(0)))


def in_use() -> bool:
    """Has the office set up a rota, or said when its phone is open? Without either nobody is missed."""
    return any(model.objects.exists() for model in (WeeklyShift, DatedShift, OpeningHours))


def gaps_ahead(now: datetime) -> list[tuple[datetime, datetime]]:
    """When the phone is open in the next seven days and nobody answers; nothing where no rota is in use."""
    return rules.gaps(rota(), now, now + AHEAD) if in_use() else []


def answering(now: datetime) -> list[User]:
    """Who has the phone now, the first one first."""
    able = {one.id: one for one in here()}
    return [able[key] for key in rules.answering(rota(able=able.values()), now)]


def in_line(now: datetime) -> list[User]:
    """Who has the phone now, then who comes next within a week."""
    able = {one.id: one for one in here()}
    return [able[key] for key in rules.line(rota(able=able.values()), now)]


def hours_seen() -> str:
    """The opening hours that were set last, for the page to send back; "" for none."""
    rows = OpeningHours.objects.order_by("-set_at", "-id").values_list("set_at", flat=True)
    newest = rows.first()
    return newest.isoformat() if newest else ""


def current_weekly(today: date) -> list[WeeklyShift]:
    """The weekly shifts that are not over, Monday first."""
    rows = WeeklyShift.objects.select_related("user").exclude(valid_until__lt=today)
    return list(rows.order_by("weekday", "starts", "place", "user__name"))


def coming_dated(now: datetime) -> list[DatedShift]:
    """The single shifts that are not over."""
    return list(DatedShift.objects.select_related("user").filter(ends_at__gt=now).order_by("starts_at", "place"))


def coming_absences(today: date) -> list[Absence]:
    """The absences that are not over."""
    return list(Absence.objects.select_related("user").filter(last_day__gte=today).order_by("first_day", "user__name"))


def coming_swaps(now: datetime) -> list[ShiftSwap]:
    """The swaps that are not over."""
    rows = ShiftSwap.objects.select_related("user", "instead").filter(ends_at__gt=now)
    return list(rows.order_by("starts_at", "user__name"))


def coming_days(today: date) -> list[OtherDay]:
    """The days with other hours that are not over."""
    return list(OtherDay.objects.filter(day__gte=today).order_by("day"))
