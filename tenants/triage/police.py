"""What is said of police and prosecutor, and what must not be missing. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from varde.refusal import Refused

REPORTED = [("yes", "Ja"), ("no", "Nei"), ("not_yet", "Ikke avgjort ennå")]
INFORMED = [("yes", "Ja"), ("no", "Nei"), ("none", "Vi har ingen politikontakt")]
CONSENT = [("yes", "Ja"), ("no", "Nei"), ("unknown", "Vet ikke, eller ikke spurt")]
# The prosecutor's own answer, apart from whether somebody reported.
OUTCOMES = [("dropped", "Henlagt"), ("charged", "Tiltale"), ("judged", "Dom")]


@dataclass(frozen=True, slots=True)
class Police:
    """Where it stands with the police. `reported_on` is an ISO day, "" where it was not reported."""

    reported: str
    reported_by: str = ""
    reported_on: str = ""
    case_number: str = ""
    investigator: str = ""
    investigator_phone: str = ""
    informed: str = ""
    consent: str = ""
    no_consent: str = ""
    instead: str = ""

    def as_json(self) -> dict[str, Any]:
        """To be sealed."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Police":
        """What `as_json` gave."""
        return cls(**{name: str(value) for name, value in kept.items() if name in cls.__dataclass_fields__})


def missing(said: Police) -> dict[str, str]:
    """What must be filled in, field by field, with the sentence to show."""
    found = {}
    if said.reported not in dict(REPORTED):
        found["reported"] = "Velg om forholdet er anmeldt."
    if said.reported == "yes":
        if not said.reported_by:
            found["reported_by"] = "Skriv hvem som anmeldte."
        if not said.reported_on:
            found["reported_on"] = "Velg dagen det ble anmeldt."
    if said.consent == "no":
        if not said.no_consent:
            found["no_consent"] = "Skriv hvorfor personen ikke vil at det anmeldes."
        if not said.instead:
            found["instead"] = "Skriv hva dere gjør i stedet, eller hvorfor det anmeldes likevel."
    return found


def check(said: Police) -> None:
    """Raise Refused with the first sentence of what is missing."""
    for sentence in missing(said).values():
        raise Refused(sentence)
