"""What leaves of a meeting: an invitation that says nothing, and the minutes as one reader sees them."""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from tenants.meeting.models import Decision, Meeting
from tenants.meeting.shown import Point, Seen, name_of
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Piece, Text
from varde.ui.dates import clock_time, date_and_time, long_date
from varde.ui.gone import words

TITLE = "TryggEst-møte"


def invitation(meeting: Meeting, now: datetime, *, office: str) -> bytes:
    """An iCalendar file with time, place and link: no agenda, no names. A later one changes or cancels what a calendar
    has: the same UID and organizer, a higher SEQUENCE."""
    event = Event()
    event.add("uid", f"{meeting.id}@varde")
    event.add("dtstamp", now)
    event.add("sequence", meeting.sequence)
    event.add("organizer", _organizer(office))
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


def _organizer(office: str) -> vCalAddress:
    """The office, at the address that the platform's notices come from: nobody's name."""
    found = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    found.params["CN"] = f"TryggEst {office}"
    return found


def minutes_paper(meeting: Meeting, seen: Seen, *, office: str, reader: str, now: datetime) -> Paper:
    """The minutes with the points that this reader sees."""
    return Paper(
        title="Sakliste til TryggEst-møte" if meeting.state == "planned" else "Referat fra TryggEst-møte",
        office=office,
        made_at=now,
        lead=f"{long_date(meeting.starts_at).capitalize()} {clock_time(meeting.starts_at)}",
        pieces=(*_head(meeting, seen), *_points(meeting, seen), *_end(meeting)),
        foot=f"Skrevet ut av {reader}",
    )


def _head(meeting: Meeting, seen: Seen) -> list[Piece]:
    draft = Note("Referatet er ikke godkjent ennå.")
    general = words(meeting, "general")
    here = "Innkalt" if meeting.state == "planned" else "Til stede"
    return [
        *([draft] if meeting.state == "held" else []),
        Facts(
            (
                ("Sted", words(meeting, "place")),
                ("Møteleder", meeting.chair.name),
                ("Referent", meeting.minute_taker.name),
                (here, ", ".join(name_of(one) for one in seen.people)),
            )
        ),
        *_general(general),
        Heading("Saklisten"),
    ]


def _general(said: str) -> list[Piece]:
    return [Heading("Generelt"), Text(said)] if said else []


def _points(meeting: Meeting, seen: Seen) -> list[Piece]:
    return [piece for point in seen.points for piece in _point(point, ahead=meeting.state == "planned")]


def _point(point: Point, *, ahead: bool) -> list[Piece]:
    """Of a meeting that is `ahead` nothing has been said, and nobody has gone out."""
    said = words(point.item, "minutes") or ("" if ahead or point.decisions else "Ingenting er skrevet.")
    out = point.goes_out if ahead else point.goes_out.replace("går ut når dere tar", "var ute under")
    return [
        Part(f"{point.number}. {point.name}"),
        *([Text(point.why)] if ahead and point.why else []),
        *([Text(said)] if said else []),
        *([Text(out)] if point.out else []),
        *([Items(tuple(_decided(one) for one in point.decisions))] if point.decisions else []),
        *[Text(said) for _, said in point.stay],
    ]


def _decided(decision: Decision) -> str:
    said = words(decision, "text").rstrip(" .")
    return f"{said} ({decision.owner.name}, frist {date_and_time(decision.due_at)})."


def _end(meeting: Meeting) -> list[Piece]:
    if meeting.approved_at is None:
        return []
    return [Note(f"Godkjent av {meeting.approved_by_name} {date_and_time(meeting.approved_at)}.")]
