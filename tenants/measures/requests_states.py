"""How a request moves, and what it needs. Pure."""

from datetime import date, datetime, time, timedelta

from varde.clock import OSLO
from varde.refusal import Refused

STATES = [
    ("sent", "Sendt"),
    ("received", "Mottatt"),
    ("answered", "Besvart"),
    ("refused", "Avslått"),
    ("withdrawn", "Trukket"),
]
MOVES: dict[str, frozenset[str]] = {
    "sent": frozenset({"received", "answered", "refused", "withdrawn"}),
    "received": frozenset({"answered", "refused", "withdrawn"}),
    "answered": frozenset(),
    "refused": frozenset(),
    "withdrawn": frozenset(),
}
WAITING = frozenset({"sent", "received"})
HOWS = [("phone", "Telefon"), ("meeting", "Møte"), ("mail", "E-post"), ("letter", "Brev"), ("varde", "I Varde")]
# So long an answered request stays open to whoever answered it, and one that was never answered after its day; so long
# they see that one was withdrawn. The database's `request_shown` and `request_listed` say the same.
ANSWERED = timedelta(days=30)
UNANSWERED = timedelta(days=90)
# A request that says nothing of anybody needs no ground for sharing.
NOBODY_NAMED = "ingen_nevnt"
NO_NAMES = "Forespørselen sier ikke hvem det gjelder"


def check_move(now: str, to: str) -> None:
    """Raise Refused unless the table allows it."""
    if to not in MOVES[now]:
        raise Refused(f"Forespørselen er «{dict(STATES)[now].lower()}» og kan ikke bli «{dict(STATES)[to].lower()}».")


def over(state: str, ended: datetime | None) -> datetime | None:
    """When a request is nobody's task any more; None while it waits."""
    if ended is None or state in WAITING:
        return None
    return ended + ANSWERED


def shut(due_on: date) -> datetime:
    """When a request without an answer is no longer open to whoever was asked."""
    return datetime.combine(due_on + UNANSWERED, time(), OSLO)


def check_answer(to: str, text: str) -> None:
    """Raise Refused for an answer or a refusal without words."""
    if to in ("answered", "refused") and not text:
        raise Refused("Skriv hva svaret er, eller hvorfor det ble nei.")


def check_receipt(to: str, who: str) -> None:
    """Raise Refused for a receipt that names nobody."""
    if to == "received" and not who:
        raise Refused("Skriv hvem som tok imot forespørselen.")
