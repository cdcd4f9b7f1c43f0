"""Which of a bundle's papers says a text already, so that none says it twice. Pure.

A text counts as said only where every line of it stands in one and the same paper: a short line together with its
label, a longer one anywhere. What is in doubt is written once more.
"""

from collections.abc import Iterable, Iterator

from varde.documents.paper import Facts, Heading, Items, Note, Part, Piece, Table, Text

# Shorter lines («Ja», a name) stand in many places without being said there.
_LONG = 12


class Index:
    """What each paper holds, in the order of the bundle: (its name in it, its pieces)."""

    def __init__(self, papers: Iterable[tuple[str, Iterable[Piece]]]) -> None:
        self._papers = [(path, {_plain(said) for said in _said(pieces)}) for path, pieces in papers]

    def where(self, text: str) -> str:
        """The paper that says all of it; "" for none."""
        lines = [line for line in text.splitlines() if line.strip()]
        return next((path for path, said in self._papers if lines and all(_is_in(line, said) for line in lines)), "")


def _is_in(line: str, said: set[str]) -> bool:
    _, colon, value = line.partition(": ")
    wanted = {_plain(line), _plain(value)} if colon else {_plain(line)}
    return _plain(line) in said or any(len(one) >= _LONG and any(one in each for each in said) for one in wanted)


def _said(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case Text(text) | Note(text) | Heading(text) | Part(text):
                yield from (text, *text.splitlines())
            case Items(items):
                yield from items
            case Facts(rows):
                yield from (f"{label}: {value}" for label, value in rows)
            case Table(head, rows):
                yield from (" ".join(row) for row in rows)
                yield from (f"{label}: {value}" for row in rows for label, value in zip(head, row, strict=True))
            case _:
                pass


def _plain(text: str) -> str:
    """Without what differs between two ways of setting the same words."""
    return " ".join(text.replace(":", " ").casefold().split())
