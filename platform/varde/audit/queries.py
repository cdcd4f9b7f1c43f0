"""Asking the log. Rows are shown newest first; content was never in them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from varde.audit.models import Entry
from varde.clock import OSLO


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question to the log; empty parts do not narrow it. Days are Oslo days, both included."""

    since: date | None = None
    until: date | None = None
    person: str = ""
    action: str = ""
    what: str = ""
    object_id: str = ""


def rows(wanted: Wanted) -> QuerySet[Entry]:
    """The rows that fit, newest first."""
    found = Entry.objects.order_by("-at", "-number")
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until and wanted.until < date.max:  # there is no day after the last
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.person:
        found = found.filter(name__icontains=wanted.person)
    for column in ("action", "what", "object_id"):
        value = getattr(wanted, column)
        if value:
            found = found.filter(**{"object_id__startswith" if column == "object_id" else column: value})
    return found


def kinds() -> list[str]:
    """What the log speaks of, as dotted nouns."""
    return list(Entry.objects.order_by("what").values_list("what", flat=True).distinct())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)
