"""Which of the region's lines a call came on, what is said there, and what the agreement allows: one place to ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from regional.hotline.states import SERVICES
from regional.lines import queries as lines
from regional.lines.greetings import LANGUAGES
from regional.lines.models import Line
from varde.access import Reader

__all__ = ["LANGUAGES", "LineFacts", "Said", "acute_allowed", "line_of", "rings_now", "said_on"]
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


def said_on(line_id: UUID | None, language: str, by: Reader) -> Said:
    """The greeting of a call's line, with the operator's name in it."""
    line = Line.objects.filter(id=line_id).first() if line_id else None
    words = lines.greeting(line, language if language in LANGUAGES else "nb")
    shared = line.shared_with if line else ""
    return Said(words.said_by(by.name), words.language, words.written, line.name if line else "", shared)


def rings_now(line_id: UUID | None, at: datetime) -> list[str]:
    """The apparatus that ring for a line now: the region's own numbers, nobody's name."""
    line = Line.objects.filter(id=line_id).first() if line_id else None
    return lines.apparatus(line, at) if line else []


def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """What lines are called."""
    return dict(Line.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
