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
STORED = [*OUTCOMES, (REOPENED, "Gjenåpnet")]
# The matter goes on, and so has a next step; the other outcomes end it with the reason.
GOES_ON = frozenset({"case", "more_info"})
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
