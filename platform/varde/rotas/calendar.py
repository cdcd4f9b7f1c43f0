"""A person's own shifts for the calendar on the phone: when, and in which place; nothing else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from varde import rota as rules
from varde.rota import Rota

AHEAD = timedelta(days=90)
# So far back the beginning of a shift is looked for.
LONGEST = timedelta(days=14)
NAME = "TryggEst-vakter"
TITLES = ("TryggEst-vakt, svarer først", "TryggEst-vakt, svarer når den første ikke kan")


def ics(rota: Rota[UUID], person: UUID, now: datetime) -> bytes:
    """The shifts of the next three months; the same shift keeps its id, so that a calendar does not show it twice."""
    made = Calendar()
    made.add("prodid", "-//Varde//Vaktliste//NO")
    made.add("version", "2.0")
    made.add("name", NAME)
    made.add("x-wr-calname", NAME)
    for starts, ends, place in _own(rota, person, now):
        event = Event()
        event.add("uid", str(uuid5(person, f"{starts.isoformat()}|{place}")))
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", starts)
        event.add("dtend", ends)
        event.add("summary", TITLES[min(place, 1)])
        made.add_component(event)
    return bytes(made.to_ical())


def _own(rota: Rota[UUID], person: UUID, now: datetime) -> list[tuple[datetime, datetime, int]]:
    """(from, until, 0 for whoever is rung first, alone or with others) of what is not over; what goes on in the same
    place is one, and begins where it began."""
    found: list[tuple[datetime, datetime, int]] = []
    for each in rules.stretches(rota, now - LONGEST, now + AHEAD):
        if person in each.people:
            starts, place = each.starts, int(each.places[each.people.index(person)] != each.places[0])
            if found and found[-1][1:] == (starts, place):
                starts = found.pop()[0]
            found.append((starts, each.ends, place))
    return [shift for shift in found if now < shift[1]]
