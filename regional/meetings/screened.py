"""What in the minutes may be about somebody in a case: pointed out, never cut, and never in the way.

The members' own names and the kommuner belong in minutes, and are no findings.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from regional.meetings.models import Invitee
from regional.meetings.shown import Point, Seen
from shared.codes.screening import Piece, Words, look
from varde.ui.gone import words


@dataclass(frozen=True, slots=True)
class Finding:
    """A text with something to look at: which point, and the text cut where the findings are."""

    point: Point
    pieces: list[Piece]


def findings_in(shown: Seen, points: Iterable[Point] | None = None) -> list[Finding]:
    """What was said and decided on these points, or on all."""
    known = Words(known=frozenset(_known(shown.people)))
    found = []
    for point in shown.points if points is None else points:
        for text in (words(point.item, "said"), *(words(one, "text") for one in point.decisions)):
            seen = look({"text": text}, known)
            if seen.found:
                found.append(Finding(point, seen.pieces("text")))
    return found


def _known(people: Iterable[Invitee]) -> Iterable[str]:
    for one in people:
        for said in (words(one, "name"), words(one, "substitute"), one.kommune):
            yield said.casefold()
            yield from said.casefold().split()
