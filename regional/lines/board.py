"""All that decides who answers, read once: for several kommuner, or for other times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from regional.lines import setup as rules
from regional.lines.models import Line, Pointing, Ringing, SetupVersion
from regional.lines.setup import Kind, Stretch, Version
from regional.phone import queries as phone
from varde import rota
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
class Routed:
    """What answers a call to a line, until when, on which line (None: on none of ours), and what rings, all at once."""

    kind: Kind
    until: datetime | None
    line: Line | None
    apparatus: list[str]


@dataclass(frozen=True, slots=True)
class Board:
    """Who answers whom, by what is set and on shift."""

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
        silent = self.in_vain(kind, at) or bool(self.lacks(kommune, kind, at))
        return Answer(kind, number, rules.until(versions, at, self.hotline), silent)

    def lacks(self, kommune: UUID, kind: Kind, at: datetime) -> str:
        """Why nobody is reached there, in words: no number, or no apparatus where Varde says what rings; else ""."""
        if kind in ("form", "legevakt"):
            return ""
        line = self.line_of(kommune, kind, at)
        if line is None or not self.numbers_of(line.id, at):
            return f"{rules.KINDS[kind]} har ikke noe nummer"
        told = line.id in self.ringings or (kind == "hotline" and self.ringings)
        return f"{rules.KINDS[kind]} har ingen telefoner som ringer" if told and not self.apparatus(line.id, at) else ""

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

    def routed(self, line: Line, at: datetime) -> Routed:
        """Where a call to a line goes: a kommune's own by the kommune's set-up, one of all by what answers it."""
        if line.kommune is not None:
            answer = self.answer(line.kommune, at)
            kind, until = answer.kind, answer.until
            rings = self.line_of(line.kommune, kind, at) if kind not in ("form", "legevakt") else None
        else:
            kind, until = self.shared(line, at)
            rings = line if kind == line.service else self.line_of(NOBODY, kind, at)
        apparatus = self.apparatus(rings.id, at) if rings else [LEGEVAKT] if kind == "legevakt" else []
        return Routed(kind, until, rings, apparatus)

    def silent(self, kommune: UUID, now: datetime, days: int = 7) -> list[tuple[datetime, datetime, str]]:
        """When a kommune's callers ring in vain from now on, and why."""
        ringings = [row.since for each in self.ringings.values() for row in each]
        moved = [since for since in (*(row.since for row in self.pointings), *ringings) if now < since]
        found = rules.cut(self.stretches(kommune, now, now + timedelta(days=days)), moved)
        return rules.silent(found, lambda kind, at: self.lacks(kommune, kind, at), self.unmanned)


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
