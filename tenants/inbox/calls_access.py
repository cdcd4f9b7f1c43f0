"""Whose call it is: nobody but the one who answered it sees it while it goes on, or the coordinators when that person
does not work here any more."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.http import Http404

from tenants.inbox import search_named
from tenants.inbox.access import concern_for
from tenants.inbox.calls_models import Call, CallEnd
from tenants.inbox.calls_states import LIES, LIES_LONG, NO_MATTER
from tenants.inbox.models import Concern
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.audit.shown import logged
from varde.clock import OSLO
from varde.identity.models import User
from varde.privacy.fields import open_together
from varde.refusal import Refused

_MONTHS = 6


def call_for(reader: Reader, call_id: UUID) -> Call:
    """A call that is the reader's to go on with, the look logged; Http404 (logged too) for all others and for none."""
    found = Call.objects.filter(id=call_id).first()
    record(by=reader, action=Action.VIEW if found else Action.DENIED, what="inbox.call", ids=[call_id])
    if found is None:
        raise Http404
    return found


def calls_for(reader: Reader) -> list[Call]:
    """The calls that are the reader's to finish, the newest first; logged."""
    rows = list(logged(Call.objects.order_by("-started_at"), by=reader, what="inbox.call"))
    open_together(rows)
    return rows


NO_SUCH = (
    "Du ser ingen sak med dette nummeret. Se etter at det er riktig. Stemmer det, registrer samtalen som en bekymring: "
    "den sier hvilket nummer som ble oppgitt."
)


def named_for(reader: Reader, typed: str) -> Concern:
    """The matter of the number that whoever rang named, for somebody who reads the inbox; logged as a search.

    Raises Refused, with the same words for one that is hidden and one that is not there. PermissionDenied for others.
    """
    require(reader, Permission.INBOX_READ)
    found = search_named.named(reader.office, typed)
    record(by=reader, action=Action.SEARCH, what="inbox.concern", ids=found)
    if len(found) != 1:
        raise Refused(NO_SUCH)
    return concern_for(reader, found.pop())


@dataclass(frozen=True, slots=True)
class Left:
    """That somebody has a call that lies unfinished: who and since when, and nothing of it."""

    operator: UUID
    name: str
    saved_at: datetime


def left_by_others(now: datetime) -> list[Left]:
    """For a coordinator: whose calls nobody has written on for an hour. The database answers nobody else, and never
    says which call it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT operator, saved_at FROM calls_left(%s)", [now - LIES])
        rows = cursor.fetchall()
    names = {one.id: one.name for one in User.objects.filter(id__in={who for who, _ in rows})} if rows else {}
    return [Left(who, names.get(who, ""), at) for who, at in rows]


def lying(now: datetime) -> list[Call]:
    """Calls that nobody has written on for an hour and whose operator has not been told; held for the task."""
    rows = Call.objects.filter(saved_at__lt=now - LIES, reminded_at__isnull=True)
    return list(rows.select_for_update(skip_locked=True).order_by("saved_at"))


def lying_long(now: datetime) -> list[Call]:
    """Calls that have lain for a day, or whose operator has left, and of which no coordinator has been told; held."""
    left = ~Exists(User.objects.here().filter(id=OuterRef("operator")))
    rows = Call.objects.filter(Q(saved_at__lt=now - LIES_LONG) | left, escalated_at__isnull=True)
    return list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("saved_at"))


def figures() -> list[dict[str, object]]:
    """By month, the newest first: how many calls were no concern, of each kind."""
    month = TruncMonth("at", tzinfo=OSLO)
    rows = CallEnd.objects.annotate(month=month).values("month", "kind").annotate(count=Count("id")).order_by()
    counted = {(row["month"], row["kind"]): row["count"] for row in rows}
    totals = Counter(month for month, _ in counted)
    months = sorted(totals, reverse=True)[:_MONTHS]
    return [{"month": each, "counts": [counted.get((each, kind), 0) for kind, _ in NO_MATTER]} for each in months]
