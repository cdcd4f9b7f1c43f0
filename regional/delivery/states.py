"""A concern that came back, from the moment a kommune returns it until a person elsewhere has opened it. Pure."""

STATES = [
    ("waiting", "Venter på ny kommune"),
    ("sent", "Sendt til ny kommune"),
    ("stored", "Levert hos ny kommune"),
    ("opened", "Åpnet av et menneske"),
]
MOVES: dict[str, frozenset[str]] = {
    "waiting": frozenset({"sent"}),
    # Back to waiting: the new kommune could not read the letter.
    "sent": frozenset({"stored", "waiting"}),
    "stored": frozenset({"opened"}),
    "opened": frozenset(),
}
WHY = [
    ("bor_ikke_her", "Personen bor ikke i kommunen"),
    ("feil_kommune", "Det gjelder en annen kommune"),
]
_TIMES = ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende")


class WrongMove(ValueError):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Det som kom tilbake, kan ikke gå fra «{dict(STATES)[now]}» til «{dict(STATES)[to]}».")


def time_in_words(times: int) -> str:
    """«tredje gang»; "" for the first."""
    if times <= 1:
        return ""
    return f"{_TIMES[times - 1] if times <= len(_TIMES) else f'{times}.'} gang"
