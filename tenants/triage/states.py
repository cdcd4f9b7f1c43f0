"""Categories and outcomes of triage, and what an outcome does. Labels and default hours come from the code lists."""

from datetime import datetime

from shared.codes.categories import categories
from varde.ui.dates import date_and_time

CATEGORIES = [(c.code, c.label) for c in categories()]
OUTCOMES = [
    ("case", "Opprett sak"),
    ("more_info", "Hent inn mer informasjon"),
    ("advice", "Råd gitt, ingen sak"),
    ("not_ours", "Hører ikke til TryggEst"),
]
# The matter goes on, and so has a next step; the other outcomes end it with the reason.
GOES_ON = frozenset({"case", "more_info"})
# Progress of a concern that may be decided on: opened by a person and not ended.
DECIDABLE = frozenset({"opened", "in_progress"})


class Refused(ValueError):
    """A decision or a step that the rules do not allow; the text is a sentence to show."""


class Overtaken(Refused):
    """Somebody else was first. The sentence says who did what and when, and that nothing typed is lost."""


def overtaken(who: str, at: datetime, said: str) -> str:
    """What the second of two people is told."""
    first = f"{who} var først ute, {date_and_time(at)}: {said}."
    return f"{first} Det du har skrevet, står her fortsatt. Se over, velg på nytt og lagre."


def not_seen_by(name: str) -> str:
    """Why a person is not given something to do in a matter that they do not see."""
    return f"{name} er ikke på saken, eller er stengt ute av den. Velg en annen."


def check_decidable(progress: str) -> None:
    """Raise Refused unless a concern that has come this far can be decided on."""
    if progress == "received":
        raise Refused("Bekymringen må åpnes og tas imot før den kan avklares.")
    if progress not in DECIDABLE:
        raise Refused("Bekymringen er avsluttet og kan ikke avklares på nytt.")
