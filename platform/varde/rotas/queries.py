"""Asking for the opening hours and the rota as the rules of `varde` want them. Seven queries, whatever they hold."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from varde import rota as rules
from varde.clock import now as the_time
from varde.identity.models import User
from varde.rota import Away, Dated, Rota, Swap, Weekly
from varde.rotas.models import AnyAbsence, AnyDatedShift, AnyOpeningHours, AnyOtherDay, AnyShiftSwap, AnyWeeklyShift
from varde.rotas.plan import A_MOMENT, Plan
from varde.worktime import Calendar, Opening, Span, Week, moment

AHEAD = timedelta(days=7)
_DAY = timedelta(days=1)


def _opening(rows: list[AnyOpeningHours]) -> Opening:
    week = {row.weekday: _spans(row.opens, row.closes) for row in rows}
    return Opening(rows[0].valid_from, week, rows[0].on_holidays)


def _spans(opens: time | None, closes: time | None) -> tuple[Span, ...]:
    return () if opens is None or closes is None else (Span(opens, closes),)


def _away(row: AnyAbsence) -> Away[UUID]:
    return Away(row.user_id, moment(row.first_day, time(0)), moment(row.last_day + _DAY, time(0)))


class Asked:
    """What may be asked of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self._of = plan, plan.tables

    def here(self) -> list[User]:
        """Those who may have the phone, by name."""
        return self.plan.here()

    # --- when it is open -----------------------------------------------------------------------------------
    def calendar(self) -> Calendar:
        """When the phone is open: the office's own hours, from each day on; before them the default."""
        rows = self._of.hours._default_manager.order_by("valid_from", "set_at", "weekday")
        sets = [list(group) for _, group in groupby(rows, key=lambda row: (row.valid_from, row.set_at))]
        days = {row.day: _spans(row.opens, row.closes) for row in self._of.other_day._default_manager.all()}
        return Calendar((self.plan.default, *(_opening(each) for each in sets)), days)

    def hours_history(self) -> list[tuple[AnyOpeningHours, Week]]:
        """Each change of the hours with who made it, the newest first."""
        rows = self._of.hours._default_manager.order_by("-set_at", "weekday")
        sets = [list(group) for _, group in groupby(rows, key=lambda row: row.set_at)]
        return [(each[0], _opening(each).week) for each in sets]

    def hours_seen(self) -> str:
        """The opening hours that were set last, for the page to send back; "" for none."""
        rows = self._of.hours._default_manager.order_by("-set_at", "-id").values_list("set_at", flat=True)
        newest = rows.first()
        return newest.isoformat() if newest else ""

    # --- who answers ---------------------------------------------------------------------------------------
    def rota(self, known: Calendar | None = None, able: Iterable[User] | None = None) -> Rota[UUID]:
        """The whole rota. From now on a shift of somebody who may not have the phone any more is nobody's; what they
        answered before stays theirs."""
        of = self._of
        return Rota(
            weekly=tuple(
                Weekly(row.user_id, row.place, row.weekday, row.starts, row.ends, row.valid_from, row.valid_until)
                for row in of.weekly._default_manager.order_by("weekday", "starts", "id")
            ),
            dated=tuple(
                Dated(row.user_id, row.place, row.starts_at, row.ends_at)
                for row in of.dated._default_manager.order_by("starts_at", "id")
            ),
            away=(*self.away(), *self.plan.unfit()),
            swaps=tuple(
                Swap(row.user_id, row.instead_id, row.starts_at, row.ends_at)
                for row in of.swap._default_manager.order_by("starts_at", "id")
            ),
            calendar=known or self.calendar(),
            here=frozenset(one.id for one in (self.here() if able is None else able)),
            here_since=the_time() - A_MOMENT,
        )

    def away(self) -> tuple[Away[UUID], ...]:
        """Who is noted as away, and when."""
        return tuple(_away(row) for row in self._of.absence._default_manager.all())

    def in_use(self) -> bool:
        """Has the office set up a rota, or said when its phone is open? Without either nobody is missed."""
        return any(table._default_manager.exists() for table in (self._of.weekly, self._of.dated, self._of.hours))

    def gaps_ahead(self, now: datetime) -> list[tuple[datetime, datetime]]:
        """When the phone is open in the next seven days and nobody answers; nothing where no rota is in use."""
        return rules.gaps(self.rota(), now, now + AHEAD) if self.in_use() else []

    def answering(self, now: datetime) -> list[User]:
        """Who has the phone then, the first one first."""
        return self._people(rules.answering(self.rota(), now))

    def in_line(self, now: datetime) -> list[User]:
        """Who has the phone then, and who comes next within a week."""
        return self._people(rules.line(self.rota(), now))

    def on_shift(self, user: User, now: datetime) -> bool:
        """Has this person the phone then, in whatever place?"""
        return user.id in rules.answering(self.rota(), now)

    @staticmethod
    def _people(keys: list[UUID]) -> list[User]:
        found = User.objects.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    # --- what the rota is made of --------------------------------------------------------------------------
    def current_weekly(self, today: date) -> list[AnyWeeklyShift]:
        """The weekly shifts that are not over, Monday first."""
        rows = self._of.weekly._default_manager.select_related("user").exclude(valid_until__lt=today)
        return list(rows.order_by("weekday", "starts", "place", "user__name"))

    def coming_dated(self, now: datetime) -> list[AnyDatedShift]:
        """The single shifts that are not over."""
        rows = self._of.dated._default_manager.select_related("user").filter(ends_at__gt=now)
        return list(rows.order_by("starts_at", "place"))

    def coming_absences(self, today: date) -> list[AnyAbsence]:
        """The absences that are not over."""
        rows = self._of.absence._default_manager.select_related("user").filter(last_day__gte=today)
        return list(rows.order_by("first_day", "user__name"))

    def coming_swaps(self, now: datetime) -> list[AnyShiftSwap]:
        """The swaps that are not over."""
        rows = self._of.swap._default_manager.select_related("user", "instead").filter(ends_at__gt=now)
        return list(rows.order_by("starts_at", "user__name"))

    def coming_days(self, today: date) -> list[AnyOtherDay]:
        """The days with other hours that are not over."""
        return list(self._of.other_day._default_manager.filter(day__gte=today).order_by("day"))
