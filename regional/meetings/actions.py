"""Planning meetings, calling them, changing them and calling them off."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.leaders.queries import Member
from regional.meetings import access, agenda_actions, people, queries
from regional.meetings.calendar_plan import Slot
from regional.meetings.laying import Wish, invited, laid, take
from regional.meetings.models import Invitee, Item, Meeting, MeetingRules
from regional.meetings.notices import tell_called
from regional.meetings.people import Office
from regional.meetings.rules import Rules
from regional.meetings.states import AHEAD, check_in, check_move, check_starts
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import OSLO, now
from varde.refusal import Refused, check_seen
from varde.turn import wait_for
from varde.ui.dates import day_of

__all__ = [
    "Offices",
    "Wish",
    "add_meeting",
    "call_meeting",
    "call_more",
    "cancel_meeting",
    "change_meeting",
    "invite",
    "plan_meetings",
    "restore_meeting",
    "set_rules",
]


@dataclass(frozen=True, slots=True)
class Offices:
    """Who leads and who writes."""

    chair: Office
    taker: Office


@transaction.atomic
def set_rules(*, rules: Rules, by: Reader) -> None:
    """From now on new meetings are planned and called so; those that are called keep what they have."""
    require(by, Permission.LEADERS_MANAGE)
    said = asdict(rules) | {"fixed_items": list(rules.fixed_items)}
    row = MeetingRules(at=now(), by_name=by.name[:200], **said)
    row.save()
    record(by=by, action=Action.CHANGE, what="meetings.rules", ids=[row.id])


@transaction.atomic
def plan_meetings(*, slots: Sequence[Slot], by: Reader) -> list[Meeting]:
    """Lay down meetings on these days; a day or a deadline that has one already is left as it is."""
    require(by, Permission.LEADERS_MANAGE)
    wait_for("meetings plan")
    rules, found = queries.rules(), []
    there = queries.taken_days([one.day for one in slots], [one.deadline for one in slots if one.deadline])
    days = {day_of(row.starts_at) for row in there}
    deadlines = {row.deadline for row in there} - {None}
    for slot in slots:
        starts_at = datetime.combine(slot.day, rules.starts, OSLO)
        if slot.day not in days and slot.deadline not in deadlines and starts_at > now():
            found.append(laid(Wish(starts_at, rules.minutes, rules.place), slot, rules, by))
    return found


@transaction.atomic
def add_meeting(*, wish: Wish, by: Reader) -> Meeting:
    """One meeting more, besides the plan. Raises Refused for a time that is over."""
    require(by, Permission.LEADERS_MANAGE)
    check_starts(wish.starts_at, now())
    return laid(wish, Slot(day_of(wish.starts_at), None), queries.rules(), by)


@transaction.atomic
def change_meeting(*, meeting: Meeting, wish: Wish, seen: str | None = None, by: Reader) -> None:
    """Another time or place; those who are called are told. One that is called may have been held before its day.

    Raises Refused, Overtaken when somebody was first.
    """
    require(by, Permission.LEADERS_MANAGE)
    fresh = queries.locked(meeting)
    check_in(fresh.state, AHEAD)
    check_seen(seen, queries.as_seen(fresh))
    if wish.starts_at != fresh.starts_at:
        check_starts(wish.starts_at, now(), fresh.called_at if fresh.state == "called" else None)
    take(fresh, wish)
    fresh.sequence += 1
    fresh.save(update_fields=["starts_at", "minutes", "place", "link", "sequence"])
    record(by=by, action=Action.CHANGE, what="meetings.meeting", ids=[fresh.id])
    if fresh.state == "called":
        tell_called(fresh, by.office)


@transaction.atomic
def call_meeting(*, meeting: Meeting, offices: Offices, guests: Sequence[tuple[Member, Item]] = (), by: Reader) -> None:
    """Call the members of the leader team as they are on the day, and guests to single points.

    An agenda that nobody has made is made now. Raises Refused where nobody is a member, or it is no longer ahead.
    """
    require(by, Permission.LEADERS_MANAGE)
    fresh = queries.locked(meeting)
    check_move(fresh.state, "called")
    check_starts(fresh.starts_at, now())
    everybody = people.called(by, day_of(fresh.starts_at))
    if not everybody:
        raise Refused("Lederteamet har ingen medlemmer den dagen. Legg dem inn under Lederteam først.")
    if not queries.items(fresh):
        agenda_actions.fill(meeting=fresh, by=by)
    _give(fresh, offices, by)
    fresh.state, fresh.called_at, fresh.sequence = "called", now(), fresh.sequence + 1
    fresh.save()
    for member in everybody:
        invited(fresh, member).save(force_insert=True)
    for member, item in guests:
        invited(fresh, member, item).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meetings.meeting.called", ids=[fresh.id])
    agenda_actions.tell_taken_up(meeting=fresh, by=by)
    tell_called(fresh, by.office)


def _give(fresh: Meeting, offices: Offices, by: Reader) -> None:
    fresh.in_turn = list(people.offices(by, day_of(fresh.starts_at)))
    fresh.chair_kommune, fresh.chair_name = offices.chair.kommune_id, offices.chair.name
    fresh.taker_kommune, fresh.taker_name = offices.taker.kommune_id, offices.taker.name
    fresh.chair_user = people.account(offices.chair.email, offices.chair.user_id)
    fresh.taker_user = people.account(offices.taker.email, offices.taker.user_id)


@transaction.atomic
def call_more(*, meeting: Meeting, by: Reader) -> int:
    """Bring the list of those called up to the leader team on the day; returns how many new ones, who are told.

    Raises Refused for a meeting that is not called, and where nothing is behind.
    """
    require(by, Permission.LEADERS_MANAGE)
    fresh = queries.locked(meeting)
    check_in(fresh.state, ("called",))
    found = people.behind(by, fresh)
    if not found.missing and not found.gone:
        raise Refused("Alle som sitter i lederteamet den dagen, er alt kalt inn.")
    Invitee.objects.filter(pk__in=[one.pk for one in found.gone]).update(gone_at=now())
    rows = [invited(fresh, member) for member in found.missing]
    for row in rows:
        row.save(force_insert=True)
    fresh.people_version += 1
    fresh.save(update_fields=["people_version"])
    ids = [one.id for one in (*rows, *found.gone)]
    record(by=by, action=Action.CHANGE, what="meetings.invitee", ids=ids, reason="lederteamet den dagen")
    tell_called(fresh, by.office, only=rows)
    return len(rows)


@transaction.atomic
def invite(*, meeting: Meeting, member: Member, item: Item, by: Reader) -> None:
    """Somebody who comes on request is called to a point, and told. Raises Refused."""
    fresh = _writable(meeting, by)
    check_in(fresh.state, AHEAD)
    if fresh.state == "planned":
        raise Refused("Kall inn til møtet først. Der velger du også dem som skal være med på enkelte punkter.")
    if any(one.member == member.id and one.only_item_id == item.id for one in queries.invitees(fresh)):
        raise Refused(f"{member.name} er alt kalt inn til punktet.")
    row = invited(fresh, member, item)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meetings.invitee", ids=[row.id])
    tell_called(fresh, by.office, only=[row])


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Reader) -> None:
    """It is called off; those who were called are told. One that was entered afterwards was entered by mistake, and
    nobody is told. Raises Refused."""
    require(by, Permission.LEADERS_MANAGE)
    fresh = queries.locked(meeting)
    check_move(fresh.state, "cancelled")
    if fresh.state == "held" and fresh.entered_at is None:
        raise Refused("Møtet er meldt holdt. Ta det tilbake før du avlyser det.")
    was_called = fresh.state == "called"
    fresh.state, fresh.sequence = "cancelled", fresh.sequence + 1
    fresh.save(update_fields=["state", "sequence"])
    record(by=by, action=Action.CHANGE, what="meetings.meeting.cancelled", ids=[fresh.id])
    if was_called:
        tell_called(fresh, by.office)


@transaction.atomic
def restore_meeting(*, meeting: Meeting, by: Reader) -> None:
    """It takes place after all: planned again, so that it must be called anew. Raises Refused."""
    require(by, Permission.LEADERS_MANAGE)
    fresh = queries.locked(meeting)
    check_move(fresh.state, "planned")
    at = now()
    Invitee.objects.filter(meeting=fresh, gone_at__isnull=True).update(gone_at=at)
    fresh.state, fresh.sequence, fresh.called_at = "planned", fresh.sequence + 1, None
    fresh.entered_at, fresh.entered_why = None, ""
    fresh.save(update_fields=["state", "sequence", "called_at", "entered_at", "entered_why"])
    record(by=by, action=Action.CHANGE, what="meetings.meeting.planned", ids=[fresh.id])


def _writable(meeting: Meeting, by: Reader) -> Meeting:
    """The meeting, held, for whoever may write in it."""
    fresh = queries.locked(meeting)
    if not access.may_write(by, fresh):
        raise PermissionDenied
    return fresh
