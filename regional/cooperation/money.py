"""Budget and accounts of a year as a table: planned, received, used, and what differs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from regional.cooperation.terms import Party

type Figures = Mapping[tuple[UUID | None, str], int]
HEAD = ("Part", "Planlagt", "Mottatt", "Brukt", "Mottatt mot planlagt", "Ikke brukt")


@dataclass(frozen=True, slots=True)
class Line:
    """A party's year in whole kroner; None where nobody has written it."""

    id: UUID | None
    name: str
    planned: int | None
    received: int | None
    used: int | None

    @property
    def short(self) -> int | None:
        """Received above (or, negative, below) what was planned."""
        return None if self.planned is None or self.received is None else self.received - self.planned

    @property
    def left(self) -> int | None:
        """What was received and not used."""
        return None if self.received is None or self.used is None else self.received - self.used

    @property
    def row(self) -> tuple[str | int, ...]:
        """For a sheet, as HEAD."""
        figures = (self.planned, self.received, self.used, self.short, self.left)
        return (self.name, *("" if one is None else one for one in figures))


def lines(parties: Sequence[Party], figures: Figures) -> list[Line]:
    """One per party, also those that have left and have a figure, under the name given."""
    return [
        Line(
            party.id,
            party.name,
            figures.get((party.id, "planned")),
            figures.get((party.id, "received")),
            figures.get((party.id, "used")),
        )
        for party in parties
    ]


def total(rows: Sequence[Line]) -> Line:
    """The sum of what is written."""

    def added(found: list[int | None]) -> int | None:
        known = [one for one in found if one is not None]
        return sum(known) if known else None

    return Line(
        None,
        "Til sammen",
        added([row.planned for row in rows]),
        added([row.received for row in rows]),
        added([row.used for row in rows]),
    )


def warnings(rows: Sequence[Line], grant: int | None) -> list[str]:
    """What does not add up, in sentences."""
    whole = total(rows)
    found = []
    if grant is not None and whole.planned is not None and whole.planned != grant:
        found.append(f"Det er planlagt {whole.planned} kroner av et tilskudd på {grant} kroner.")
    found += [f"{row.name} har brukt mer enn mottatt." for row in rows if row.left is not None and row.left < 0]
    return found
