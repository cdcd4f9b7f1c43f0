"""Asking about lines, numbers, words and set-ups. Everything here is the region's own; nothing is about a caller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from regional.lines import setup as rules
from regional.lines.board import Answer, Board, board
from regional.lines.greetings import Greeting, shipped
from regional.lines.models import AcuteAgreement, Line, Pointing, Ringing, SetupVersion, Words
from regional.lines.numbers import NotANumber, e164
from shared.registry.models import Office
from shared.registry.phones import phones
from shared.registry.queries import norwegian
from varde.access import Reader
from varde.clock import now as the_time
from varde.ui.dates import date_and_time, day_of


def line_for(number: str, at: datetime | None = None) -> Line | None:
    """The line that a number leads to at a time (None: now); None for one that leads nowhere or is no number."""
    at = at or the_time()
    try:
        wanted = e164(number)
    except NotANumber:
        return None
    rows = Pointing.objects.filter(number=wanted, since__lte=at).select_related("line")
    newest = rows.order_by("-since", "-set_at", "-id").first()
    line = newest.line if newest else None
    return line if line and (line.closed_at is None or at < line.closed_at) else None


def apparatus(line: Line, at: datetime) -> list[str]:
    """What rings for a line at a time."""
    row = Ringing.objects.filter(line=line, since__lte=at).order_by("-since", "-set_at", "-id").first()
    return list(row.apparatus) if row else []


def dialled_numbers() -> set[str]:
    """The numbers that lead to a line, now or at a time to come."""
    moment = the_time()
    holds: dict[str, UUID | None] = {}
    coming: set[str] = set()
    for row in Pointing.objects.order_by("since", "set_at", "id"):
        if row.since <= moment:
            holds[row.number] = row.line_id
        elif row.line_id:
            coming.add(row.number)
    return coming | {number for number, line in holds.items() if line}


def rung_numbers() -> set[str]:
    """The apparatus that ring for a line in use, now or at a time to come."""
    found: dict[UUID, set[str]] = {}
    for row in Ringing.objects.filter(line__closed_at=None).order_by("since", "set_at", "id"):
        coming = row.since > the_time()
        found[row.line_id] = set(row.apparatus) | (found.get(row.line_id, set()) if coming else set())
    return set().union(*found.values())


def greeting(line: Line | None, language: str = "nb") -> Greeting:
    """The words for a line, else for its service, else ours; in bokmål where the language has none."""
    return greeting_of(line, line.service if line else "hotline", language)


def greeting_of(line: Line | None, service: str, language: str) -> Greeting:
    """The same for a service of which no line is known."""
    for wanted in dict.fromkeys((language, "nb")):
        text = _words(line, service, wanted) or shipped(service, wanted, line.shared_with if line else "")
        if text:
            return Greeting(text, wanted, wanted == language)
    raise LookupError(service)


def _words(line: Line | None, service: str, language: str) -> str:
    """The newest of the line's own words, unless they were taken back; else those of the service."""
    rows = Words.objects.filter(Q(line=line) | Q(line=None), service=service, language=language)
    own: dict[UUID | None, str] = {}
    for row in rows.order_by("set_at", "id"):
        own[row.line_id] = row.text
    # A number that is shared has words of its own even where the service has some.
    general = "" if line and line.shared_with else own.get(None, "")
    return (own.get(line.id, "") if line else "") or general


def words_history(line: Line | None, service: str) -> list[Words]:
    """Each version of the words of a line, or of a service, the newest first."""
    return list(Words.objects.filter(line=line, service=service).order_by("-set_at", "-id")[:50])


def answers(of: Line | UUID, at: datetime) -> Answer:
    """Who answers a kommune's callers at a time, or a line's: that of all answers as long as its apparatus ring."""
    known = board(at)
    kommune = of.kommune if isinstance(of, Line) else of
    if kommune is not None:
        return known.answer(kommune, at)
    assert isinstance(of, Line)  # noqa: S101 - a kommune was no line
    way = known.routed(of, at)
    number = next(iter(known.numbers_of(way.line.id, at)), "") if way.line else ""
    return Answer(way.kind, number, way.until, known.in_vain(way.kind, at))


def acute_allowed(by: Reader, at: datetime) -> bool:
    """Does the agreement let the region's operators act themselves in the acute phase on this day?"""
    if by.office.kind != "region":
        return False
    today = day_of(at)
    # A no for some days is over when they are; a yes stands in the place of every yes before it.
    over = Q(allowed=False, until_day__lt=today)
    row = AcuteAgreement.objects.filter(from_day__lte=today).exclude(over).order_by("-set_at", "-id").first()
    return row is not None and row.allowed and (row.until_day is None or today <= row.until_day)


def agreements() -> list[AcuteAgreement]:
    """What has been said of it, the newest first."""
    return list(AcuteAgreement.objects.order_by("-set_at", "-id"))


def members(region: UUID) -> list[Office]:
    """The region's kommuner with a team, by name: those whose phone is answered."""
    return [office for office in to_set_up(region) if office.has_team]


def to_set_up(region: UUID) -> list[Office]:
    """All of the region's kommuner, by name: who answers is settled, and the number laid out, before one opens."""
    rows = Office.objects.filter(region_id=region, kind="kommune", active=True)
    return sorted(rows, key=lambda office: (norwegian(office.name), office.number))


def open_lines() -> list[Line]:
    """The lines in use, by name."""
    return sorted(Line.objects.filter(closed_at=None), key=lambda line: norwegian(line.name))


type Silence = tuple[str, datetime, datetime, str]


def silent_ahead(now: datetime, region: UUID) -> list[Silence]:
    """When callers ring in vain within seven days: (kommune, from, until, why); the same for all is said once."""
    return silent_of(board(now), members(region), now)


def silent_of(known: Board, offices: Sequence[Office], now: datetime) -> list[Silence]:
    """The same of what has been read."""
    by_hole: dict[tuple[datetime, datetime, str], list[str]] = {}
    for office in offices:
        for hole in known.silent(office.id, now):
            by_hole.setdefault(hole, []).append(office.name)
    return [
        (_names(names, len(offices)), *hole) for hole, names in sorted(by_hole.items(), key=lambda item: item[0][:2])
    ]


@dataclass(frozen=True, slots=True)
class Astray:
    """A kommune whose pages show a number that its set-up does not answer."""

    kommune: Office
    shown: str
    answered: tuple[str, ...]


def astray(known: Board, offices: Sequence[Office], at: datetime) -> list[Astray]:
    """Kommuner whose pages lead callers elsewhere than the set-up in force: what it answers has numbers, and the one
    that is shown is none of them. Two queries."""
    shown = phones(offices, at)
    found = []
    for office in offices:
        setup = rules.version_at(known.versions.get(office.id, []), at).setup
        kinds = dict.fromkeys([*(rule.service for rule in setup.rules), setup.fallback])
        answered = tuple(number for number in (known.number(office.id, kind, at) for kind in kinds) if number)
        if answered and shown[office.id].number and _dialled(shown[office.id].number) not in answered:
            found.append(Astray(office, shown[office.id].number, answered))
    return found


def astray_now(at: datetime, region: UUID) -> list[Astray]:
    """The same of a region's kommuner."""
    return astray(board(at), members(region), at)


def _dialled(number: str) -> str:
    try:
        return e164(number)
    except NotANumber:
        return number


def pointed_in_vain(number: str, line: Line | None, since: datetime, region: UUID) -> str:
    """What would go wrong if this number led there from then on, in a sentence; "" for nothing more than now."""
    known, offices = board(since), members(region)
    if line is None and number in known.pointed(since):
        return "Da leder nummeret ingen steder, og den som ringer det, kommer ikke fram."
    told = Pointing(number=number, line=line, since=since, set_at=since)
    after = replace(known, pointings=tuple(sorted((*known.pointings, told), key=lambda row: row.since)))
    new = [hole for hole in silent_of(after, offices, since) if hole not in silent_of(known, offices, since)]
    if not new:
        return ""
    who, starts, _, why = new[0]
    return f"Da ringer noen forgjeves: {who}, fra {date_and_time(starts)}. {why}."


def _names(names: Iterable[str], of: int) -> str:
    found = list(names)
    return "Alle kommunene" if len(found) == of > 1 else ", ".join(found)


def setup_seen() -> str:
    """What was set last, for a page to send back; "" for nothing."""
    row = SetupVersion.objects.order_by("-set_at", "-id").first()
    return str(row.change) if row else ""


def setup_history(kommune: UUID) -> list[dict[str, Any]]:
    """What has been set for a kommune, the newest first, for a page."""
    rows = SetupVersion.objects.filter(kommune=kommune).order_by("-set_at", "-id")[:50]
    return [
        {
            "when": row.set_at,
            "who": row.set_by,
            "title": f"Fra {date_and_time(row.since)}",
            "text": rules.in_words(rules.from_json(row.content)),
        }
        for row in rows
    ]


def line_seen(line: Line) -> str:
    """The newest change of a line's numbers and apparatus, for a page to send back."""
    pointed = Pointing.objects.filter(line=line).order_by("-set_at", "-id").values_list("id", flat=True).first()
    rings = Ringing.objects.filter(line=line).order_by("-set_at", "-id").values_list("id", flat=True).first()
    return f"{pointed}/{rings}/{line.shared_with}/{line.name}"
