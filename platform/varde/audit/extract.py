"""«Hvem har sett i saken min?»: the log of one matter for the person it concerns.

Who, on which day, what kind of look and why in words. Never what was in it, never the short reasons that staff wrote,
never another matter, and nothing of how and when the concern came in: that could tell who reported it. What counts is
what was done and never who did it, so a person who did nothing but report is not in it, whatever roles they hold.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404

from varde.access import ROLES, Permission, Reader, Role
from varde.audit import hooks
from varde.audit.actions import Action, record
from varde.audit.former_models import FormerEntry
from varde.audit.models import Entry
from varde.audit.phrases import why_automatic
from varde.ui.dates import day_of

GROUND = "personvernforordningen artikkel 15"
# A refused try showed nothing.
_NOT_SEEN = Q(action=Action.DENIED)
# What was laid when the concern came in, what the platform did because it came, and whoever holds the receipt. Files
# that come with it are the reporter's, so everything about one but a look at it belongs here.
_LAID = [Action.CREATE, Action.CHANGE, Action.SEND]
_REPORTER = (
    Q(user_id=None, name__in=["", "intake", "receipt"])
    | Q(what__startswith="inbox.receipt")
    | Q(what__startswith="inbox.reporter")
    | Q(what="inbox.concern", action__in=_LAID)
    | Q(what__startswith="inbox.attachment", action__in=_LAID)
    | Q(what__startswith="inbox.search")
    | Q(what__startswith="inbox.client_key")
    | Q(what__in=["inbox.call", "inbox.call.begun", "inbox.caller", "joined.named"])
    | Q(what__startswith="triage.talk")
    | Q(what__in=["post.receipt.ConcernHandover", "post.receipt.CaseTransfer", "closing.arrival"])
    | Q(what="post.receipt.TransferPiece")
)
# As the rooms write the ground of a look at a matter that was opened in an emergency.
_LENT = "nødåpning"
_GLASS = "cases.glass"
_DEEDS = {
    Action.VIEW: "åpnet",
    Action.LIST: "så i en liste",
    Action.SEARCH: "fant i et søk",
    Action.PRINT: "skrev ut",
    Action.EXPORT: "tok ut",
    Action.CREATE: "skrev eller endret",
    Action.CHANGE: "skrev eller endret",
    Action.SEND: "sendte beskjed",
    Action.BREAK_GLASS: "brukte nødåpning",
}
_ABOUT_GLASS = "ba om, svarte på eller avsluttet en nødåpning"
_CONTACT = ROLES[Role.CONTACT].label
_TEAM = {ROLES[role].label for role in (Role.COORDINATOR, Role.TEAM_MEMBER)}
_CONTROL = {ROLES[role].label for role in (Role.PRIVACY_OFFICER, Role.LEADER)}
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """What one person did with the matter on one day: (deed, times) pairs, and why in words."""

    day: date
    who: str
    role: str
    deeds: tuple[tuple[str, int], ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Automatic:
    """What the platform did by itself: why, how many times, from when to when."""

    why: str
    times: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Extract:
    """The whole: `rows` is how many rows of the log it folds."""

    matter_id: UUID
    lines: tuple[Line, ...]
    automatic: tuple[Automatic, ...]
    rows: int


def find(typed: str, by: Reader) -> UUID | None:
    """The matter that somebody asks for by its number or short number; None when it is not theirs to see or not there.

    Those who work with it find it in their rooms; those who watch over the log find it there.
    """
    found = hooks.matter_named(by, typed)
    if found or not by.may(Permission.AUDIT_READ):
        return found
    wanted = typed.strip().lower().removeprefix("sak").strip()
    wanted = wanted.rpartition("-")[2] if len(wanted) < 36 else wanted
    if len(wanted) < _SHORTEST:
        return None
    matters: set[UUID] = set()
    for log in (Entry.objects, FormerEntry.objects):
        rows = log.filter(matter_id__isnull=False).filter(object_id__startswith=wanted)
        matters |= {matter for (matter,) in rows.order_by().values_list("matter_id").distinct()[:2] if matter}
    return only if len(matters) == 1 and _may_extract(only := next(iter(matters))) else None


def _may_extract(matter_id: UUID) -> bool:
    """Of a covered matter only those who see it make an extract."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_may_extract(%s)", [matter_id])
        (may,) = cursor.fetchone()
    return bool(may)


def extract(matter_id: UUID, by: Reader) -> Extract:
    """The extract of a matter, logged as a print. Http404 (logged too) for one that is hidden or not there."""
    if not by.may(Permission.AUDIT_EXTRACT) or find(str(matter_id), by) != matter_id:
        record(by=by, action=Action.DENIED, what="audit.extract", ids=[matter_id])
        raise Http404
    rows: list[Entry | FormerEntry] = [*former_rows(matter_id), *seen_rows(matter_id)]
    record(by=by, action=Action.PRINT, what="audit.extract", ids=[matter_id], ground=GROUND)
    return fold(matter_id, rows)


def seen_rows(matter_id: UUID) -> QuerySet[Entry]:
    """Every row of the log that says that somebody, or the platform, had to do with the matter."""
    return Entry.objects.filter(matter_id=matter_id).exclude(_NOT_SEEN).exclude(_REPORTER).order_by("at", "number")


def former_rows(matter_id: UUID) -> "QuerySet[FormerEntry]":
    """The same of the time before its kommune became part of this one."""
    rows = FormerEntry.objects.filter(matter_id=matter_id).exclude(_NOT_SEEN).exclude(_REPORTER)
    return rows.order_by("at", "office", "number")


def fold(matter_id: UUID, rows: "Iterable[Entry | FormerEntry]") -> Extract:
    """Per person and day, in order of time; the platform's own acts by purpose."""
    people: dict[tuple[date, UUID], list[Entry | FormerEntry]] = {}
    purposes: dict[str, list[Entry | FormerEntry]] = {}
    for row in rows:
        if row.user_id:
            people.setdefault((day_of(row.at), row.user_id), []).append(row)
        else:
            purposes.setdefault(why_automatic(row.name), []).append(row)
    lines = tuple(sorted((_line(day, theirs) for (day, _), theirs in people.items()), key=lambda x: (x.day, x.who)))
    automatic = tuple(_automatic(why, purposes[why]) for why in sorted(purposes))
    folded = sum(map(len, people.values())) + sum(map(len, purposes.values()))
    return Extract(matter_id, lines, automatic, folded)


def _line(day: date, rows: "list[Entry | FormerEntry]") -> Line:
    deeds = Counter(_deed(row) for row in rows)
    ordered = tuple((deed, deeds[deed]) for deed in dict.fromkeys([*_DEEDS.values(), _ABOUT_GLASS]) if deeds[deed])
    # That somebody may also report from a service is no part of what they did here.
    role = ", ".join(each for each in rows[-1].role.split(", ") if each != _CONTACT)
    return Line(day, rows[-1].name, role, ordered, tuple(sorted({_why(row) for row in rows})))


def _deed(row: "Entry | FormerEntry") -> str:
    return _ABOUT_GLASS if row.what == _GLASS else _DEEDS[Action(row.action)]


def _why(row: "Entry | FormerEntry") -> str:
    roles = set(row.role.split(", "))
    if row.what == _GLASS:
        return "Nødåpning"
    if row.action == Action.BREAK_GLASS or row.ground == _LENT:
        return "Nødåpning, godkjent av en annen"
    if row.what.startswith("audit.") or (not roles & _TEAM and roles & _CONTROL):
        return "Kontroll av innsyn"
    return "Arbeid med saken" if roles & _TEAM else "Annet arbeid i kommunen"


def _automatic(why: str, rows: "list[Entry | FormerEntry]") -> Automatic:
    days = [day_of(row.at) for row in rows]
    return Automatic(why, len(rows), min(days), max(days))
