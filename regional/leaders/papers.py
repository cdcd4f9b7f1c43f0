"""The table as it leaves: PDF, workbook and calendar. Kommuner and seats only; who sits is in none of them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from regional.leaders.models import RotationTable
from regional.leaders.proof import Said
from regional.leaders.rotation_moves import Rotation
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Piece, Table, Text
from varde.ui.dates import short_date

TITLE = "Rullering i lederteamet"
# More columns than this do not fit a page.
_WIDE = 5
_NAME = "TryggEst lederteam"
_PROPOSAL = "Dette er et forslag. Det er ikke vedtatt."


def paper(row: RotationTable, rotation: Rotation, said: Sequence[Said], *, office: str, now: datetime) -> Paper:
    """The whole table, so many periods beside each other, and why it is fair."""
    return Paper(
        title=TITLE,
        office=office,
        made_at=now,
        mark="",
        lead=f"Plassene går på omgang mellom kommunene. {rotation.periods[0]} til {rotation.periods[-1]}.",
        pieces=(
            *([Note(_PROPOSAL)] if row.proposal else []),
            Facts((("Forslag" if row.proposal else "Vedtak", row.source), ("Lagt inn", short_date(row.made_at)))),
            Heading("Hvem har hvilken plass"),
            *_tables(rotation),
            Heading("Hvorfor tabellen er rettferdig"),
            Text("Sjekket på nytt ut fra tabellen og det som er vedtatt, uavhengig av måten den er laget på."),
            Items(tuple(each.text for each in said)),
        ),
    )


def _tables(rotation: Rotation) -> Iterator[Piece]:
    for first in range(0, len(rotation.periods), _WIDE):
        part = slice(first, first + _WIDE)
        rows = tuple((seat, *row[part]) for seat, row in rotation.holders.items())
        yield Table(("Plass", *rotation.periods[part]), rows)


def sheet(rotation: Rotation) -> list[Sequence[str]]:
    """A row for each seat, a column for each period."""
    return [("Plass", *rotation.periods), *((seat, *row) for seat, row in rotation.holders.items())]


def calendar(office: UUID, rotation: Rotation, now: datetime, *, sequence: int, proposal: bool = False) -> bytes:
    """A day for the beginning of each period, with who takes which seat over, and a day for its end.

    A proposal says in every event that it is one. A later decision (`sequence`) has the same events for the same
    years, and a calendar puts them in place of its own.
    """
    made = Calendar()
    made.add("prodid", "-//Varde//Lederteam//NO")
    made.add("version", "2.0")
    made.add("name", _NAME)
    made.add("x-wr-calname", _NAME)
    spans = zip(rotation.periods, rotation.first_years, rotation.last_years, strict=True)
    for at, (name, first, last) in enumerate(spans):
        seats = "\n".join(f"{seat}: {row[at]}" for seat, row in rotation.holders.items())
        text = f"{_PROPOSAL}\n{seats}" if proposal else seats
        begins = _day(f"Ny periode i lederteamet: {name}", date(first, 1, 1), text, now)
        ends = _day(f"Perioden {name} i lederteamet slutter", date(last, 12, 31), _PROPOSAL if proposal else "", now)
        for part, event in (("begins", begins), ("ends", ends)):
            event.add("uid", f"{uuid5(office, f'rotation {first} {part}')}@varde")
            event.add("sequence", sequence)
            made.add_component(event)
    return bytes(made.to_ical())


def _day(summary: str, day: date, text: str, now: datetime) -> Event:
    event = Event()
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    if text:
        event.add("description", text)
    return event
