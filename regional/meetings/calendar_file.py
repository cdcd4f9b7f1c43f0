"""Meetings for a calendar: when, where and the link. No agenda and no names."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from regional.meetings.models import Meeting
from varde.ui.gone import words

TITLE = "Møte i lederteamet for TryggEst"
NAME = "TryggEst-møter i lederteamet"


def one(meeting: Meeting, now: datetime, *, office: str) -> bytes:
    """An invitation; a later one changes or cancels what a calendar has: the same UID, a higher SEQUENCE."""
    made = _calendar()
    made.add("method", "CANCEL" if meeting.state == "cancelled" else "PUBLISH")
    made.add_component(_event(meeting, now, office))
    return bytes(made.to_ical())


def feed(meetings: Iterable[Meeting], now: datetime, *, office: str) -> bytes:
    """All of them, for a calendar that reads it again and again."""
    made = _calendar()
    made.add("name", NAME)
    made.add("x-wr-calname", NAME)
    for meeting in meetings:
        made.add_component(_event(meeting, now, office))
    return bytes(made.to_ical())


def _calendar() -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Varde//TryggEst//NB")
    made.add("version", "2.0")
    return made


def _event(meeting: Meeting, now: datetime, office: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@varde")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("organizer", _organizer(office))
    event.add("summary", TITLE if meeting.state != "planned" else f"{TITLE} (planlagt)")
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("status", {"cancelled": "CANCELLED", "planned": "TENTATIVE"}.get(meeting.state, "CONFIRMED"))
    event.add("class", "PRIVATE")
    for name, said in (("location", words(meeting, "place")), ("url", words(meeting, "link"))):
        if said:
            event.add(name, said)
    return event


def _organizer(office: str) -> vCalAddress:
    """The office, at the address that the platform's notices come from: nobody's name."""
    found = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    found.params["CN"] = f"TryggEst {office}"
    return found
