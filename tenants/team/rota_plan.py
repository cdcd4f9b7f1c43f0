"""The kommune's own rota, on what `varde.rotas` has for all."""

from datetime import date, time

from tenants.team.queries import TEAM
from tenants.team.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftFeed, ShiftSwap, WeeklyShift
from varde.access import Permission
from varde.identity.models import User
from varde.identity.queries import people
from varde.rotas.plan import Plan, Tables
from varde.worktime import Opening, Span

# Until the office says otherwise: what most kommuner with TryggEst have.
DEFAULT = Opening(date.min, dict.fromkeys(range(5), (Span(time(8), time(15, 30)),)))


def here() -> list[User]:
    """Those who may have the phone: active, and in the team now; by name."""
    return people(*TEAM)


PLAN = Plan(
    tables=Tables(OpeningHours, OtherDay, WeeklyShift, DatedShift, Absence, ShiftSwap, ShiftFeed),
    here=here,
    plans=Permission.SETTINGS,
    has_shifts=Permission.TRIAGE,
    default=DEFAULT,
    room="team",
    not_here="er ikke i teamet lenger",
    one_who="er med i teamet nå",
)
