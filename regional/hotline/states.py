"""A call is open until it is forwarded or found to be something else; a forwarded one is followed by its letter."""

from dataclasses import dataclass

STATES = [("open", "Pågår"), ("forwarded", "Sendt videre"), ("ended", "Avsluttet uten bekymring")]
# With something written it is no end: the words go to the kommune, marked so.
UPDATE = "update"
KINDS = [
    ("wrong_number", "Feil nummer"),
    ("advice", "Råd gitt"),
    ("spam", "Søppel eller misbruk"),
    (UPDATE, "Gjelder en tidligere melding"),
    ("no_team", "Kommunen har ikke team: ordinær kontakt gitt"),
]
MOVES: dict[str, frozenset[str]] = {
    "open": frozenset({"forwarded", "ended"}),
    "forwarded": frozenset(),
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


def delivery(state: str, kind: str, *, receipt: str, opened: bool) -> Delivery:
    """What the operator is told. `receipt` is the state of the letter's receipt, "" while none has come."""
    if state == "ended":
        return Delivery(dict(KINDS).get(kind, "Avsluttet"), "neutral")
    if opened:
        return Delivery("Åpnet av et menneske", "success")
    if receipt == "unreadable":
        return Delivery("Kunne ikke leses. Ring kommunen", "danger")
    return Delivery("Levert", "info") if receipt else Delivery("Sendt, ikke levert ennå", "warning")
