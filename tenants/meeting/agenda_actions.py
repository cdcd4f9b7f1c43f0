"""The agenda: what stands on it, what was said, who may hear it, and what was decided."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenants.inbox.access import check_owner
from tenants.inbox.models import Concern
from tenants.meeting import queries
from tenants.meeting.agenda import moved
from tenants.meeting.models import Decision, Hearing, Item, Meeting, Participant
from tenants.meeting.states import check_open
from tenants.triage import actions as triage
from tenants.triage.actions import NewStep
from tenants.triage.queries import open_step, owners
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


def _fresh(item: Item, by: Reader) -> Item:
    """The point as it is now, with its meeting held and open."""
    meeting = _held(item.meeting, by)
    found = Item.objects.select_for_update(of=("self",)).select_related("concern").get(pk=item.pk)
    found.meeting = meeting
    return found


@transaction.atomic
def write_minutes(*, item: Item, text: str, version: int, by: Reader) -> None:
    """What was said of a point. Raises Overtaken when somebody else wrote meanwhile."""
    fresh = _fresh(item, by)
    check_seen(str(version), str(fresh.version), overtaken(fresh.written_by_name))
    fresh.minutes, fresh.version, fresh.written_by_name = text, version + 1, by.name[:200]
    fresh.save(update_fields=["minutes", "version", "written_by_name"])
    record(
        by=by, action=Action.CHANGE, what="meeting.item", ids=[fresh.concern_id or fresh.meeting_id], reason="referat"
    )


@transaction.atomic
def let_hear(*, item: Item, participant: Participant, ground: str, reason: str, by: Reader) -> None:
    """Record why somebody from outside may hear a point about a matter. Raises Refused for anybody else."""
    fresh = _fresh(item, by)
    if participant.user_id is not None or fresh.concern_id is None:
        raise Refused("Grunnlag føres bare for dem som er invitert utenfra, og bare for saker.")
    if Participant.objects.filter(pk=participant.pk, gone_at__isnull=False).exists():
        raise Refused("Denne personen kommer ikke lenger. Legg personen til på nytt først.")
    row = Hearing(
        item=fresh, concern_id=fresh.concern_id, participant=participant, ground=ground, reason=reason, at=now(),
        by_name=by.name[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meeting.item", ids=[fresh.concern_id], reason="deling", ground=ground)


@transaction.atomic
def decide(*, item: Item, step: NewStep, by: Reader) -> Decision:
    """What was decided, by whom and by when. In a matter it becomes the next step in place of the one there is.

    Raises Refused (triage's for the step) with a sentence: an owner who does not see the matter, or a matter that has
    no step to replace.
    """
    fresh = _fresh(item, by)
    if fresh.concern is not None:
        _become_step(fresh.concern, step, by)
    elif step.owner not in owners():
        raise Refused(f"{step.owner.name} er ikke i teamet nå. Velg en annen.")
    row = Decision(
        item=fresh, meeting=fresh.meeting, concern=fresh.concern, text=step.text, owner=step.owner, due_at=step.due_at,
        made_at=now(), made_by_name=by.name[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meeting.decision", ids=[fresh.concern_id or fresh.meeting_id])
    return row


def _become_step(concern: Concern, step: NewStep, by: Reader) -> None:
    check_owner(step.owner, concern.id)
    current = open_step(concern)
    if current is None:
        raise Refused("Saken har ikke noe neste steg å erstatte. Avklar bekymringen først, så får den et.")
    triage.complete_step(step=current, then=step, by=by)


@transaction.atomic
def finish(*, decision: Decision, by: Reader) -> None:
    """What was decided about no matter has been done. Raises Refused when it was already."""
    require(by, Permission.CASES)
    fresh = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if fresh.done_at is not None:
        raise Refused("Noen andre har alt meldt dette som gjort.")
    fresh.done_at, fresh.done_by_name = now(), by.name[:200]
    fresh.save(update_fields=["done_at", "done_by_name"])
    record(by=by, action=Action.CHANGE, what="meeting.decision", ids=[fresh.meeting_id], reason="gjort")
