"""Who is called, and whose turn it is: the leader team's list of people, held against the meetings that were."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from regional.leaders.queries import Member, coordinators, members
from regional.meetings import turns
from regional.meetings.models import Meeting
from varde.access import Permission, Reader
from varde.access.roles import ROLES
from varde.identity.models import User


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who may lead or write: a kommune's coordinator."""

    kommune_id: UUID
    kommune: str
    name: str
    email: str
    user_id: UUID | None = None


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
    """The kommuner's coordinators by the kommune's id, in the order of the kommuner's names."""
    found: dict[str, Office] = {}
    for one in sorted(coordinators(by, on), key=lambda member: (member.kommune, member.name)):
        if one.kommune_id is not None:
            found.setdefault(str(one.kommune_id), _office(one, one.kommune_id))
    return found


def _office(one: Member, kommune_id: UUID) -> Office:
    return Office(kommune_id, one.kommune, one.name, one.email, one.user_id)


def past(before: Meeting | None = None) -> list[turns.Past]:
    """The meetings with an office given, the oldest first; those `before` this one."""
    rows = Meeting.objects.filter(state__in=["called", "held", "sent", "approved"]).order_by("starts_at", "id")
    if before is not None:
        rows = rows.filter(starts_at__lt=before.starts_at).exclude(pk=before.pk)
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
    roles = [role.value for role, spec in ROLES.items() if Permission.LEADERS_READ in spec.permissions]
    rows = User.objects.here().filter(grants__role__in=roles)
    if user_id is not None and (tied := rows.filter(pk=user_id).first()):
        return tied
    return rows.filter(email=email.strip().lower()).first() if email.strip() else None
