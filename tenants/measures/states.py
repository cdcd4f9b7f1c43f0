"""Kinds of measures and how they move."""

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


class WrongMove(ValueError):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Tiltaket kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")
