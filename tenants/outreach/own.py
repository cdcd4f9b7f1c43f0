"""A matter that a service handled itself: codes and rules; no database, no clock."""

from datetime import date

from shared.codes.forms import CURRENT, form

OUTCOMES = [
    ("solved", "Løst i tjenesten"),
    ("goes_on", "Følges fortsatt opp i tjenesten"),
    ("passed", "Gitt videre til noen andre enn teamet"),
]
FIRST = date(2018, 1, 1)


def kinds() -> list[tuple[str, str]]:
    """What kinds there are, as the registration form asks."""
    return [
        (answer.code, answer.label[0].upper() + answer.label[1:])
        for answer in form(CURRENT).question("overgrep").answers
    ]


def check_day(day: date, today: date) -> None:
    """Raise ValueError for a day that has not come, or from before TryggEst."""
    if day > today:
        raise ValueError("Datoen er fram i tid.")
    if day < FIRST:
        raise ValueError("Se over årstallet.")
