"""«Slik når dere personen trygt», and whoever reported: what was said at different times, gathered to what holds now.

    safe.told_by(source)     source(concern) -> [Piece, …]; of a matter that the reader sees, called in ready()

A piece knows whom it speaks of by a key (a card), or by the name alone. Pure but for the hook.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenants.inbox.models import Concern

# What a page shows, what is dangerous first.
LABELS = {
    "not_safe": "Ikke trygt",
    "not_on_voicemail": "Må ikke legges igjen på svarer",
    "listening": "Kan høre på",
    "safe_ways": "Trygge måter og tider",
    "safe_with": "Trygt sammen med",
    "interpreter": "Tolk",
    "guardian": "Verge",
}
# Kept beside those for whoever fills in a form; shown on no list.
_BESIDE = ("phone",)
EXPOSED, REPORTER, CALLER, UNCLEAR = "exposed", "reporter", "caller-", "unclear-"
_NAME = "="
WHOSE = {EXPOSED: "Den utsatte", REPORTER: "Melderen"}
# Whose way it is. Never one for the other: to ring at the reporter's hour may be to ring when the abuser is at home.
BOXES = {
    "person": "Slik når dere personen trygt",
    "reporter": "Slik når dere melderen",
    "unclear": "Uklart om det gjelder melderen eller personen. Spør.",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What was said of one person at one time. `key`: a card's id, EXPOSED, REPORTER, CALLER or UNCLEAR
    with an id; "" is by name."""

    whose: str
    at: datetime
    said: Mapping[str, str]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Safe:
    """What holds for one person now: the newest that was said of each thing, and when."""

    key: str
    whose: str
    said: Mapping[str, str] = field(default_factory=dict)
    at: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def lines(self) -> list[tuple[str, str, datetime]]:
        """Label, words and time, in the order of a page."""
        return [(label, self.said[name], self.at[name]) for name, label in LABELS.items() if name in self.said]

    @property
    def is_card(self) -> bool:
        """Is it somebody of the matter, and not the one who reported or a mere name?"""
        return self.box == "person" and not self.is_name

    @property
    def box(self) -> str:
        """The key in `BOXES` of where it stands on a page."""
        if self.key.startswith(UNCLEAR):
            return "unclear"
        return "reporter" if self.key == REPORTER or self.key.startswith(CALLER) else "person"

    @property
    def heading(self) -> str:
        """What stands over the box."""
        return BOXES[self.box]

    @property
    def is_name(self) -> bool:
        """Is it a mere name, of which only calls back speak?"""
        return self.key.startswith(_NAME)


def gather(pieces: Iterable[Piece]) -> list[Safe]:
    """The newest words that are not empty, of each thing and each person; in the order that the persons come in.

    A mere name that is the name of just one of the others speaks of that one, and what was told of «den det gjelder» of
    the one card there is.
    """
    known = list(pieces)
    names = {each.key: each.whose for each in reversed(known)}
    known = _of_the_only_card(known)
    keys: dict[str, set[str]] = {}
    for each in known:
        if each.key:
            keys.setdefault(_plain(each.whose), set()).add(each.key)
    found: dict[str, Safe] = {}
    for each in sorted(known, key=lambda one: one.at):
        key = _key(each, keys)
        before = found.get(key) or Safe(key, names.get(key, each.whose))
        fresh = {name: text for name, text in each.said.items() if text.strip() and name in (*LABELS, *_BESIDE)}
        found[key] = Safe(key, before.whose, {**before.said, **fresh}, {**before.at, **dict.fromkeys(fresh, each.at)})
    order = list(dict.fromkeys(_key(each, keys) for each in known))
    return [found[key] for key in order]


def _of_the_only_card(known: list[Piece]) -> list[Piece]:
    """What was told of the exposed before there was a card speaks of the card, where there is one and no more."""
    cards = {each.key for each in known if each.key not in ("", EXPOSED) and Safe(each.key, "").is_card}
    if len(cards) != 1:
        return known
    return [replace(each, key=next(iter(cards))) if each.key == EXPOSED else each for each in known]


def _key(piece: Piece, keys: Mapping[str, set[str]]) -> str:
    if piece.key:
        return piece.key
    same = keys.get(_plain(piece.whose), set())
    return next(iter(same)) if len(same) == 1 else f"{_NAME}{_plain(piece.whose)}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


# --- the hook --------------------------------------------------------------------------------------------------------
Source = Callable[["Concern"], Iterable[Piece]]
_sources: list[Source] = []


def told_by(source: Source) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def told_elsewhere(concern: "Concern") -> list[Piece]:
    """What the later rooms know."""
    return [piece for source in _sources for piece in source(concern)]
