"""Which kommune does a call belong to? Pure: what was told and the known kommuner in, a proposal with its reason out.

The kommune where the person lives decides; where it happened is asked only when that is not known. A phone
number is never looked at: people keep their number when they move. A word that is nearly a name is only asked about.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from uuid import UUID

State = Literal["one", "ask", "maybe", "no_team", "outside", "none"]
_LETTERS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a"})
# Four digits that stand alone; two groups side by side are a phone number.
_POSTCODE = re.compile(r"(?<![\d+])(?<!\d[ -])\d{4}(?![ -]?\d)", re.ASCII)
# Only with the word before it: four digits alone are a postcode.
_NUMBER = re.compile(r"\b(?:kommune|bydels?)(?:nummer|nr\.?)?:?\s*(\d{6}|\d{4})(?!\d)", re.ASCII | re.IGNORECASE)
# Shorter words are near to too much; of kommuner that are not ours, rather more so.
_SHORTEST, _SHORTEST_FAR, _LONG, _MOST_ASKED = 4, 6, 7, 5
# Names that are ordinary words too, like every name of three letters or fewer: they count only with a capital letter.
_WORDS = frozenset(
    {
        "berg", "fall", "fjord", "gran", "hole", "jordet", "klepp", "lund", "osen", "plassen", "sande", "sola", "stad",
        "strand", "stranda", "sund", "tangen", "time", "tinn", "valle", "vang",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A kommune or bydel as it can be found. `office` is None when it is not on the platform; `ours`: in this region.

    `phone` and `hours` are TryggEst's there, `contact_…` whom one rings where there is no team. A bydel's number begins
    with its kommune's. `former` are names and `old_numbers` numbers that are used no more.
    """

    number: str
    name: str
    places: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    office: UUID | None = None
    ours: bool = False
    has_team: bool = False
    former: tuple[str, ...] = ()
    old_numbers: tuple[str, ...] = ()
    phone: str = ""
    hours: str = ""
    contact_name: str = ""
    contact_phone: str = ""

    @property
    def parent(self) -> str:
        """The number of the kommune that a bydel lies in; "" for a kommune."""
        return self.number[:4] if len(self.number) == 6 else ""


@dataclass(frozen=True, slots=True)
class Route:
    """What is proposed, and why, in a sentence for the operator. `areas` holds one, or those to choose between."""

    state: State
    areas: tuple[Area, ...]
    reason: str

    @property
    def area(self) -> Area | None:
        """The one kommune, when there is one."""
        return self.areas[0] if len(self.areas) == 1 and self.state != "maybe" else None


@dataclass(frozen=True, slots=True)
class _Clue:
    """A word of the text and the kommuner that it may mean."""

    word: str
    start: int
    end: int
    areas: frozenset[Area]


NOTHING = Route("none", (), "Skriv sted, postnummer eller kommune, så foreslår vi mottaker.")


def propose(areas: Sequence[Area], *, lives: str, happened: str) -> Route:
    """Propose from where the person lives, else from where it happened; else ask about what is nearly a name."""
    clues = look_up(areas, lives)
    if clues:
        return _route(areas, clues, "Den utsatte bor i")
    clues = look_up(areas, happened)
    if clues:
        why = "Vi kjenner ikke igjen stedet der den utsatte bor." if lives else "Vi vet ikke hvor den utsatte bor."
        return _route(areas, clues, f"{why} Det skjedde i")
    near = _near(areas, lives) or _near(areas, happened)
    if near:
        return Route("maybe", near, f"Mente du {_or(near)}? Spør, og velg kommune.")
    if lives or happened:
        return Route("none", (), "Vi kjenner ikke igjen stedet. Spør om kommune eller postnummer, eller velg selv.")
    return NOTHING


def look_up(areas: Sequence[Area], text: str) -> list[_Clue]:
    """Every postcode, kommune and place in the text; a shorter name inside a longer one does not count."""
    numbers = _numbers(areas, text)
    found = [*numbers, *_postcodes(areas, _NUMBER.sub(" ", text)), *_names(areas, text)]
    kept = [one for one in found if not any(_inside(one, other) for other in found)]
    # Whoever says the number of a kommune has chosen, whatever else is told.
    return kept if not numbers or _agreed(kept) else numbers


def fold(text: str) -> str:
    """Small letters and digits with blanks between: «Åmot», «Aamot» and «amot» are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.replace("aa", "a").replace("oe", "o").split())


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour; `most` + 1 for more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def _numbers(areas: Iterable[Area], text: str) -> list[_Clue]:
    said = _NUMBER.findall(text)
    hits = [(n, frozenset(a for a in areas if n == a.number or n in a.old_numbers)) for n in said]
    return [_Clue(f"kommunenummer {number}", -1, -1, found) for number, found in hits if found]


def _postcodes(areas: Iterable[Area], text: str) -> list[_Clue]:
    # Postcodes stand outside the rows of words, so they never hide a name.
    hits = [(code, frozenset(a for a in areas if code in a.postcodes)) for code in _POSTCODE.findall(text)]
    return [_Clue(code, -1, -1, found) for code, found in hits if found]


def _names(areas: Iterable[Area], text: str) -> list[_Clue]:
    words, written = fold(text).split(), _written(text)
    found: dict[tuple[int, int], tuple[str, set[Area]]] = {}
    for area in areas:
        for name in _called(area):
            for start, end in _spans(_folded(name).split(), words):
                if not _is_word(name) or written[start : start + 1] in ([name], [name.upper()]):
                    found.setdefault((start, end), (name, set()))[1].add(area)
    return [_Clue(name, start, end, frozenset(hit)) for (start, end), (name, hit) in found.items()]


@cache
def _folded(name: str) -> str:
    """Of a name in the list; what is told is never kept."""
    return fold(name)


def _written(text: str) -> list[str]:
    """The words of a text as they were written."""
    whole = unicodedata.normalize("NFC", text)
    return "".join(char if char.isalnum() else " " for char in whole).split()


def _is_word(name: str) -> bool:
    return len(_folded(name)) < _SHORTEST or name.casefold() in _WORDS


def _called(area: Area) -> tuple[str, ...]:
    return (area.name, *area.places, *area.former)


def _spans(name: list[str], words: list[str]) -> Iterable[tuple[int, int]]:
    size = len(name)
    return [(at, at + size) for at in range(len(words) - size + 1) if size and words[at : at + size] == name]


def _inside(one: _Clue, other: _Clue) -> bool:
    longer = other.end - other.start > one.end - one.start
    return one.start >= 0 and longer and other.start <= one.start and one.end <= other.end


def _near(areas: Sequence[Area], text: str) -> tuple[Area, ...]:
    """Those with a name that a word of the text is nearly, nearest first; one letter off, two in a long one. A name
    that is an ordinary word too is near when it is written with a small letter."""
    words, said, found = fold(text).split(), {word.casefold() for word in _written(text)}, dict[Area, int]()
    for area in areas:
        least = _SHORTEST if area.ours else _SHORTEST_FAR
        names = _called(area)
        near = [_off(_folded(name), words) for name in names if not _is_word(name) and len(_folded(name)) >= least]
        near += [0 for name in names if _is_word(name) and name.casefold() in said]
        if hits := [off for off in near if off is not None]:
            found[area] = min(hits)
    return tuple(sorted(found, key=lambda area: (found[area], *_order(area))))[:_MOST_ASKED]


def _off(name: str, words: Sequence[str]) -> int | None:
    """How many letters the nearest of the words is off; None for too many."""
    most, size = 2 if len(name) >= _LONG else 1, len(name.split())
    parts = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    off = min((distance(part, name, most) for part in parts if len(part) >= _SHORTEST), default=most + 1)
    return off if off <= most else None


def _route(areas: Sequence[Area], clues: list[_Clue], lead: str) -> Route:
    agreed = _agreed(clues)
    wanted = agreed or frozenset.union(*(clue.areas for clue in clues))
    ordered = tuple(sorted(_nearest(areas, wanted), key=_order))
    place = " ".join(dict.fromkeys(clue.word for clue in clues))
    if len(ordered) > 1:
        return Route("ask", ordered, f"{lead} «{place}». Det kan være {_or(ordered)}. Spør, og velg kommune.")
    area = ordered[0]
    named = any(clue.word == area.name for clue in clues)
    known = f"{lead} {area.name}." if named else f"{lead} «{place}», som hører til {area.name}."
    return Route(_state(area), ordered, known)


def _agreed(clues: list[_Clue]) -> frozenset[Area]:
    """What all of the words can mean; a kommune's own name agrees with each of its bydeler."""
    found = [clue.areas for clue in clues]
    numbers = [{area.number for area in one} for one in found]
    every = frozenset.union(*found)
    return frozenset(
        area for area in every if all({area.number, area.parent} & said if area.parent else area.number in said
                                      for said in numbers)
    )  # fmt: skip


def _nearest(areas: Sequence[Area], wanted: frozenset[Area]) -> frozenset[Area]:
    """A bydel rather than its kommune; and of a kommune whose bydeler have the teams, those."""
    parents = {area.parent for area in wanted}
    kept = frozenset(area for area in wanted if area.number not in parents)
    found: set[Area] = set()
    for area in kept:
        teams = {other for other in areas if other.parent == area.number and other.has_team}
        found |= teams if teams and not area.has_team else {area}
    return frozenset(found)


def _state(area: Area) -> State:
    if not area.ours:
        return "outside"
    return "one" if area.has_team else "no_team"


def _order(area: Area) -> tuple[bool, str, str]:
    return (not area.ours, area.name, area.number)


def _or(areas: Sequence[Area]) -> str:
    names = [f"{area.name} ({area.number})" for area in areas]
    return " eller ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
