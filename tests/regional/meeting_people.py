"""Who sits in the leader team in the tests of meetings: coordinators of three kommuner, a chief doctor, and a
psychologist who is called in when needed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from regional.leaders.people_models import Place, Term
from regional.matters.models import Matter
from regional.meetings import actions, held_actions, minutes_actions, people, queries
from regional.meetings.actions import Offices, Wish
from regional.meetings.held_actions import Came, Decided, Owner
from regional.meetings.models import Meeting
from shared.codes import matters
from tests.cast import TEST, ref
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.clock import OSLO, now, telling
from varde.identity.actions import invite
from varde.identity.models import User
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

SITS = (
    ("Gjøvik", True, "Kari Koordinator", "kari@gjovik.example"),
    ("Vestre Toten", True, "Vilde Koordinator", "vilde@vestre-toten.example"),
    ("Østre Toten", True, "Nina Koordinator", "nina@ostre-toten.example"),
    ("Gjøvik", False, "Lars Lege", "lars@gjovik.example"),
)
OWNER = Owner("Kari Koordinator", "kari@gjovik.example")


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


@pytest.fixture
def siri(gjovikregionen: OfficeRef) -> Iterator[Reader]:
    """The secretary of a leader team that sits, seeing what the database shows her."""
    sit(gjovikregionen)
    by = secretary(gjovikregionen)
    with presented(by):
        yield by


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


def attend(meeting: Meeting, by: Reader, **away: bool) -> bool:
    """All have come but these, by first name; is anybody else to lead or write now?"""
    came = {}
    for one in queries.invitees(meeting):
        came[one.id] = Came("absent", reason="ferie") if one.name.split()[0].lower() in away else Came("present")
    return held_actions.attend(meeting=meeting, came=came, seen=None, by=by)


def held(by: Reader, days: int = 30) -> Meeting:
    """A meeting that was held, with something said and decided on its first point."""
    meeting = called(by, days)
    with during(meeting):
        attend(meeting, by)
        item = queries.items(meeting)[0]
        held_actions.write_said(item=item, text="Innkallingen ble godkjent.", seen=None, by=by)
        due = day_of(now()) + timedelta(days=20)
        held_actions.decide(item=item, decided=Decided("Lage felles plakat", OWNER, due), by=by)
        held_actions.end_meeting(meeting=meeting, by=by)
    return queries.locked(meeting)


def approved(by: Reader, days: int = 30) -> Meeting:
    """And its minutes are frozen."""
    meeting = held(by, days)
    minutes_actions.send(meeting=meeting, by=by)
    minutes_actions.approve(meeting=meeting, office="chair", how="på e-post", by=by)
    minutes_actions.approve(meeting=meeting, office="taker", how="på e-post", by=by)
    return queries.locked(meeting)


def raised() -> Matter:
    """A matter that Gjøvik has raised and the region has taken in."""
    row = Matter(
        kommune=ref("gjovik").id,
        kommune_name="Gjøvik",
        theirs=uuid4(),
        letter_id=uuid4(),
        title="Mangler politikontakt",
        what="Vi har ingen fast kontakt.",
        category=matters.categories()[0].code,
        urgency="next",
        state="open",
        received_at=now(),
        taken_in_at=now(),
        changed_at=now(),
    )
    row.save(force_insert=True)
    return row


def account(email: str) -> User | None:
    """The account at this address."""
    return User.objects.filter(email=email).first()
