"""The demo's second region has invited one more kommune, and waits for drift."""

from datetime import timedelta

from regional.onboarding.actions import Wanted, invite
from regional.onboarding.models import Invited
from varde.access import Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

_ELVERUM = Wanted("3420", "Elverum", "elverum", "Signe Solberg", "signe.solberg@elverum.example")


def seed(region: OfficeRef) -> bool:
    """Invite it; False elsewhere, and when it is done."""
    if region.slug != "hamarregionen":
        return False
    try:
        with acting(region, Role.HOST_ADMINISTRATOR) as by:
            if Invited.objects.exists():
                return False
            invite(wanted=_ELVERUM, starts_on=day_of(now()) + timedelta(days=60), by=by)
    except NobodyHere:
        return False
    return True
