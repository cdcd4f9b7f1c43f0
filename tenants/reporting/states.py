"""Which periods a report is made of. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.codes.periods import Quarter, format_period, label, parse, quarter_of

MOST = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A half-year or a year."""

    value: str
    label: str
    quarters: tuple[Quarter, ...]

    @property
    def kind(self) -> str:
        """«half» or «year»: reports of one kind are compared with each other."""
        return "half" if len(self.quarters) == 2 else "year"

    def is_over(self, today: date) -> bool:
        """Its last day has passed."""
        return self.quarters[-1].last_day < today


def period(text: str) -> Period | None:
    """A half-year or a year; None for anything else."""
    try:
        quarters = parse(text)
    except ValueError:
        return None
    if len(quarters) not in (2, 4) or ".." in text or format_period(quarters) != text:
        return None
    return Period(text, label(quarters), quarters)


def offered(first: Quarter, today: date) -> list[Period]:
    """Periods that are over since the first quarter, the newest first."""
    return list(_offered(first, today))[:MOST]


def _offered(first: Quarter, today: date) -> Iterator[Period]:
    for year in range(quarter_of(today).year, first.year - 1, -1):
        for text in (f"{year}", f"{year}H2", f"{year}H1"):
            found = period(text)
            if found and found.is_over(today) and found.quarters[-1] >= first:
                yield found
