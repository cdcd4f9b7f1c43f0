"""A meeting as one reader sees it: numbers, names and who goes out, of the points that are there for that reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from shared.codes import legal
from tenants.meeting import queries
from tenants.meeting.agenda import KINDS
from tenants.meeting.models import Decision, Hearing, Item, Meeting, Participant
from varde.privacy.fields import open_together
from varde.text import listed
from varde.ui.gone import words


@dataclass(frozen=True, slots=True)
class Point:
    """A point with its number, name and address; who goes out, and who from outside may stay and why."""

    number: int
    item: Item
    name: str
    url: str
    why: str
    out: Sequence[str] = ()
    stay: Sequence[tuple[Hearing, str]] = ()
    decisions: Sequence[Decision] = ()
    # What was entered by mistake, with who took it back and why.
    wrong: Sequence[str] = ()

    @property
    def goes_out(self) -> str:
        """«Tom går ut når dere tar Sak 2026-1A2B3C.», or nothing."""
        return f"{listed(self.out)} går ut når dere tar {self.name}." if self.out else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The agenda, what was taken off it, and who comes, for one reader."""

    points: Sequence[Point]
    off: Sequence[Point]
    people: Sequence[Participant] = field(default=())


def seen(meeting: Meeting) -> Seen:
    """A constant number of queries however many points there are."""
    rows, asked = queries.items(meeting), queries.participants(meeting)
    people = [one for one in asked if one.gone_at is None]
    matters = [item.concern_id for item in rows if item.concern_id]
    names, seers, hearings = queries.names(matters), queries.seers(matters), queries.hearings(rows)
    decisions = queries.decisions(meeting)
    open_together([*rows, *asked, *hearings, *decisions])
    shown: list[Point] = []
    off: list[Point] = []
    for item in rows:
        name, url = names.get(item.concern_id, ("", "")) if item.concern_id else (words(item, "title"), "")
        able = seers.get(item.concern_id) if item.concern_id else None
        heard, wrong_heard = _parted([one for one in hearings if one.item_id == item.id])
        made, wrong_made = _parted([one for one in decisions if one.item_id == item.id])
        out = [] if able is None else [name_of(one) for one in people if not _may_hear(one, able, heard)]
        listed = off if item.off else shown
        stay = [(one, _stay(one, asked)) for one in heard]
        wrong = [_taken_back(words(one, "text"), one) for one in wrong_made]
        wrong += [_taken_back(_stay(one, asked), one) for one in wrong_heard]
        listed.append(Point(len(listed) + 1, item, name, url, dict(KINDS)[item.why], out, stay, made, wrong))
    return Seen(shown, off, people)


def name_of(person: Participant) -> str:
    """A colleague by name; somebody from outside with the service."""
    return person.user.name if person.user else f"{words(person, 'name')} ({words(person, 'service')})"


def _may_hear(person: Participant, able: set[UUID], heard: Sequence[Hearing]) -> bool:
    return person.user_id in able if person.user_id else any(one.participant_id == person.id for one in heard)


def _stay(hearing: Hearing, asked: Sequence[Participant]) -> str:
    person = next(one for one in asked if one.id == hearing.participant_id)
    may = "kan høre dette" if person.gone_at is None else "gikk før møtet, men kunne høre dette"
    return f"{name_of(person)} {may}: {legal.reference(hearing.ground).label}. {words(hearing, 'reason')}"


def _parted[R: (Decision, Hearing)](rows: Sequence[R]) -> tuple[list[R], list[R]]:
    """What counts, and what was entered by mistake."""
    return [row for row in rows if row.gone_at is None], [row for row in rows if row.gone_at is not None]


def _taken_back(said: str, row: Decision | Hearing) -> str:
    return f"{said} Feilført, sier {row.gone_by_name}: {words(row, 'gone_reason')}"
