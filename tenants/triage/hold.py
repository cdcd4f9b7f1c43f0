"""Stop and continue: for how long a matter may stand still. Pure."""

from datetime import date, datetime

from tenants.triage.states import DECIDABLE
from varde.days import check_to_come
from varde.refusal import Refused
from varde.ui.dates import day_of


def check_stop(progress: str, reason: str, look_at: date, now: datetime) -> None:
    """Raise Refused for a matter that is not at work, a missing reason, and a day that is past or too far off."""
    if progress not in DECIDABLE:
        raise Refused("Bare en sak som er åpnet og ikke avsluttet, kan stoppes.")
    check_reason(reason)
    check_to_come(look_at, day_of(now))


def check_reason(reason: str) -> None:
    """Raise Refused without one."""
    if not reason.strip():
        raise Refused("Skriv hvorfor.")
