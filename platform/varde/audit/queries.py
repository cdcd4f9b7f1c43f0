"""Asking the log. Rows are shown newest first; content was never in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, QuerySet, Value, When, Window
from django.db.models.functions import Cast, Concat, RowNumber, TruncMinute

from varde.audit.models import Entry
from varde.clock import OSLO

MOST_SHOWN = 60
_TEXT = CharField(max_length=300)
# What one person did in one minute is one line, and what nobody in particular did in one request; a row that no
# request named stands alone.
_KEY = Case(
    When(
        user_id__isnull=False,
        then=Concat(Cast(TruncMinute("at"), _TEXT), Cast("user_id", _TEXT), "name", output_field=_TEXT),
    ),
    When(request_id=Value(""), then=Cast("id", _TEXT)),
    default=Concat("request_id", "name", output_field=_TEXT),
    output_field=_TEXT,
)


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


def folded(found: QuerySet[Entry]) -> "QuerySet[Any, Any]":
    """The lines behind the rows, newest first: {key, last, count}."""
    keyed = found.order_by().annotate(key=_KEY).values("key")
    return keyed.annotate(last=Max("at"), count=Count("id")).order_by("-last", "key")


@dataclass(frozen=True, slots=True)
class Told:
    """What was done on one line: (action, what, how many), and the first rows of each request in it."""

    deeds: list[tuple[str, str, int]]
    rows: list[Entry]


def told(found: QuerySet[Entry], keys: Collection[str]) -> dict[str, Told]:
    """What was done on each of these lines; two questions however many they are and however much they showed.

    A long request on a line hides no row of another.
    """
    mine = found.order_by().annotate(key=_KEY).filter(key__in=keys)
    answer = {key: Told([], []) for key in keys}
    counted = mine.values_list("key", "action", "what").annotate(count=Count("id"), last=Max("at"))
    for key, action, what, count, _ in counted.order_by("last", "action", "what"):
        answer[key].deeds.append((action, what, count))
    nth = Window(RowNumber(), partition_by=[F("key"), F("request_id")], order_by=("at", "id"))
    for row in mine.annotate(nth=nth).filter(nth__lte=MOST_SHOWN).order_by("at", "number"):
        answer[row.key].rows.append(row)
    return answer


def kinds() -> list[str]:
    """What the log speaks of, as dotted nouns."""
    return list(Entry.objects.order_by("what").values_list("what", flat=True).distinct())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=OSLO)
