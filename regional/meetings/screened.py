"""What in an agenda and in minutes may be about somebody in a case: pointed out, never cut, and never in the way.

The members' own names and the kommuner belong there, and are no findings. An id number is refused as it is typed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regional.meetings.models import Invitee
from regional.meetings.shown import Point, Seen
from shared.codes.screening import Piece, Words, look
from varde import screens
from varde.refusal import Refused
from varde.ui.gone import words


@dataclass(frozen=True, slots=True)
class Finding:
    """A text with something to look at: which point (None: the attendance), cut where the findings are."""

    point: Point | None
    pieces: list[Piece]


def findings_in(shown: Seen, points: Iterable[Point] | None = None) -> list[Finding]:
    """What was typed on these points: on the agenda by hand, said and decided; or on all, and why somebody was away."""
    known = own_words(shown)
    found: list[Finding] = []
    for point in shown.points if points is None else points:
        found += _looked(_typed(point), known, point)
    if points is None:
        found += _looked((*(words(one, "reason") for one in shown.people), shown.entered_why), known)
    return found


def _typed(point: Point) -> Iterator[str]:
    if point.item.kind == "own" or point.item.text_version:
        yield from (words(point.item, "title"), words(point.item, "text"))
    yield words(point.item, "said")
    yield from (words(one, "text") for one in point.decisions)


def _looked(texts: Iterable[str], known: Words, point: Point | None = None) -> Iterator[Finding]:
    for text in texts:
        seen = look({"text": text}, known)
        if seen.found:
            yield Finding(point, seen.pieces("text"))


def own_words(shown: Seen) -> Words:
    """The members' names and the kommuner, which belong in what the leader team writes."""
    return Words(known=frozenset(_known(shown.people)))


def no_id_number(*texts: str) -> None:
    """Raise Refused for what looks like an id number: agendas and minutes are never about anybody in a case."""
    if any("et fødselsnummer" in screens.numbers(text) for text in texts):
        raise Refused("Teksten ser ut til å inneholde et fødselsnummer. Saklister og referater skal ikke ha det.")


def _known(people: Iterable[Invitee]) -> Iterable[str]:
    for one in people:
        for said in (words(one, "name"), words(one, "substitute"), one.kommune):
            yield said.casefold()
            yield from said.casefold().split()
