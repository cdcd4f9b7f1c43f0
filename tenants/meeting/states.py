"""How a meeting moves, and when it may be. Pure: `now` is handed in."""

from datetime import UTC, date, datetime, time, timedelta

from varde.clock import OSLO

STATES = [("planned", "Planlagt"), ("held", "Holdt"), ("approved", "Referat godkjent"), ("cancelled", "Avlyst")]
MOVES: dict[str, frozenset[str]] = {
    "planned": frozenset({"held", "cancelled"}),
    "held": frozenset({"approved"}),
    "approved": frozenset(),
    "cancelled": frozenset(),
}
# The agenda and who comes can still be changed; the minutes can be written.
OPEN = frozenset({"planned", "held"})
# It took place: what was taken up then counts as taken up.
TOOK_PLACE = ("held", "approved")
LONGEST = timedelta(days=730)
TAKEN = {
    "held": "Noen andre har alt meldt at møtet er holdt.",
    "approved": "Noen andre har alt godkjent referatet.",
    "cancelled": "Noen andre har alt avlyst møtet.",
}


class Refused(ValueError):
    """Something that the rules of meetings do not allow; the text is a sentence to show."""


def check_move(now: str, to: str) -> None:
    """Raise Refused unless the table allows it; when somebody else was first, say that."""
    if now == to:
        raise Refused(TAKEN.get(to, "Møtet er alt planlagt."))
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
    moment = datetime.combine(day, hour, OSLO)
    if not on_the_clock(moment):
        raise ValueError(f"Klokka {hour:%H.%M} finnes ikke denne natta, for den stilles fram. Velg et annet tidspunkt.")
    if moment < now:
        raise ValueError("Tidspunktet er passert. Velg et senere.")
    if moment > now + LONGEST:
        raise ValueError("Datoen er mer enn to år fram. Velg en nærmere dato.")
    return moment


def on_the_clock(moment: datetime) -> bool:
    """Does a local time exist? In the night when the clock is put forward an hour does not."""
    there_and_back = moment.astimezone(UTC).astimezone(OSLO)
    return there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None)
