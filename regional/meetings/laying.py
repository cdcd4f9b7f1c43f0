"""How the rows of a meeting are laid, for the actions that have asked who may."""

from dataclasses import dataclass
from datetime import datetime

from regional.leaders.queries import Member
from regional.meetings.calendar_plan import Slot
from regional.meetings.models import Invitee, Item, Meeting
from regional.meetings.rules import Rules
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


@dataclass(frozen=True, slots=True)
class Wish:
    """When, how long and where."""

    starts_at: datetime
    minutes: int
    place: str = ""
    link: str = ""


def laid(wish: Wish, slot: Slot, rules: Rules, by: Reader) -> Meeting:
    """A new meeting as the rules have it."""
    row = Meeting(made_at=now(), made_by_name=by.name[:200], deadline=slot.deadline)
    row.quorum, row.both_approve = rules.quorum, rules.both_approve
    take(row, wish)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meetings.meeting", ids=[row.id])
    return row


def take(row: Meeting, wish: Wish) -> None:
    """Put when and where into the row."""
    row.starts_at, row.minutes, row.place, row.link = wish.starts_at, wish.minutes, wish.place, wish.link


def invited(meeting: Meeting, member: Member, item: Item | None = None) -> Invitee:
    """A line of the list, as the member sits now; not stored."""
    return Invitee(
        meeting=meeting,
        member=member.id,
        name=member.name,
        email=member.email,
        kommune=member.kommune[:100],
        kommune_id=member.kommune_id,
        sits_as=member.seat or ("Koordinator" if member.is_coordinator else ""),
        coordinator=member.is_coordinator,
        only_item=item,
    )
