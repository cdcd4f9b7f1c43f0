"""Which kommune does a call belong to? Pure: what was told and the known kommuner in, a proposal with its reason out.

The kommune where the person lives decides; where it happened is asked only when that is not known. A phone
number is never looked at: people keep their number when they move.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

State = Literal["one", "ask", "no_team", "outside", "none"]
_LETTERS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a"})
# Four digits that stand alone; two groups side by side are a phone number.
_POSTCODE = re.compile(r"(?<![\d+])(?<!\d[ -])\d{4}(?![ -]?\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Area:
    """A kommune as it can be found. `office` is None when it is not on the platform; `ours`: in this region."""

    number: str
    name: str
    places: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    office: UUID | None = None
    ours: bool = False
    has_team: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """What is proposed, and why, in a sentence for the operator. `areas` holds one, or those to choose between."""

    state: State
    areas: tuple[Area, ...]
    reason: str

    @property
    def area(self) -> Area | None:
        """The one kommune, when there is one."""
        return self.areas[0] if len(self.areas) == 1 else None


@dataclass(frozen=True, slots=True)
class _Clue:
    """A word of the text and the kommuner that it may mean."""

    word: str
    start: int
    end: int
    areas: frozenset[Area]


NOTHING = Route("none", (), "Skriv sted, postnummer eller kommune, så foreslår vi mottaker.")


def propose(areas: Sequence[Area], *, lives: str, happened: str) -> Route:
    """Propose from where the person lives, else from where it happened."""
    clues = look_up(areas, lives)
    if clues:
        return _route(clues, "Den utsatte bor i")
    clues = look_up(areas, happened)
    if clues:
        why = "Vi kjenner ikke igjen stedet der den utsatte bor." if lives else "Vi vet ikke hvor den utsatte bor."
        return _route(clues, f"{why} Det skjedde i")
    if lives or happened:
        return Route("none", (), "Vi kjenner ikke igjen stedet. Spør om kommune eller postnummer, eller velg selv.")
    return NOTHING


def look_up(areas: Sequence[Area], text: str) -> list[_Clue]:
    """Every postcode, kommune and place in the text; a shorter name inside a longer one does not count."""
    words = fold(text).split()
    found = [*_postcodes(areas, text), *_names(areas, words)]
    return [one for one in found if not any(_inside(one, other) for other in found)]


def fold(text: str) -> str:
    """Small letters and digits with blanks between: «Åmot», «Aamot» and «amot» are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.replace("aa", "a").replace("oe", "o").split())


def _postcodes(areas: Iterable[Area], text: str) -> list[_Clue]:
    # Postcodes stand outside the rows of words, so they never hide a name.
    hits = [(code, frozenset(a for a in areas if code in a.postcodes)) for code in _POSTCODE.findall(text)]
    return [_Clue(code, -1, -1, found) for code, found in hits if found]


def _names(areas: Iterable[Area], words: list[str]) -> list[_Clue]:
    found: dict[tuple[int, int], tuple[str, set[Area]]] = {}
    for area in areas:
        for name in (area.name, *area.places):
            for start, end in _spans(fold(name).split(), words):
                found.setdefault((start, end), (name, set()))[1].add(area)
    return [_Clue(name, start, end, frozenset(hit)) for (start, end), (name, hit) in found.items()]


def _spans(name: list[str], words: list[str]) -> Iterable[tuple[int, int]]:
    size = len(name)
    return [(at, at + size) for at in range(len(words) - size + 1) if size and words[at : at + size] == name]


def _inside(one: _Clue, other: _Clue) -> bool:
    longer = other.end - other.start > one.end - one.start
    return one.start >= 0 and longer and other.start <= one.start and one.end <= other.end


def _route(clues: list[_Clue], lead: str) -> Route:
    agreed = frozenset.intersection(*(clue.areas for clue in clues))
    areas = agreed or frozenset.union(*(clue.areas for clue in clues))
    ordered = tuple(sorted(areas, key=lambda area: (not area.ours, area.name, area.number)))
    place = " ".join(dict.fromkeys(clue.word for clue in clues))
    if len(ordered) > 1:
        return Route("ask", ordered, f"{lead} «{place}». Det kan være {_or(ordered)}. Spør, og velg kommune.")
    area = ordered[0]
    known = f"{lead} {area.name}." if place == area.name else f"{lead} «{place}», som hører til {area.name}."
    return Route(_state(area), ordered, known)


def _state(area: Area) -> State:
    if not area.ours:
        return "outside"
    return "one" if area.has_team else "no_team"


def _or(areas: Sequence[Area]) -> str:
    names = [f"{area.name} ({area.number})" for area in areas]
    return " eller ".join([", ".join(names[:-1]), names[-1]])
