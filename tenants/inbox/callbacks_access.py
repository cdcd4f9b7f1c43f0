"""Who sees which call back: those who see its matter; without one, its maker, its owner and mostly the coordinators."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from tenants.inbox.calls_models import Callback, CallbackTry
from varde.access import Permission, Reader
from varde.audit import hooks
from varde.audit.actions import Action, record
from varde.privacy.fields import open_together


def callback_for(reader: Reader, callback_id: UUID) -> Callback:
    """One call back with its owner, the look logged; Http404 (logged too) when hidden or absent."""
    there = RawSQL("callback_there(%s)", [callback_id], output_field=BooleanField())
    rows = Callback.objects.select_related("owner").filter(there, id=callback_id)
    found = rows.first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="inbox.callback", ids=[callback_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="inbox.callback", ids=[found.concern_id or found.id])
    return found


def waiting() -> QuerySet[Callback]:
    """Whom somebody waits to call, the most urgent first."""
    return Callback.objects.filter(done_at__isnull=True).select_related("owner").order_by("due_at", "id")


def over() -> QuerySet[Callback]:
    """Those that are done, the newest first."""
    return Callback.objects.filter(done_at__isnull=False).select_related("owner").order_by("-done_at", "id")


def of_matter(concern_id: UUID) -> list[Callback]:
    """Those of one matter that are not done."""
    return list(waiting().filter(concern_id=concern_id))


def note_listed(reader: Reader, shown: list[Callback]) -> None:
    """Log which a page showed, and open their keys together."""
    open_together(shown)
    record(by=reader, action=Action.LIST, what="inbox.callback", ids=[row.concern_id or row.id for row in shown])


def tries_of(callback: Callback) -> list[CallbackTry]:
    """What came of trying, the newest first."""
    return list(CallbackTry.objects.filter(callback=callback).order_by("-at"))


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who is to call somebody has something to do with the matter until it is done."""
    rows = Callback.objects.filter(concern_id__in=matters)
    found: dict[UUID, list[hooks.Task]] = {}
    for matter, owner, since, until in rows.values_list("concern_id", "owner_id", "made_at", "done_at"):
        if matter is not None:
            found.setdefault(matter, []).append(hooks.Task(owner, since, until))
    return found
