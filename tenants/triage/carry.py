"""Who carries a matter, and what must be said to hand it over. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from varde.days import check_been
from varde.refusal import Refused

CARRIERS = [
    ("team", "Teamet"),
    ("service", "Tjenesten, med råd fra teamet"),
    ("both", "Teamet og tjenesten sammen"),
]
HANDED_OVER = frozenset({"service", "both"})
# So long a service may take to say that it has the matter.
CONFIRMED_BY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Choice:
    """`service` and the decision (vedtak) that was `applied_for` belong to a matter that is handed over."""

    carrier: str
    service: str = ""
    applied_for: str = ""
    reason: str = ""


def missing(choice: Choice) -> dict[str, str]:
    """What must be filled in, field by field, with the sentence to show."""
    found = {}
    if choice.carrier not in dict(CARRIERS):
        found["carrier"] = "Velg hvem som har saken."
    if choice.carrier in HANDED_OVER and not choice.service:
        found["service"] = "Skriv hvilken tjeneste."
    if choice.carrier == "service" and not choice.applied_for:
        found["applied_for"] = "Skriv hvilket vedtak eller hvilken tjeneste dere har søkt om."
    if not choice.reason:
        found["reason"] = "Skriv hvorfor."
    return found


def check(choice: Choice) -> None:
    """Raise Refused with the first sentence of what is missing."""
    for sentence in missing(choice).values():
        raise Refused(sentence)


def check_accepted(day: date, since: date, today: date) -> None:
    """Raise Refused for a day before the matter was handed over, or that has not come."""
    check_been(day, today)
    if day < since:
        raise Refused("Datoen er før saken ble gitt til tjenesten.")
