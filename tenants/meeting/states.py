"""How a meeting moves, and when it may be. Pure: `now` is handed in."""

from datetime import date, datetime, time

from varde.days import TWO_YEARS
from varde.refusal import Refused
from varde.worktime import exact

STATES = [("planned", "Planlagt"), ("held", "Holdt"), ("approved", "Referat godkjent"), ("cancelled", "Avlyst")]
MOVES: dict[str, frozenset[str]] = {
    "planned": frozenset({"held", "cancelled"}),
    # Until the minutes are approved, a wrong button is taken back.
    "held": frozenset({"approved", "planned"}),
    "approved": frozenset(),
    "cancelled": frozenset({"planned"}),
}
# The agenda and who comes can still be changed; the minutes can be written.
OPEN = frozenset({"planned", "held"})
# It took place: what was taken up then counts as taken up.
TOOK_PLACE = ("held", "approved")
TAKEN = {
    "planned": "Møtet er alt planlagt.",
    "held": "Noen andre har alt meldt at møtet er holdt.",
    "approved": "Noen andre har alt godkjent referatet.",
    "cancelled": "Noen andre har alt avlyst møtet.",
}


def check_move(now: str, to: str) -> None:
    """Raise Refused unless the table allows it; when somebody else was first, say that."""
    if to not in MOVES:
        raise Refused("Velg hva som har skjedd med møtet.")
    if now == to:
        raise Refused(TAKEN[to])
    if to not in MOVES[now]:
        raise Refused(f"Møtet kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")


def check_open(state: str) -> None:
    """Raise Refused for a meeting whose minutes are approved, or that was called off."""
    if state == "approved":
        raise Refused("Referatet er godkjent. Det som står i det, endres ikke lenger.")
    if state == "cancelled":
        raise Refused("Møtet er avlyst.")


def starts(day: date, hour: time, now: datetime) -> datetime:
    """The day and hour in Oslo as a time; ValueError with a sentence when it is past, far off, or not on the clock."""
    moment = exact(day, hour)
    if moment < now:
        raise ValueError("Tidspunktet er passert. Velg et senere.")
    if moment > now + TWO_YEARS:
        raise ValueError("Datoen er mer enn to år fram. Velg en nærmere dato.")
    return moment
