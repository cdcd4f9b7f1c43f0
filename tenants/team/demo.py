"""Places in the team for the demo's people."""

from datetime import date, timedelta

from tenants.team.actions import set_place
from tenants.team.models import TeamMember
from varde import clock
from varde.access import Role
from varde.identity.queries import people
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_PLACES = ((Role.COORDINATOR, "Helse og omsorg", False, 500), (Role.TEAM_MEMBER, "Nav", True, 40))


def seed(kommune: OfficeRef) -> bool:
    """Write down two places; False when there are some already."""
    today = clock.now().astimezone(clock.OSLO).date()
    with work(kommune, "setup") as by:
        if TeamMember.objects.exists():
            return False
        for role, service, deputy, days in _PLACES:
            for user in people(role):
                until = today + timedelta(days=days)
                set_place(user=user, service=service, deputy=deputy, rite_until=until, since=date(2026, 1, 5), by=by)
    return True
