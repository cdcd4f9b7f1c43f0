"""The shared phone's rota, on what `varde.rotas` has for all."""

from datetime import date, time, timedelta
from uuid import UUID

from regional.phone.declaration_queries import signed_until
from regional.phone.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftFeed, ShiftSwap, WeeklyShift
from varde.access import Permission, Role
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.rota import Away
from varde.rotas.plan import A_MOMENT, Plan, Tables
from varde.worktime import ROUND_THE_CLOCK, Opening, moment

_DAY, _LONG = timedelta(days=1), timedelta(days=3650)


def operators() -> list[User]:
    """Those who may have the phone: active operators, by name."""
    return people(Role.OPERATOR)


def not_signed() -> list[Away[UUID]]:
    """Operators whose signature does not hold, or will not: what they have on the rota is nobody's from then on."""
    until, at = signed_until(), now()
    ends = {one.id: until.get(one.id) for one in operators()}
    return [
        Away(user, at - A_MOMENT if last is None else moment(last + _DAY, time(0)), at + _LONG)
        for user, last in ends.items()
    ]


PLAN = Plan(
    tables=Tables(OpeningHours, OtherDay, WeeklyShift, DatedShift, Absence, ShiftSwap, ShiftFeed),
    here=operators,
    plans=Permission.HOTLINE_MANAGE,
    has_shifts=Permission.HOTLINE,
    # Until the host says otherwise the shared phone never closes.
    default=Opening(date.min, ROUND_THE_CLOCK, on_holidays=True),
    room="phone",
    not_here="er ikke operatør lenger",
    one_who="er operatør nå",
    rings_all=True,
    unfit=not_signed,
)
