"""Asking about lines, numbers, words and set-ups. Everything here is the region's own; nothing is about a caller."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from regional.lines import setup as rules
from regional.lines.greetings import Greeting, shipped
from regional.lines.models import AcuteAgreement, Line, Pointing, Ringing, SetupVersion, Words
from regional.lines.numbers import NotANumber, e164
from regional.lines.setup import Kind, Setup, Stretch, Version
from regional.phone import queries as phone
from shared.registry.models import Office
from shared.registry.queries import norwegian
from varde import rota
from varde.access import Reader
from varde.clock import now as the_time
from varde.ui.dates import date_and_time, day_of
from varde.worktime import Calendar

LEGEVAKT = "116117"
# No kommune: the lines of all.
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a kommune's callers: on which number ("" for none), until when, and whether nobody really does."""

    kind: Kind
    phone: str
    until: datetime | None
    silent: bool = False

    @property
    def label(self) -> str:
        """In words."""
        return rules.KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Board:
    """All that decides who answers, read once: use it for several kommuner or times."""

    versions: Mapping[UUID, list[Version]]
    lines: Mapping[UUID, Line]
    pointings: tuple[Pointing, ...]
    ringings: Mapping[UUID, list[Ringing]]
    hotline: Calendar
    # When nobody is on shift, whether the phone is open or not: a set-up may name it outside its own hours too.
    unmanned: tuple[tuple[datetime, datetime], ...]

    def numbers_of(self, line: UUID, at: datetime) -> list[str]:
        """The numbers that lead to a line at a time, in the order in which they were set."""
        return [number for number, row in self.pointed(at).items() if row.line_id == line]

    def pointed(self, at: datetime) -> dict[str, Pointing]:
        """Where each number leads at a time."""
        return {row.number: row for row in self.pointings if row.since <= at}

    def apparatus(self, line: UUID, at: datetime) -> list[str]:
        """What rings for a line at a time."""
        rows = [row for row in self.ringings.get(line, ()) if row.since <= at]
        return list(rows[-1].apparatus) if rows else []

    def line_of(self, kommune: UUID, kind: Kind, at: datetime) -> Line | None:
        """The line of a service for a kommune: with a number before without, its own before the one
        of all, a number of our own before a shared one."""
        able = [
            line
            for line in self.lines.values()
            if line.service == kind
            and (line.kommune == kommune or (line.kommune is None and kind != "own"))
            and line.opened_at <= at
            and (line.closed_at is None or at < line.closed_at)
        ]
        ranked = sorted(able, key=lambda line: self._rank(line, at))
        return ranked[0] if ranked else None

    def _rank(self, line: Line, at: datetime) -> tuple[bool, bool, bool, str]:
        return (not self.numbers_of(line.id, at), line.kommune is None, bool(line.shared_with), line.name)

    def number(self, kommune: UUID, kind: Kind, at: datetime) -> str:
        """What to dial; "" where there is nothing."""
        if kind == "legevakt":
            return LEGEVAKT
        line = None if kind == "form" else self.line_of(kommune, kind, at)
        return next(iter(self.numbers_of(line.id, at)), "") if line else ""

    def stretches(self, kommune: UUID, since: datetime, until: datetime) -> list[Stretch]:
        """Who answers a kommune's callers between two times."""
        return rules.stretches(self.versions.get(kommune, []), since, until, self.hotline)

    def answer(self, kommune: UUID, at: datetime) -> Answer:
        """Who answers a kommune's callers at a time."""
        versions = self.versions.get(kommune, [])
        kind = rules.answer_at(versions, at, self.hotline)
        number = self.number(kommune, kind, at)
        silent = self.in_vain(kind, at) or (kind != "form" and not number)
        return Answer(kind, number, rules.until(versions, at, self.hotline), silent)

    def in_vain(self, kind: Kind, at: datetime) -> bool:
        """Does the shared phone ring with nobody on shift?"""
        return kind == "hotline" and any(starts <= at < ends for starts, ends in self.unmanned)

    def shared(self, line: Line, at: datetime) -> tuple[Kind, datetime | None]:
        """What answers a line of all kommuner, and until when: its own service while that is open, then what all of
        the kommuner have in common, else the form."""
        until = rules.until([], at, self.hotline)
        if line.service != "hotline":
            return ("krisesenter" if line.service == "krisesenter" else "form"), None
        if rules.answer_at([], at, self.hotline) == "hotline":
            return "hotline", until
        kinds = {rules.answer_at(said, at, self.hotline) for said in self.versions.values()} - {"own"}
        return (kinds.pop() if len(kinds) == 1 else "form"), until

    def silent(self, kommune: UUID, now: datetime, days: int = 7) -> list[tuple[datetime, datetime, str]]:
        """When a kommune's callers ring in vain from now on, and why."""
        moved = [row.since for row in self.pointings if now < row.since]
        found = rules.cut(self.stretches(kommune, now, now + timedelta(days=days)), moved)
        return rules.silent(
            found, lambda kind, at: kind == "form" or bool(self.number(kommune, kind, at)), self.unmanned
        )


def board(now: datetime, days: int = 7) -> Board:
    """Read it all, with the phone's rota for so many days: as many queries however much there is."""
    ringings: dict[UUID, list[Ringing]] = {}
    for row in Ringing.objects.order_by("since", "set_at", "id"):
        ringings.setdefault(row.line_id, []).append(row)
    return Board(
        versions=versions(),
        lines={line.id: line for line in Line.objects.all()},
        pointings=tuple(Pointing.objects.order_by("since", "set_at", "id")),
        ringings=ringings,
        hotline=phone.calendar(),
        unmanned=_unmanned(now, now + timedelta(days=days)),
    )


def _unmanned(since: datetime, until: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """When nobody has the shared phone; nothing where no rota is in use."""
    if not phone.in_use():
        return ()
    return tuple((each.starts, each.ends) for each in rota.stretches(phone.rota(), since, until) if not each.people)


def versions() -> dict[UUID, list[Version]]:
    """The set-ups of each kommune, in the order in which they were said."""
    found: dict[UUID, list[Version]] = {}
    for row in SetupVersion.objects.order_by("set_at", "id"):
        found.setdefault(row.kommune, []).append(Version(row.since, rules.from_json(row.content)))
    return found


def setup_at(at: datetime) -> dict[UUID, Setup]:
    """The set-up of each of the region's kommuner that has one; the others have `setup.DEFAULT`."""
    return {kommune: rules.version_at(said, at).setup for kommune, said in versions().items()}


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
    kind, until = known.shared(of, at)
    line = of if kind == of.service else known.line_of(NOBODY, kind, at)
    number = next(iter(known.numbers_of(line.id, at)), "") if line else ""
    return Answer(kind, number, until, known.in_vain(kind, at))


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
    rows = Office.objects.filter(region_id=region, kind="kommune", active=True, has_team=True)
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
