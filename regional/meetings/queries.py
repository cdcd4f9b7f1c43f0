"""Asking about meetings. The database shows them to those who may read about the leader team."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from regional.meetings.models import Addendum, Approval, Decision, Invitee, Item, Meeting, MeetingRules
from regional.meetings.rules import Rules
from regional.meetings.states import AHEAD, TOOK_PLACE
from varde.access import Reader
from varde.refusal import print_of


def rules() -> Rules:
    """What the region has said last; the defaults where it has said nothing."""
    row = MeetingRules.objects.order_by("-at", "-id").first()
    if row is None:
        return Rules()
    return Rules(
        days_before=row.days_before,
        quiet=row.quiet,
        starts=row.starts,
        minutes=row.minutes,
        place=row.place,
        quorum=row.quorum,
        both_approve=row.both_approve,
        fixed_items=tuple(row.fixed_items),
    )


def coming() -> QuerySet[Meeting]:
    """Planned and called ones, and those whose minutes are not approved, in order."""
    return Meeting.objects.exclude(state__in=["approved", "cancelled"]).order_by("starts_at", "id")


def ahead() -> QuerySet[Meeting]:
    """Planned and called ones, the next one first."""
    return Meeting.objects.filter(state__in=AHEAD).order_by("starts_at", "id")


def earlier() -> QuerySet[Meeting]:
    """With approved minutes, or called off; the newest first."""
    return Meeting.objects.filter(state__in=["approved", "cancelled"]).order_by("-starts_at", "id")


def last_before(meeting: Meeting) -> Meeting | None:
    """The meeting before this one whose minutes are approved."""
    rows = Meeting.objects.filter(state="approved", starts_at__lt=meeting.starts_at)
    return rows.order_by("-starts_at", "id").first()


def next_meetings(by: Reader, most: int = 3) -> list[Meeting]:
    """The meetings to come, for another room's page; nothing sealed needs to be opened for it."""
    return list(ahead()[:most])


def undone() -> QuerySet[Decision]:
    """Decisions of meetings that took place which nobody has reported as done, the oldest day first."""
    rows = Decision.objects.select_related("meeting", "item").filter(
        done_at__isnull=True, gone_at__isnull=True, meeting__state__in=TOOK_PLACE
    )
    return rows.order_by("due", "made_at", "id")


def open_decisions(by: Reader) -> list[Decision]:
    """The same, for another room's page."""
    return list(undone())


def late(today: date) -> QuerySet[Decision]:
    """Those whose day is over and whose owner has not been told of it."""
    rows = undone().select_related(None).select_related("owner_user")
    return rows.filter(due__lt=today, told_at__isnull=True)


def done(most: int) -> list[Decision]:
    """What was reported as done, the newest first."""
    rows = Decision.objects.select_related("meeting", "item").filter(done_at__isnull=False, gone_at__isnull=True)
    return list(rows.order_by("-done_at", "id")[:most])


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def items(meeting: Meeting, *, off: bool = False) -> list[Item]:
    """Its points in order; those taken off instead with `off`."""
    return list(Item.objects.filter(meeting=meeting, off=off).order_by("position", "id"))


def invitees(meeting: Meeting) -> list[Invitee]:
    """Who is called, those to the whole meeting first."""
    rows = Invitee.objects.filter(meeting=meeting, gone_at__isnull=True).select_related("only_item")
    return sorted(rows, key=lambda one: (one.only_item_id is not None, one.kommune == "", one.kommune, str(one.id)))


def decisions(meeting: Meeting) -> list[Decision]:
    """What was decided there and stands."""
    rows = Decision.objects.filter(meeting=meeting, gone_at__isnull=True)
    return list(rows.order_by("item__position", "made_at", "id"))


def approvals(meeting: Meeting) -> list[Approval]:
    """Who has approved the minutes as they went out last."""
    return list(Approval.objects.filter(meeting=meeting, round=meeting.round).order_by("at", "id"))


def addenda(meeting: Meeting) -> list[Addendum]:
    """Corrections of its minutes, the oldest first."""
    return list(Addendum.objects.filter(meeting=meeting).order_by("at", "id"))


def on_agenda(meeting: Meeting) -> set[UUID]:
    """What its points are about, also those that were taken off."""
    return {one for one in Item.objects.filter(meeting=meeting).values_list("about", flat=True) if one is not None}


def taken_days(days: Sequence[date], deadlines: Sequence[date]) -> QuerySet[Meeting]:
    """Meetings that are there already on these days, or before these deadlines."""
    return Meeting.objects.filter(Q(starts_at__date__in=days) | Q(deadline__in=deadlines)).exclude(state="cancelled")


def as_seen(meeting: Meeting) -> str:
    """A print of when and where and who leads, for the page to send back."""
    names = ("starts_at", "minutes", "place", "link", "chair_name", "taker_name", "state")
    return print_of(meeting, names)
