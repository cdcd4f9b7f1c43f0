"""Places in the team and shifts for the demo's people."""

from datetime import date, time, timedelta

from tenants.team.actions import set_place
from tenants.team.models import TeamMember
from tenants.team.rota_actions import add_weekly
from varde import clock
from varde.access import Reader, Role
from varde.identity.queries import people
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

_PLACES = (
    (Role.COORDINATOR, "Helse og omsorg", False, 500, "90 00 00 11"),
    (Role.TEAM_MEMBER, "Nav", True, 40, "90 00 00 12"),
)


def _shifts(today: date, by: Reader) -> None:
    """The coordinator answers on weekdays, a member when she cannot; Friday afternoon is still empty."""
    for place, role in enumerate((Role.COORDINATOR, Role.TEAM_MEMBER), start=1):
        for user in people(role)[:1]:
            for days, until in ((range(4), time(15, 30)), ([4], time(12, 30))):
                add_weekly(
                    user=user, place=place, weekdays=days, starts=time(8), ends=until, valid_from=today, by=by
                )  # fmt: skip


def seed(kommune: OfficeRef) -> bool:
    """Write down two places; False when there are some already."""
    today = day_of(clock.now())
    with work(kommune, "setup") as by:
        if TeamMember.objects.exists():
            return False
        for role, service, deputy, days, phone in _PLACES:
            for user in people(role):
                until = today + timedelta(days=days)
                set_place(
                    user=user, service=service, deputy=deputy, rite_until=until, since=date(2026, 1, 5), phone=phone,
                    by=by,
                )  # fmt: skip
        _shifts(today, by)
    return True
