"""Who may see which meeting and which point of it. Points are there with their matter; the database says which."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.http import Http404

from tenants.inbox.access import look
from tenants.inbox.queries import ground_of
from tenants.meeting import queries
from tenants.meeting.models import Decision, Hearing, Item, Meeting, Participant
from varde.access import Reader
from varde.audit import hooks
from varde.audit.actions import Action, record


def meeting_for(reader: Reader, meeting_id: UUID) -> Meeting:
    """A meeting of the team, the look logged; Http404 (logged too) when there is none."""
    found = Meeting.objects.select_related("chair", "minute_taker").filter(pk=meeting_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="meeting.meeting", ids=[meeting_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="meeting.meeting", ids=[found.id])
    return found


def item_for(reader: Reader, meeting: Meeting, item_id: UUID) -> Item:
    """A point of a meeting, the look at its matter logged; one Http404 for hidden and absent."""
    rows = Item.objects.select_related("concern").filter(queries.item_there(item_id), meeting=meeting, pk=item_id)
    found = rows.first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="meeting.item", ids=[item_id])
        raise Http404
    found.meeting = meeting
    if found.concern_id is not None:
        ground = ground_of(found.concern_id)
        record(by=reader, action=look(ground), what="meeting.item", ids=[found.concern_id], ground=ground)
    return found


def participant_for(reader: Reader, meeting: Meeting, participant_id: UUID) -> Participant:
    """Somebody asked to a meeting that `meeting_for` has let through; Http404 (logged too) otherwise."""
    found = next((one for one in queries.participants(meeting) if one.id == participant_id), None)
    if found is None:
        record(by=reader, action=Action.DENIED, what="meeting.participant", ids=[participant_id])
        raise Http404
    return found


def task_for(reader: Reader, decision_id: UUID) -> Decision:
    """A decision that somebody has, or had, to do, the look logged; one Http404 (logged too) for hidden and absent."""
    found = queries.tasks().filter(queries.decision_there(decision_id), pk=decision_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="meeting.decision", ids=[decision_id])
        raise Http404
    ground = ground_of(found.concern_id) if found.concern_id else ""
    seen = found.concern_id or found.meeting_id
    record(by=reader, action=look(ground), what="meeting.decision", ids=[seen], ground=ground)
    return found


def entered_for[R: (Decision, Hearing)](reader: Reader, item: Item, kind: type[R], row_id: UUID) -> R:
    """What was entered on a point that `item_for` has let through; Http404 (logged too) otherwise."""
    found = kind._default_manager.filter(item=item, pk=row_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="meeting.item", ids=[row_id])
        raise Http404
    found.item = item
    return found


def note_meetings(reader: Reader, shown: Sequence[Meeting]) -> None:
    """Log which meetings a list showed."""
    record(by=reader, action=Action.LIST, what="meeting.meeting", ids=[one.id for one in shown])


def note_matters(reader: Reader, shown: Iterable[UUID | None], action: Action = Action.LIST) -> None:
    """Log which matters stood on an agenda, by the matter itself."""
    matters = [one for one in shown if one is not None]
    if matters:
        record(by=reader, action=action, what="meeting.item", ids=list(dict.fromkeys(matters)))


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who comes to a meeting has to do with what is taken up, until a day after it."""
    rows = Item.objects.filter(concern__in=matters).values_list(
        "concern_id",
        "added_at",
        "meeting__starts_at",
        "meeting__participants__user_id",
        "meeting__participants__gone_at",
    )
    found: dict[UUID, list[hooks.Task]] = {}
    for matter, since, starts_at, user_id, gone_at in rows:
        if matter is not None and user_id is not None:
            over = starts_at + timedelta(days=1)
            found.setdefault(matter, []).append(hooks.Task(user_id, since, min(gone_at or over, over)))
    return found
