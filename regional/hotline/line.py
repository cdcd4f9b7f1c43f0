"""Which of the region's lines a call came on, what is said there, and what the agreement allows: one place to ask."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from regional.hotline.states import SERVICES
from regional.lines import queries as lines
from regional.lines.board import board
from regional.lines.greetings import LANGUAGES
from regional.lines.models import Line
from varde.access import Reader

__all__ = [
    "LANGUAGES", "LineFacts", "Said", "acute_allowed", "chosen", "holds_now", "line_of", "offered", "rings_now",
    "said_on",
]  # fmt: skip
acute_allowed = lines.acute_allowed


@dataclass(frozen=True, slots=True)
class LineFacts:
    """`id` None: a number that nobody has said what is; then the hotline's."""

    id: UUID | None = None
    service: str = "hotline"


@dataclass(frozen=True, slots=True)
class Said:
    """What to say, in which language it is, whether that is the one asked for; whose number it also is."""

    text: str
    language: str
    written: bool
    line: str
    shared: str


def line_of(number: str, at: datetime) -> LineFacts:
    """The line that was rung. A kommune's own phone that is answered here is answered by the hotline."""
    line = lines.line_for(number, at) if number else None
    if line is None:
        return LineFacts()
    return LineFacts(line.id, line.service if line.service in dict(SERVICES) else "hotline")


def offered() -> list[Line]:
    """The lines that are answered here, for a call that no telephone system announces."""
    return [line for line in lines.open_lines() if line.service in dict(SERVICES)]


def chosen(line_id: str, by: Reader, at: datetime) -> LineFacts:
    """The line that the operator chose; else the one that holds now."""
    for line in offered():
        if str(line.id) == line_id:
            return LineFacts(line.id, line.service)
    return holds_now(by, at)


def holds_now(by: Reader, at: datetime) -> LineFacts:
    """The line of what answers most of the kommuner now; where nothing of ours does, the hotline's, else any."""
    known = board(at, days=1)
    answers: Counter[LineFacts] = Counter()
    for office in lines.members(by.office.id):
        kind = known.answer(office.id, at).kind
        if kind in dict(SERVICES):
            line = known.line_of(office.id, kind, at)
            answers[LineFacts(line.id if line else None, kind)] += 1
    if answers:
        return max(answers, key=lambda each: (answers[each], each.service == "hotline"))
    ours = sorted(offered(), key=lambda line: (line.service != "hotline", bool(line.shared_with), line.name))
    return LineFacts(ours[0].id, ours[0].service) if ours else LineFacts()


def said_on(line_id: UUID | None, language: str, by: Reader, service: str = "hotline") -> Said:
    """The greeting of a call's line, or of its service where no line is known, with the operator's name in it."""
    line = Line.objects.filter(id=line_id).first() if line_id else None
    language = language if language in LANGUAGES else "nb"
    words = lines.greeting(line, language) if line else lines.greeting_of(None, service, language)
    shared = line.shared_with if line else ""
    return Said(words.said_by(by.name), words.language, words.written, line.name if line else "", shared)


def rings_now(line_id: UUID | None, at: datetime) -> list[str]:
    """The apparatus that ring for a line now: the region's own numbers, nobody's name."""
    line = Line.objects.filter(id=line_id).first() if line_id else None
    return board(at, days=1).routed(line, at).apparatus if line else []


def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """What lines are called."""
    return dict(Line.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
