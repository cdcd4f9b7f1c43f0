"""The shared phone's rota, on what `varde.rotas` has for all."""

from datetime import date

from regional.phone.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftFeed, ShiftSwap, WeeklyShift
from varde.access import Permission, Role
from varde.identity.models import User
from varde.identity.queries import people
from varde.rotas.plan import Plan, Tables
from varde.worktime import ROUND_THE_CLOCK, Opening


def operators() -> list[User]:
    """Those who may have the phone: active operators, by name."""
    return people(Role.OPERATOR)


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
)
