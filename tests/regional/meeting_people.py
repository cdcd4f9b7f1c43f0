"""Who sits in the leader team in the tests of meetings: coordinators of three kommuner, a chief doctor, and a
psychologist who is called in when needed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from regional.leaders.people_models import Place, Term
from regional.meetings import actions, people, queries
from regional.meetings.actions import Offices, Wish
from regional.meetings.models import Meeting
from tests.cast import TEST, ref
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.clock import OSLO, now, telling
from varde.identity.actions import invite
from varde.identity.models import User
from varde.tenancy.door import OfficeRef

SITS = (
    ("Gjøvik", True, "Kari Koordinator", "kari@gjovik.example"),
    ("Vestre Toten", True, "Vilde Koordinator", "vilde@vestre-toten.example"),
    ("Østre Toten", True, "Nina Koordinator", "nina@ostre-toten.example"),
    ("Gjøvik", False, "Lars Lege", "lars@gjovik.example"),
)


def sit(region: OfficeRef) -> None:
    """Put them into their places."""
    with presented(Reader.for_purpose(TEST, region)):
        for kommune, coordinator, name, email in SITS:
            _place(kommune, name, email, coordinator=coordinator)
        _place("", "Pia Psykolog", "pia@example.no", capacity="on_request")


def _place(kommune: str, name: str, email: str, **kw: Any) -> None:
    made = {"made_at": now(), "made_by_name": "Prøve", "since": date(2020, 1, 1)}
    body = "Koordinator" if kw.get("coordinator") else "Virksomhet"
    place = Place.objects.create(body=body, kommune=kommune, **kw, **made)
    Term.objects.create(place=place, kommune=kommune, name=name, email=email, **made)


def person(region: OfficeRef, name: str, role: Role, email: str) -> Reader:
    """Somebody with an account in the region."""
    with presented(Reader.for_purpose(TEST, region)):
        user = invite(email=email, name=name, roles=[role], by=Reader.for_purpose("setup", region))
    return Reader(office=region, user_id=user.id, name=name, roles=frozenset({role}))


def secretary(region: OfficeRef) -> Reader:
    """Siri, who calls the meetings."""
    return person(region, "Siri Sekretær", Role.SECRETARY, "siri@gjovikregionen.example")


def wish(days: int = 30, **kw: Any) -> Wish:
    """A meeting so many days ahead."""
    day = (now() + timedelta(days=days)).astimezone(OSLO).date()
    return Wish(datetime.combine(day, time(9), OSLO), 120, "Rådhuset", **kw)


def called(by: Reader, days: int = 30) -> Meeting:
    """A meeting that is called, by turns."""
    row = actions.add_meeting(wish=wish(days), by=by)
    return call(row, by)


def soon(by: Reader) -> Meeting:
    """A called meeting that begins in five minutes: a session is not over when it has begun."""
    row = actions.add_meeting(wish=Wish(now() + timedelta(minutes=5), 120, "Rådhuset"), by=by)
    return call(row, by)


def call(row: Meeting, by: Reader) -> Meeting:
    """Call it, by turns."""
    turn = people.in_turn(by, row, row.starts_at.date())
    assert turn.chair
    assert turn.taker
    actions.call_meeting(meeting=row, offices=Offices(turn.chair, turn.taker), by=by)
    return queries.locked(row)


def during(meeting: Meeting) -> Any:
    """The clock stands in the meeting."""
    return telling(meeting.starts_at + timedelta(minutes=10))


def account(email: str) -> User | None:
    """The account at this address."""
    return User.objects.filter(email=email).first()


__all__ = ["account", "call", "called", "during", "person", "ref", "secretary", "sit", "soon", "wish"]
