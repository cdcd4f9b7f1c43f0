"""Kinds of measures and how they move."""

from varde.refusal import Refused

KINDS = [
    ("protection", "Beskyttelse nå"),
    ("cooperation", "Samarbeid"),
    ("concrete", "Konkret tiltak"),
]
STATES = [("planned", "Planlagt"), ("running", "I gang"), ("done", "Gjennomført"), ("stopped", "Stanset")]
MOVES: dict[str, frozenset[str]] = {
    "planned": frozenset({"running", "done", "stopped"}),
    "running": frozenset({"done", "stopped"}),
    "done": frozenset(),
    "stopped": frozenset(),
}
# Not ended: somebody still has something to do.
OPEN = frozenset({"planned", "running"})


class WrongMove(Refused):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Tiltaket kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")


def check_effect(to: str, effect: str) -> None:
    """Raise Refused for a measure that ends without a word on what came of it."""
    if to not in OPEN and not effect:
        raise Refused("Skriv hva tiltaket førte til, eller hvorfor det ble stanset.")
