"""Who is called, and whose turn it is: the leader team's list of people, held against the meetings that were."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from regional.leaders.queries import Member, Slot, coordinators, members, vacant
from regional.meetings import queries, turns
from regional.meetings.models import Invitee, Meeting
from varde.access import Permission, Reader
from varde.access.roles import roles_with
from varde.identity.models import User
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who may lead or write: a kommune's coordinator, or by hand another member, who takes nobody's turn.

    `kommune_id`: whose turn it is, see `key_of`; None for one who has no turn.
    """

    kommune_id: UUID | None
    kommune: str
    name: str
    email: str
    user_id: UUID | None = None

    @property
    def label(self) -> str:
        """«Kari Nordmann (Gjøvik)»"""
        return f"{self.name} ({self.kommune})" if self.kommune else self.name


@dataclass(frozen=True, slots=True)
class InTurn:
    """Whose turn it is, in people; None where there is nobody."""

    chair: Office | None
    taker: Office | None


def called(by: Reader, on: date) -> list[Member]:
    """Everybody who is called to the whole meeting."""
    return [one for one in members(by, on) if one.capacity != "on_request"]


def on_request(by: Reader, on: date) -> list[Member]:
    """Those who may be called to single points."""
    return [one for one in members(by, on) if one.capacity == "on_request"]


def offices(by: Reader, on: date) -> dict[str, Office]:
    """The kommuner's coordinators by the kommune's key, in the order of the kommuner's names."""
    found: dict[str, Office] = {}
    for one in sorted(coordinators(by, on), key=lambda member: (member.kommune, member.name)):
        key = key_of(one.kommune_id, one.kommune)
        found.setdefault(str(key), _office(one, key))
    return found


def key_of(office: UUID | None, kommune: str) -> UUID:
    """What a kommune has its turn by: its office, or its name while it is not on the platform."""
    return office or uuid5(NAMESPACE_OID, kommune)


def others(by: Reader, on: date) -> dict[str, Office]:
    """Members who have no turn, and may be chosen by hand: the group's own leader, for one."""
    return {f"m-{one.id}": _office(one, None) for one in called(by, on) if not one.is_coordinator}


def _office(one: Member, kommune_id: UUID | None) -> Office:
    return Office(kommune_id, one.kommune, one.name, one.email, one.user_id)


@dataclass(frozen=True, slots=True)
class Behind:
    """What the list of those called lacks on the day: members who are not on it, and lines of who is no member then."""

    missing: list[Member]
    gone: list[Invitee]


def behind(by: Reader, meeting: Meeting) -> Behind:
    """Hold those called to the whole meeting against the leader team on its day; nobody whose attendance is noted."""
    whole = [one for one in queries.invitees(meeting) if one.only_item_id is None]
    there = called(by, day_of(meeting.starts_at))
    on_list, sits = {one.member for one in whole}, {one.id for one in there}
    gone = [one for one in whole if one.member is not None and one.member not in sits and not one.presence]
    return Behind([one for one in there if one.id not in on_list], gone)


def without_name(by: Reader, on: date) -> list[Slot]:
    """Places of the leader team that nobody can be called to on the day."""
    return vacant(by, on)


def past(besides: Meeting | None = None) -> list[turns.Past]:
    """The meetings with an office given, the oldest first, also those to come; none but `besides`."""
    rows = Meeting.objects.filter(state__in=["called", "held", "sent", "approved"]).order_by("starts_at", "id")
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return [turns.Past(tuple(row.in_turn), str(row.chair_kommune or ""), str(row.taker_kommune or "")) for row in rows]


def in_turn(by: Reader, meeting: Meeting, on: date, absent: Collection[UUID] = ()) -> InTurn:
    """Whose turn it is at this meeting when these kommuner's coordinators cannot come."""
    there = offices(by, on)
    found = turns.turn(list(there), past(meeting), {str(one) for one in absent})
    return InTurn(there.get(found.chair), there.get(found.taker))


def forecast(by: Reader, on: date, meetings: Iterable[Meeting]) -> dict[UUID, InTurn]:
    """Whose turn it will be at the meetings that nobody has called yet, if everybody comes."""
    there, rows = offices(by, on), list(meetings)
    found = turns.ahead(list(there), past(), len(rows))
    return {row.id: InTurn(there.get(t.chair), there.get(t.taker)) for row, t in zip(rows, found, strict=True)}


def account(email: str, user_id: UUID | None = None) -> User | None:
    """The account in this region that may read meetings: the one that the member is tied to, or by the address that
    somebody is called at."""
    roles = roles_with(Permission.LEADERS_READ)
    rows = User.objects.here().filter(grants__role__in=roles)
    if user_id is not None and (tied := rows.filter(pk=user_id).first()):
        return tied
    return rows.filter(email=email.strip().lower()).first() if email.strip() else None
