"""How far a meeting of the leader team has come, and what may be done with it then. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from varde.refusal import Refused
from varde.ui.dates import day_of

STATES = (
    ("planned", "Planlagt"),
    ("called", "Innkalt"),
    ("held", "Holdt, referatet skrives"),
    ("sent", "Referatet er til godkjenning"),
    ("approved", "Referatet er godkjent"),
    ("cancelled", "Avlyst"),
)
MOVES: dict[str, tuple[str, ...]] = {
    # Held at once: it was held without having been called here, and is entered afterwards.
    "planned": ("called", "held", "cancelled"),
    "called": ("held", "cancelled"),
    "held": ("sent", "called", "cancelled"),
    "sent": ("approved", "held"),
    "approved": (),
    "cancelled": ("planned",),
}
# In these the agenda is made, and in these what was said is written.
AHEAD = ("planned", "called")
WRITTEN = ("called", "held")
OPEN = ("planned", "called", "held")
# There was a meeting.
TOOK_PLACE = ("held", "sent", "approved")

PRESENCE = (
    ("", "Ikke ført"),
    ("present", "Til stede"),
    ("substitute", "Vara møtte"),
    ("absent", "Borte"),
)
KINDS = (
    ("fixed", "Fast punkt"),
    ("followup", "Beslutning som ikke er fulgt opp"),
    ("matter", "Systemsak"),
    ("measure", "Tiltak over frist i handlingsplanen"),
    ("figures", "Nye tall"),
    ("own", "Eget punkt"),
    ("next", "Neste møte"),
)


def check_move(state: str, to: str) -> None:
    """Raise Refused unless a meeting may go from the one state to the other."""
    if to not in MOVES.get(state, ()):
        raise Refused("Noen andre har endret møtet, eller det kan ikke gjøres slik møtet står nå. Se på møtet igjen.")


def check_in(state: str, allowed: Sequence[str]) -> None:
    """Raise Refused unless the meeting is in one of these states."""
    if state not in allowed:
        raise Refused(_WHY.get(state, "Det kan ikke gjøres slik møtet står nå."))


_WHY = {
    "planned": "Kall inn til møtet først.",
    "held": "Møtet er meldt holdt. Saklisten kan ikke endres mer.",
    "sent": "Referatet er til godkjenning. Ta det tilbake før du endrer det.",
    "approved": "Referatet er godkjent og kan ikke endres. Skriv et tillegg.",
    "cancelled": "Møtet er avlyst.",
}


def quorate(presence: Sequence[str], percent: int) -> bool:
    """Are there enough? At least `percent` of those called, in person or by a substitute; nobody called is not."""
    here = sum(1 for one in presence if one in ("present", "substitute"))
    return here > 0 and here * 100 >= percent * len(presence)


def overdue(due: date, today: date, *, done: bool) -> bool:
    """Is it past the day and not done?"""
    return not done and due < today


def check_day(day: date, today: date) -> None:
    """Raise Refused for a meeting of a day to come; one may begin earlier than it was called to."""
    if day > today:
        raise Refused("Møtet er ikke i dag. Endre dagen først hvis det ble holdt før.")


def check_was(starts_at: datetime, now: datetime) -> None:
    """Raise Refused for a meeting to come: only one that was held is entered afterwards."""
    if starts_at > now:
        raise Refused("Møtet er ikke holdt ennå. Legg det inn som et nytt møte, og kall inn til det.")


def check_starts(starts_at: datetime, now: datetime, called_at: datetime | None = None) -> None:
    """Raise Refused for a time that is over; of a meeting that is called, for one before the day it was called."""
    if called_at is not None and starts_at <= now and day_of(starts_at) < day_of(called_at):
        raise Refused("Møtet kan ikke være holdt før dagen det ble kalt inn.")
    if called_at is None and starts_at <= now:
        raise Refused("Møtet må ligge fram i tid.")
