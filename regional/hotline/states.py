"""A call is open until it is forwarded or found to be something else."""

STATES = [("open", "Pågår"), ("forwarded", "Sendt videre"), ("ended", "Avsluttet uten bekymring")]
KINDS = [
    ("wrong_number", "Feil nummer"),
    ("advice", "Råd gitt"),
    ("spam", "Søppel eller misbruk"),
    ("update", "Gjelder en tidligere melding"),
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
