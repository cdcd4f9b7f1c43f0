"""Odd looks put before somebody who is not involved: found at night as the purpose "verify", handled on a page."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404

from varde.access import ROLES, Permission, Reader, Role, require
from varde.audit import hooks
from varde.audit.actions import Action, record
from varde.audit.former_models import FormerEntry
from varde.audit.models import Entry, Finding, Review, Verdict
from varde.audit.rules import ASKED_FOR, Known, Look, Odd, odd
from varde.clock import OSLO, now
from varde.privacy.box import close, open_box
from varde.ui.dates import day_of

# A coordinator leads every matter; what else they did with it shows in the other rules.
EVERYWHERE = frozenset({ROLES[Role.COORDINATOR].label})
_LOOKS = ("at", "user_id", "name", "role", "action", "matter_id", "object_id", "request_id")
_EARLIER_MONTHS = 6


def month_of(moment: datetime) -> date:
    """The first day of the Oslo month."""
    return day_of(moment).replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after; `month` is a first day."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def earlier(month: date, months: int) -> date:
    """The first day so many months before."""
    whole = month.year * 12 + month.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)


def _rows(since: date, until: date) -> QuerySet[Entry]:
    return Entry.objects.filter(user_id__isnull=False, at__gte=_midnight(since), at__lt=_midnight(until))


@transaction.atomic
def look_through(*, month: date, by: Reader) -> int:
    """Lay what is odd in the month and not laid before; returns how many are new. For the purpose "verify" alone."""
    if by.purpose != "verify":
        raise PermissionDenied
    looks = [Look(*row) for row in _rows(month, next_month(month)).values_list(*_LOOKS)]
    found = {_key(by, month, each): each for each in odd(looks, _known(month, looks))}
    known = set(Finding.objects.filter(id__in=found).values_list("id", flat=True))
    new = [_finding(key, month, each) for key, each in found.items() if key not in known]
    Finding.objects.bulk_create(new)
    if new:
        record(by=by, action=Action.CREATE, what="audit.finding", ids=[row.id for row in new])
    return len(new)


def _key(by: Reader, month: date, each: Odd) -> UUID:
    return uuid5(by.office.id, f"{month.isoformat()} {each.rule} {each.user_id} {each.matter}")


def _finding(key: UUID, month: date, each: Odd) -> Finding:
    return Finding(
        id=key, month=month, rule=each.rule, user_id=each.user_id, name=each.name, role=each.role,
        matter_id=each.matter, looks=each.looks, first_at=each.first_at, last_at=each.last_at, found_at=now(),
    )  # fmt: skip


def _known(month: date, looks: Collection[Look]) -> Known:
    pairs = {(look.user_id, look.matter) for look in looks if look.matter}
    return Known(
        tasks=hooks.all_tasks({matter for _, matter in pairs}),
        hints=hooks.all_hints(pairs),
        usual=_usual(month),
        everywhere=EVERYWHERE,
        on_shift=hooks.on_shift,
    )


def _usual(month: date) -> dict[UUID, list[int]]:
    """How many matters each person asked for in each of the months before."""
    rows = _rows(earlier(month, _EARLIER_MONTHS), month).filter(action__in=ASKED_FOR, matter_id__isnull=False)
    counted = rows.annotate(month=TruncMonth("at", tzinfo=OSLO)).values_list("user_id", "month")
    found: dict[UUID, list[int]] = {}
    for user_id, _, count in counted.annotate(count=Count("matter_id", distinct=True)):
        found.setdefault(user_id, []).append(count)
    return found


def findings_for(by: Reader, month: date) -> list[Finding]:
    """What this reader may handle of a month: nothing about themselves, nothing of matters they work with, and nothing
    that rests on rows of the log that are all hidden from them."""
    require(by, Permission.AUDIT_REVIEW)
    found = Finding.objects.filter(month=month).prefetch_related("reviews")
    rows = [row for row in found if row.user_id != by.user_id and _rests_on_seen(row)]
    tasks = hooks.all_tasks({row.matter_id for row in rows if row.matter_id})
    shown = sorted((row for row in rows if not _involved(by, row, tasks)), key=lambda row: row.last_at, reverse=True)
    record(by=by, action=Action.LIST, what="audit.finding", ids=[row.id for row in shown])
    return shown


def finding_for(by: Reader, finding_id: UUID) -> Finding:
    """One finding, the look logged; Http404 (logged too) for one that is not there or not this reader's to handle."""
    found = Finding.objects.filter(id=finding_id).first() if by.may(Permission.AUDIT_REVIEW) else None
    tasks = hooks.all_tasks([found.matter_id] if found and found.matter_id else [])
    mine = found is not None and (found.user_id == by.user_id or _involved(by, found, tasks))
    if found is None or mine or not _rests_on_seen(found):
        record(by=by, action=Action.DENIED, what="audit.finding", ids=[finding_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="audit.finding", ids=[found.id])
    return found


def _rests_on_seen(row: Finding) -> bool:
    """What is about one matter is hidden with the matter; what is about many, with the last of the rows behind it."""
    return row.matter_id is not None or bool(rows_of(row))


def _involved(by: Reader, row: Finding, tasks: dict[UUID, list[hooks.Task]]) -> bool:
    if row.matter_id is None or by.user_id is None:
        return False
    mine = (task.user_id == by.user_id for task in tasks.get(row.matter_id, ()))
    return by.has(Role.COORDINATOR) or any(mine)


def rows_of(finding: Finding) -> "list[Entry | FormerEntry]":
    """The looks behind a finding, as far as this reader may see them; the first hundred."""
    wanted = Q(user_id=finding.user_id, at__gte=_midnight(finding.month), at__lt=_midnight(next_month(finding.month)))
    if finding.matter_id:
        wanted &= Q(matter_id=finding.matter_id)
    wanted &= Q(action=Action.DENIED) if finding.rule == "denied" else Q(action__in=ASKED_FOR)
    before, own = (log.filter(wanted).order_by("at", "number")[:100] for log in (FormerEntry.objects, Entry.objects))
    return [*before, *own][:100]


@transaction.atomic
def handle(*, finding: Finding, verdict: Verdict, note: str, by: Reader) -> Review:
    """Say what was found out about it. PermissionDenied for the person concerned and for whoever works with it."""
    require(by, Permission.AUDIT_REVIEW)
    if by.user_id is None or finding.user_id == by.user_id:
        raise PermissionDenied
    if _involved(by, finding, hooks.all_tasks([finding.matter_id] if finding.matter_id else [])):
        raise PermissionDenied
    row = Review(finding=finding, matter_id=finding.matter_id, verdict=verdict, note=close(note, purpose="review"))
    row.handled_by, row.handled_by_name, row.at = by.user_id, by.name, now()
    row.save()
    record(by=by, action=Action.CREATE, what="audit.review", ids=[finding.id])
    return row


def note_of(row: Review) -> str:
    """What was written, readable in this office."""
    return open_box(row.note, purpose="review")
