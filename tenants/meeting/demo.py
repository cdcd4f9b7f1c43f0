"""A meeting that was held, with approved minutes, and the next one with an agenda that made itself."""

from datetime import datetime, time, timedelta

from tenants.inbox.demo import BENKEN, BREVET, DOREN, KORTET, matter
from tenants.meeting.actions import Wish, call_meeting, invite, move_meeting, write_general
from tenants.meeting.agenda_actions import add_matter, add_point, put, write_minutes
from tenants.meeting.decision_actions import decide
from tenants.meeting.models import Item, Meeting
from tenants.meeting.queries import items
from tenants.triage.actions import NewStep
from varde.access import Reader, Role
from varde.clock import OSLO, now, telling
from varde.demo_cast import ahead, once, somebody
from varde.identity.models import User
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

_NOON = time(12)


def seed(kommune: OfficeRef) -> bool:
    """Hold one and call one; False elsewhere, and when they are there."""
    return once(kommune, there=Meeting.objects.exists, lay=_lay)


def _lay(by: Reader) -> None:
    coordinator, member = somebody(Role.COORDINATOR), somebody(Role.TEAM_MEMBER)
    _held(coordinator, member, by)
    _called(coordinator, member, by)


def _wednesday(*, weeks: int) -> datetime:
    """Noon of the last Wednesday that is over, or so many weeks after it."""
    today = day_of(now())
    last = today - timedelta(days=(today.weekday() - 3) % 7 + 1)
    return datetime.combine(last + timedelta(weeks=weeks), _NOON, OSLO)


def _held(coordinator: User, member: User, by: Reader) -> None:
    starts = _wednesday(weeks=0)
    with telling(starts - timedelta(days=1)):
        meeting = call_meeting(
            wish=Wish(starts, 120, coordinator, member, place="Møterom Mjøsa, rådhuset"), people=[], by=by
        )
        _see_to(meeting, [KORTET], by)
    with telling(starts + timedelta(hours=2)):
        _write_minutes(meeting, coordinator, member, by)
        move_meeting(meeting=meeting, to="held", by=by)
        move_meeting(meeting=meeting, to="approved", by=by)


def _write_minutes(meeting: Meeting, coordinator: User, member: User, by: Reader) -> None:
    later = {matter(name).id for name in (DOREN, BENKEN, BREVET)}
    for item in items(meeting):
        if item.concern_id == matter(KORTET).id:
            text = "Gudrun ønsker kortet tilbake. Teamet går med henne i banken. Hjemmetjenesten kommer oftere."
            write_minutes(item=item, text=text, version=item.version, by=by)
            task = NewStep("Spørre banken om en fullmakt som bare gjelder regningene", coordinator, ahead(days=9))
            decide(item=item, step=task, by=by)
        elif item.concern_id in later:
            put(item=item, off=True, by=by)
    add_point(meeting=meeting, title="Kort med telefonnummeret til alle fastlegekontor", by=by)
    point = Item.objects.filter(meeting=meeting, concern=None).get()
    decide(item=point, step=NewStep("Levere kort til de fire kontorene", member, ahead(days=10)), by=by)
    write_general(meeting=meeting, text="Ingen meldt inhabil.", version=0, by=by)


def _called(coordinator: User, member: User, by: Reader) -> None:
    wish = Wish(_wednesday(weeks=1), 150, coordinator, member, place="Møterom Mjøsa, rådhuset")
    meeting = call_meeting(wish=wish, people=[], by=by)
    invite(meeting=meeting, user=None, name="Lensmannsbetjent Strand", service="Politiet", by=by)
    _see_to(meeting, [DOREN, KORTET], by)
    add_point(meeting=meeting, title="Fagdagen i januar: hvem holder hva", by=by)


def _see_to(meeting: Meeting, names: list[str], by: Reader) -> None:
    """These are on the agenda, whether it found them by itself or not."""
    standing = {item.concern_id for item in items(meeting)}
    for name in names:
        if matter(name).id not in standing:
            add_matter(meeting=meeting, concern=matter(name), by=by)
