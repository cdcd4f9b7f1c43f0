"""A case is open or closed; it is reopened by the closing room, which asks why and who goes on with it."""

from varde.refusal import Refused

STATES = [("open", "Åpen"), ("closed", "Lukket")]
MOVES: dict[str, frozenset[str]] = {"open": frozenset({"closed"}), "closed": frozenset({"open"})}


class WrongMove(Refused):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Saken kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")


def check_open(state: str) -> None:
    """Raise Refused for a case that is closed: what is in it stays as it was."""
    if state != "open":
        raise Refused("Saken er lukket. Det som står i den, endres ikke lenger.")
