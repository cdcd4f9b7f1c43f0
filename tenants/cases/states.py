"""A case is open or closed; reopening needs a reason and is a later room's business."""

STATES = [("open", "Åpen"), ("closed", "Lukket")]
MOVES: dict[str, frozenset[str]] = {"open": frozenset({"closed"}), "closed": frozenset()}


class WrongMove(ValueError):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Saken kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")
