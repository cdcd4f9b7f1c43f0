"""What becomes of a system matter in the kommune that raises it. Pure."""

from collections.abc import Collection, Mapping

from varde.refusal import Refused

DRAFT, WAITING, BACK, SENT, TAKEN_IN, AGENDA = "draft", "waiting", "back", "sent", "taken_in", "agenda"
DECIDED, SENT_BACK, CLOSED, DROPPED = "decided", "sent_back", "closed", "dropped"
STATES = [
    (DRAFT, "Utkast"),
    (WAITING, "Venter på godkjenning"),
    (BACK, "Må endres før den kan sendes"),
    (SENT, "Sendt"),
    (TAKEN_IN, "Mottatt av lederteamet"),
    (AGENDA, "På saklisten"),
    (DECIDED, "Avgjort"),
    (SENT_BACK, "Sendt tilbake: inneholder personopplysninger"),
    (CLOSED, "Avsluttet av kommunen"),
    (DROPPED, "Slettet"),
]
# Still in the kommune's own hands: may be written in, and nobody else has it.
OURS = frozenset({DRAFT, BACK, SENT_BACK})
# With the leader team: words go back and forth.
THEIRS = frozenset({SENT, TAKEN_IN, AGENDA, DECIDED})
OVER = frozenset({CLOSED, DROPPED})
# The leader team may have the text.
WITH_TEXT = THEIRS | {CLOSED}
# Which states an answer of the region may find, by what it says. An answer that comes late or twice changes nothing.
_ANSWERS: Mapping[str, tuple[Collection[str], str]] = {
    "taken_in": ((SENT,), TAKEN_IN),
    "joined": ((SENT, TAKEN_IN), TAKEN_IN),
    "agenda": ((SENT, TAKEN_IN, AGENDA, DECIDED), AGENDA),
    "question": ((), ""),
    "decided": ((SENT, TAKEN_IN, AGENDA, DECIDED), DECIDED),
    "sent_back": ((SENT, TAKEN_IN, AGENDA, DECIDED), SENT_BACK),
}
_COLORS = {
    DRAFT: "neutral",
    WAITING: "warning",
    BACK: "warning",
    SENT: "info",
    TAKEN_IN: "info",
    AGENDA: "info",
    DECIDED: "success",
    SENT_BACK: "danger",
    CLOSED: "neutral",
}
STEPS = [(SENT, "Sendt"), (TAKEN_IN, "Mottatt"), (AGENDA, "På saklisten"), (DECIDED, "Avgjort")]
SAID = {
    "taken_in": "Mottatt av lederteamet",
    "joined": "Behandles sammen med lignende saker",
    "agenda": "Satt på saklisten",
    "question": "Spørsmål fra lederteamet",
    "decided": "Svar fra lederteamet",
    "sent_back": "Sendt tilbake: inneholder personopplysninger",
    "more": "Fra kommunen",
    "closed": "Avsluttet av kommunen",
    "withdrawn": "Trukket: inneholder personopplysninger",
    "back": "Må endres",
    "refused": "Ikke sendt",
}


def label(state: str) -> str:
    """In words."""
    return dict(STATES)[state]


def color(state: str) -> str:
    """Of its tag."""
    return _COLORS.get(state, "neutral")


def after(state: str, said: str) -> str:
    """The state that an answer of the region leads to; the same where it changes nothing."""
    among, to = _ANSWERS[said]
    return to if state in among else state


def check_ours(state: str) -> None:
    """Raise Refused for what is not the kommune's own to write in any more."""
    if state not in OURS:
        raise Refused("Systemsaken er ikke lenger et utkast, og kan ikke endres.")


def check_theirs(state: str) -> None:
    """Raise Refused where there is nobody to write to."""
    if state not in THEIRS:
        raise Refused("Systemsaken er ikke hos lederteamet nå.")


def check_there(state: str) -> None:
    """Raise Refused where the leader team has no text."""
    if state not in WITH_TEXT:
        raise Refused("Lederteamet har ikke teksten.")


def steps(state: str) -> list[dict[str, str]]:
    """For the picture of the way: done, current, ahead; nothing before it is sent or when it is over."""
    order = [code for code, _ in STEPS]
    if state not in order:
        return []
    here = order.index(state)
    kinds = ["done"] * here + ["current"] + ["ahead"] * (len(order) - here - 1)
    return [{"label": name, "state": kind} for (_, name), kind in zip(STEPS, kinds, strict=True)]
