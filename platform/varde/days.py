"""Which days may be typed: those to come, and those that have been. Pure."""

from datetime import date, timedelta

from varde.refusal import Refused

TWO_YEARS = timedelta(days=730)
A_YEAR = timedelta(days=366)
# As far as the registry takes a word, with some days to spare.
TEN_YEARS = timedelta(days=3640)
_FAR = {TWO_YEARS: "mer enn to år fram", A_YEAR: "mer enn ett år fram", TEN_YEARS: "mer enn ti år fram"}


def check_to_come(day: date, today: date, longest: timedelta = TWO_YEARS) -> None:
    """Raise Refused for a day that is over, or so far off that it must be a slip."""
    if day < today:
        raise Refused("Datoen er passert. Velg i dag eller senere.")
    if day > today + longest:
        raise Refused(f"Datoen er {_FAR[longest]}. Velg en nærmere dato.")


def check_been(day: date, today: date) -> None:
    """Raise Refused for a day that has not come."""
    if day > today:
        raise Refused("Datoen kan ikke være fram i tid.")
