"""What in a text may be about a person: pointed out in its place with the reason, never cut. Pure.

    found = look({"what": "Kari ringte 99 88 77 66."}, Words(register={"kari"}))
    found.counts          {"register": 1, "phone": 1}
    found.pieces("what")  the text cut where the findings are, to be shown

Only people can tell. A finding is a question, and whoever wrote the text answers it: changes it, or says why it is
about nobody. Each rule is a function over one text in `screening_rules`; the words they know are data.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from shared.codes.data_files import read

FILE = "screening"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: what it is called, why it is one, and what to write instead."""

    code: str
    label: str
    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class Words:
    """What an office knows: `register` names of persons, casefolded; `known` what is a name of no person (kommuner,
    services), casefolded; `small` places with few inhabitants, casefolded."""

    register: Collection[str] = frozenset()
    known: Collection[str] = frozenset()
    small: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A finding in a text: from, to (not included), the kind's code, and the words themselves."""

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text as it was written, and the finding that it is; `kind` is None for what lies between."""

    text: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """All findings of some named texts."""

    texts: Mapping[str, str]
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Is there anything to ask about?"""
        return any(self.hits.values())

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each kind, in the order of the kinds."""
        number = Counter(hit.kind for hits in self.hits.values() for hit in hits)
        return {kind.code: number[kind.code] for kind in kinds() if number[kind.code]}

    def words_of(self, code: str) -> list[str]:
        """The words that were found of a kind, each once, in their order."""
        return list(dict.fromkeys(hit.words for hits in self.hits.values() for hit in hits if hit.kind == code))

    def pieces(self, name: str) -> list[Piece]:
        """One text, whole, cut where the findings begin and end."""
        return list(_pieces(self.texts[name], self.hits.get(name, ())))


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, the surest first."""
    return tuple(Kind(**row) for row in read(FILE)["kinds"])


def kind_of(code: str) -> Kind:
    """The kind with this code; one of another version of the list is called by its code."""
    return next((each for each in kinds() if each.code == code), Kind(code, code, "", ""))


def look(texts: Mapping[str, str], words: Words | None = None) -> Look:
    """Look through the texts."""
    from shared.codes.screening_across import hits_across
    from shared.codes.screening_rules import hits_in

    words = words or Words()
    each = {name: hits_in(text, words) for name, text in texts.items()}
    across = hits_across(texts, each, words)
    return Look(dict(texts), {name: tuple(sorted([*hits, *across[name]])) for name, hits in each.items()})


def _pieces(text: str, hits: tuple[Hit, ...]) -> Iterator[Piece]:
    at = 0
    for hit in hits:
        if hit.start > at:
            yield Piece(text[at : hit.start])
        yield Piece(text[hit.start : hit.end], kind_of(hit.kind))
        at = hit.end
    if at < len(text):
        yield Piece(text[at:])


def unanswered(found: Look, reasons: Mapping[str, str]) -> list[Kind]:
    """The kinds that were found and that nobody has said a reason for."""
    return [kind_of(code) for code in found.counts if not reasons.get(code, "").strip()]
