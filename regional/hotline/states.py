"""The states of a call, from the moment it rings until a kommune has stored what was told. Pure.

Content is there for its operator in `open` and `sent`, and there only. In `ringing` and `missed` nobody has it; in
`stored`, `returned` and `ended` nobody can have it any more.
"""

from dataclasses import dataclass

STATES = [
    ("ringing", "Ringer"),
    ("missed", "Ubesvart"),
    ("open", "Pågår"),
    ("sent", "Sendt, ikke levert ennå"),
    ("stored", "Levert"),
    ("returned", "Kom tilbake"),
    ("ended", "Avsluttet uten bekymring"),
]
# With something written it is no end: the words go to the kommune, marked so.
UPDATE = "update"
# Said of a call that nobody took and that cannot be rung back; not a choice while somebody talks.
HUNG_UP = "hung_up"
KINDS = [
    ("wrong_number", "Feil nummer"),
    ("advice", "Råd gitt"),
    ("spam", "Søppel eller misbruk"),
    (UPDATE, "Gjelder en tidligere melding"),
    ("no_team", "Kommunen har ikke team: ordinær kontakt gitt"),
    (HUNG_UP, "Ingen svarte, eller la på"),
]
# What an operator can say of a call that she has taken.
CHOSEN_KINDS = frozenset(kind for kind, _ in KINDS)
SERVICES = [("hotline", "Vakttelefonen"), ("krisesenter", "Krisesenteret")]
READABLE = frozenset({"open", "sent"})
FORWARDED = frozenset({"sent", "stored", "returned"})
# `sent` to `sent`: the kommune could not read the letter, and a new one is laid.
MOVES: dict[str, frozenset[str]] = {
    "ringing": frozenset({"open", "missed"}),
    "missed": frozenset({"open", "ended"}),
    "open": frozenset({"sent", "ended"}),
    "sent": frozenset({"sent", "stored", "returned"}),
    "stored": frozenset({"returned"}),
    "returned": frozenset({"sent"}),
    "ended": frozenset(),
}


class WrongMove(ValueError):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Samtalen kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a call has come: words, and the colour that goes with them."""

    label: str
    color: str


def delivery(state: str, kind: str, *, receipt: str, opened: bool, overdue: bool = False) -> Delivery:
    """What the operator is told. `receipt` is the state of the letter's receipt, "" while none has come; `overdue`: no
    person has opened it in time."""
    if state == "ended":
        return Delivery(dict(KINDS).get(kind, "Avsluttet"), "neutral")
    if state in ("ringing", "missed", "open"):
        return Delivery(dict(STATES)[state], "warning")
    if state == "returned":
        return Delivery("Kom tilbake. Velg ny kommune", "danger")
    if opened:
        return Delivery("Åpnet av et menneske", "success")
    if receipt == "unreadable":
        return Delivery("Kunne ikke leses. Send på nytt", "danger")
    if overdue:
        return Delivery(f"Forfalt: {'levert, men ' if receipt == 'stored' else ''}ikke åpnet i tide", "danger")
    return Delivery("Levert", "info") if receipt == "stored" else Delivery("Sendt, ikke levert ennå", "warning")
