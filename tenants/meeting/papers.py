"""What leaves of a meeting: an invitation that says nothing, and the minutes as one reader sees them."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from tenants.meeting.models import Decision, Meeting
from tenants.meeting.shown import Point, Seen, name_of
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Piece, Text
from varde.ui.dates import clock_time, date_and_time, long_date
from varde.ui.gone import words

TITLE = "TryggEst-møte"


def invitation(meeting: Meeting, now: datetime) -> bytes:
    """An iCalendar file with time, place and link: no agenda, no names."""
    event = Event()
    event.add("uid", f"{meeting.id}@varde")
    event.add("dtstamp", now)
    event.add("summary", TITLE)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    event.add("class", "PRIVATE")
    for name, said in (("location", words(meeting, "place")), ("url", words(meeting, "link"))):
        if said:
            event.add(name, said)
    calendar = Calendar()
    calendar.add("prodid", "-//Varde//TryggEst//NB")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.state == "cancelled" else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def minutes_paper(meeting: Meeting, seen: Seen, *, office: str, reader: str, now: datetime) -> Paper:
    """The minutes with the points that this reader sees."""
    return Paper(
        title="Referat fra TryggEst-møte",
        office=office,
        made_at=now,
        lead=f"{long_date(meeting.starts_at).capitalize()} {clock_time(meeting.starts_at)}",
        pieces=(*_head(meeting, seen), *(piece for point in seen.points for piece in _point(point)), *_end(meeting)),
        foot=f"Skrevet ut av {reader}",
    )


def _head(meeting: Meeting, seen: Seen) -> list[Piece]:
    draft = Note("Referatet er ikke godkjent ennå.")
    general = words(meeting, "general")
    return [
        *([] if meeting.state == "approved" else [draft]),
        Facts(
            (
                ("Sted", words(meeting, "place")),
                ("Møteleder", meeting.chair.name),
                ("Referent", meeting.minute_taker.name),
                ("Til stede", ", ".join(name_of(one) for one in seen.people)),
            )
        ),
        *_general(general),
        Heading("Saklista"),
    ]


def _general(said: str) -> list[Piece]:
    return [Heading("Generelt"), Text(said)] if said else []


def _point(point: Point) -> list[Piece]:
    said = words(point.item, "minutes")
    return [
        Part(f"{point.number}. {point.name}"),
        Text(said or "Ikke noe er skrevet."),
        *([Text(point.goes_out.replace("går ut når dere tar", "var ute under"))] if point.out else []),
        *([Items(tuple(_decided(one) for one in point.decisions))] if point.decisions else []),
        *[Text(one) for one in point.stay],
    ]


def _decided(decision: Decision) -> str:
    return f"{words(decision, 'text')} {decision.owner.name}, frist {date_and_time(decision.due_at)}."


def _end(meeting: Meeting) -> list[Piece]:
    if meeting.approved_at is None:
        return []
    return [Note(f"Godkjent av {meeting.approved_by_name} {date_and_time(meeting.approved_at)}.")]
