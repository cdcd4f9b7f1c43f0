"""What becomes of a system matter at the leader team. Pure."""

from varde.refusal import Refused

NEW, OPEN, AGENDA, DECIDED, CLOSED, SENT_BACK, JOINED = (
    "new", "open", "agenda", "decided", "closed", "sent_back", "joined",
)  # fmt: skip
STATES = [
    (NEW, "Ny"),
    (OPEN, "Åpen"),
    (AGENDA, "På saklisten"),
    (DECIDED, "Avgjort"),
    (CLOSED, "Avsluttet av kommunen"),
    (SENT_BACK, "Sendt tilbake"),
    (JOINED, "Slått sammen med en annen"),
]
_COLORS = {NEW: "warning", OPEN: "info", AGENDA: "info", DECIDED: "success", SENT_BACK: "danger"}
# What a meeting can take up, and what can be answered.
UNANSWERED = frozenset({OPEN, AGENDA})
# Also what the kommune has ended, and what is answered with another: the text is here all the same.
WITH_TEXT = frozenset({NEW, OPEN, AGENDA, DECIDED, CLOSED, JOINED})
OVER = frozenset({DECIDED, CLOSED, SENT_BACK, JOINED})
SECRETARY, LEADER = "secretary", "leader"
INTAKE = [
    (SECRETARY, "Sekretæren tar imot, og leser gjennom før lederteamet ser saken"),
    (LEADER, "Lederteamet tar imot selv, og ser saken med en gang"),
]
SAID = {
    "taken_in": "Tatt imot",
    "joined": "Slått sammen med en lignende sak",
    "parted": "Skilt fra saken den var slått sammen med",
    "agenda": "Satt på saklisten",
    "question": "Spørsmål til kommunen",
    "decided": "Avgjort",
    "sent_back": "Sendt tilbake: inneholder personopplysninger",
    "more": "Fra kommunen",
    "closed": "Avsluttet av kommunen",
    "withdrawn": "Trukket av kommunen: inneholder personopplysninger",
    "note": "Notat",
}


def label(state: str) -> str:
    """In words."""
    return dict(STATES)[state]


def color(state: str) -> str:
    """Of its tag."""
    return _COLORS.get(state, "neutral")


def check_taken_in(state: str) -> None:
    """Raise Refused for a matter that nobody has looked through, or that is over."""
    if state == NEW:
        raise Refused("Ta imot saken først.")
    if state not in (OPEN, AGENDA, DECIDED):
        raise Refused("Saken er avsluttet.")


def check_new(state: str) -> None:
    """Raise Refused for one that was taken in."""
    if state != NEW:
        raise Refused("Saken er alt tatt imot.")


def check_has_text(state: str) -> None:
    """Raise Refused where there is nothing to send back."""
    if state not in WITH_TEXT:
        raise Refused("Teksten er ikke her lenger.")
