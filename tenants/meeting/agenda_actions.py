"""The agenda: what stands on it, and what was said."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.meeting import queries
from tenants.meeting.agenda import moved
from tenants.meeting.models import Item, Meeting
from tenants.meeting.states import check_open
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen, overtaken


def _held(meeting: Meeting, by: Reader) -> Meeting:
    require(by, Permission.CASES)
    fresh = queries.locked(meeting)
    check_open(fresh.state)
    return fresh


@transaction.atomic
def fill(*, meeting: Meeting, by: Reader, only: Collection[UUID] | None = None, at: datetime | None = None) -> int:
    """Put on the agenda what the reader sees that belongs there (`only`: of those); returns how many came on."""
    fresh, there = _held(meeting, by), queries.items(meeting)
    taken = {item.concern_id for item in there if item.concern_id}
    found = [one for one in queries.suggested(by, taken, at or now()) if only is None or one.matter in only]
    last = max((item.position for item in there), default=0)
    for number, one in enumerate(found, start=1):
        _add(fresh, by, concern_id=one.matter, why=one.why, position=last + number)
    return len(found)


def _add(meeting: Meeting, by: Reader, **values: object) -> Item:
    item = Item(meeting=meeting, added_at=now(), added_by_name=by.name[:200], **values)
    item.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meeting.item", ids=[item.concern_id or meeting.id], reason="på saklisten")
    return item


@transaction.atomic
def add_matter(*, meeting: Meeting, concern: Concern, by: Reader) -> None:
    """A matter that the reader sees comes on the agenda, or back on it. Raises Refused when it stands there."""
    fresh, there = _held(meeting, by), queries.items(meeting)
    found = next((item for item in there if item.concern_id == concern.id), None)
    if found is not None and not found.off:
        raise Refused("Saken står alt på saklisten.")
    if found is not None:
        _put(found, off=False, by=by)
        return
    _add(fresh, by, concern=concern, why="own", position=max((item.position for item in there), default=0) + 1)


@transaction.atomic
def add_point(*, meeting: Meeting, title: str, by: Reader) -> None:
    """A point of one's own, about no matter."""
    fresh, there = _held(meeting, by), queries.items(meeting)
    _add(fresh, by, title=title, why="own", position=max((item.position for item in there), default=0) + 1)


@transaction.atomic
def put(*, item: Item, off: bool, by: Reader) -> None:
    """Take a point off the agenda, or put it back."""
    _held(item.meeting, by)
    _put(item, off=off, by=by)


def _put(item: Item, *, off: bool, by: Reader) -> None:
    item.off = off
    item.save(update_fields=["off"])
    record(
        by=by, action=Action.CHANGE, what="meeting.item", ids=[item.concern_id or item.meeting_id], reason="av" * off
    )


@transaction.atomic
def move_item(*, item: Item, up: bool, by: Reader) -> None:
    """A place nearer the beginning or the end, among the points that the reader sees."""
    _held(item.meeting, by)
    shown = [each for each in queries.items(item.meeting) if not each.off]
    if item not in shown:
        raise Refused("Punktet står ikke på saklisten lenger.")
    for place, each in enumerate(moved(shown, item, up=up), start=1):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
    record(by=by, action=Action.CHANGE, what="meeting.item", ids=[item.concern_id or item.meeting_id], reason="flyttet")


def fresh_item(*, item: Item, by: Reader) -> Item:
    """The point as it is now, with its meeting held and open."""
    meeting = _held(item.meeting, by)
    found = Item.objects.select_for_update(of=("self",)).select_related("concern").get(pk=item.pk)
    found.meeting = meeting
    return found


@transaction.atomic
def write_minutes(*, item: Item, text: str, version: int, by: Reader) -> None:
    """What was said of a point. Raises Overtaken when somebody else wrote meanwhile."""
    fresh = fresh_item(item=item, by=by)
    check_seen(str(version), str(fresh.version), overtaken(fresh.written_by_name))
    fresh.minutes, fresh.version, fresh.written_by_name = text, version + 1, by.name[:200]
    fresh.save(update_fields=["minutes", "version", "written_by_name"])
    record(
        by=by, action=Action.CHANGE, what="meeting.item", ids=[fresh.concern_id or fresh.meeting_id], reason="referat"
    )
