"""Categories and outcomes of triage, and what an outcome does. Labels and default hours come from the code lists."""

from shared.codes.categories import categories
from varde.refusal import Refused

CATEGORIES = [(c.code, c.label) for c in categories()]
OUTCOMES = [
    ("case", "Opprett sak"),
    ("more_info", "Hent inn mer informasjon"),
    ("advice", "Råd gitt, ingen sak"),
    ("not_ours", "Hører ikke til TryggEst"),
]
# Not chosen among the outcomes: a matter that was ended is taken up again, and its deadline runs anew from there.
REOPENED = "reopened"
# Nor this: a case hurries more or less than was decided, and everything else stands.
RATED = "rated"
STORED = [*OUTCOMES, (REOPENED, "Gjenåpnet"), (RATED, "Ny hastegrad")]
# The matter goes on, and so has a next step; the other outcomes end it with the reason.
GOES_ON = frozenset({"case", "more_info"})
OVER = "Saken er lukket. Det som står i den, endres ikke lenger."
SENT_BACK = "Bekymringen er sendt tilbake til vakttelefonen. Det som står her, endres ikke lenger."
# Progress of a concern that may be decided on: opened by a person and not ended.
DECIDABLE = frozenset({"opened", "in_progress"})


def check_reopens(progress: str, outcome: str) -> None:
    """Raise Refused unless a concern that came this far, last decided on so, was ended here by triage alone."""
    if progress != "closed":
        raise Refused("Bekymringen er ikke avsluttet. Noen andre kan ha gjenåpnet den mens du skrev.")
    if not outcome or outcome in GOES_ON or outcome == REOPENED:
        raise Refused("Bekymringen ble ikke avsluttet her med råd eller som noe for andre. Gjenåpne heller saken.")


def check_decidable(progress: str) -> None:
    """Raise Refused unless a concern that has come this far can be decided on."""
    if progress == "received":
        raise Refused("Bekymringen må åpnes og tas imot før den kan avklares.")
    if progress not in DECIDABLE:
        raise Refused("Bekymringen er avsluttet og kan ikke avklares på nytt.")


def check_going(progress: str) -> None:
    """Raise Refused for a matter that has not been opened, and for one that is over: what stands in it stays."""
    if progress == "received":
        raise Refused("Bekymringen må åpnes og tas imot først.")
    if progress not in DECIDABLE:
        raise Refused(SENT_BACK if progress == "returned" else OVER)


def check_rated(category: str, stands: str) -> None:
    """Raise Refused for a category that is none or that stands already (`stands`: "" for a matter that is no case)."""
    if not stands:
        raise Refused("Bekymringen er ikke blitt en sak. Avklar den i stedet.")
    if category not in dict(CATEGORIES):
        raise Refused("Velg hvor mye det haster.")
    if category == stands:
        raise Refused(f"Hastegraden er alt «{dict(CATEGORIES)[category]}». Velg en annen.")
