"""Stop and continue: for how long a matter may stand still. Pure."""

from datetime import date, datetime

from tenants.triage import urgency
from tenants.triage.states import DECIDABLE, Refused


def check_stop(progress: str, reason: str, look_at: date, now: datetime) -> None:
    """Raise Refused for a matter that is not at work, a missing reason, and a day that is past or too far off."""
    if progress not in DECIDABLE:
        raise Refused("Bare en sak som er åpnet og ikke avsluttet, kan stoppes.")
    check_reason(reason)
    try:
        urgency.check_day(look_at, now)
    except ValueError as error:
        raise Refused(str(error)) from error


def check_reason(reason: str) -> None:
    """Raise Refused without one."""
    if not reason.strip():
        raise Refused("Skriv hvorfor.")
