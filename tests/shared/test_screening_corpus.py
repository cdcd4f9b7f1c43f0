"""How much the screening finds, and how much of it is worth a question: measured on texts that are labelled by hand.

The rules were written with the first part before the eyes. The second was labelled before and not looked at meanwhile,
so what it says is what to expect of texts that nobody has seen.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from shared.codes.screening import Words, look

FILE = Path(__file__).parent / "screening_corpus.txt"
MARK = re.compile(r"\[\[(.+?)\|(\w+)\]\]")
# As the kommune passes them in: places of its own, with few inhabitants.
WORDS = Words(small=frozenset({"snertingdal", "biri", "redalen", "hunndalen", "biristrand"}))


@dataclass(frozen=True)
class Labelled:
    """A text, and what a person marked in it: (from, to, kind)."""

    text: str
    marks: tuple[tuple[int, int, str], ...]


def labelled(line: str) -> Labelled:
    text, marks, at = "", [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        marks.append((len(text), len(text) + len(match.group(1)), match.group(2)))
        text, at = text + match.group(1), match.end()
    return Labelled(text + line[at:], tuple(marks))


def part(name: str) -> list[Labelled]:
    body = FILE.read_text(encoding="utf-8").split(f"## {name}\n")[1].split("\n## ")[0]
    return [labelled(line) for line in body.splitlines() if line and not line.startswith("#")]


def missed_and_false(rows: list[Labelled]) -> tuple[list[str], list[str], int, int]:
    """(what was missed, what was found in vain, how many marks, how many findings). A part of a mark is a find."""
    missed, vain, marks, found = [], [], 0, 0
    for row in rows:
        hits = look({"text": row.text}, WORDS).hits["text"]
        marks, found = marks + len(row.marks), found + len(hits)
        for start, end, kind in row.marks:
            if not any(hit.start < end and start < hit.end for hit in hits):
                missed.append(f"{kind}: {row.text[start:end]}")
        for hit in hits:
            if not any(hit.start < end and start < hit.end for start, end, _ in row.marks):
                vain.append(f"{hit.kind}: {hit.words} ({row.text})")
    return missed, vain, marks, found


@pytest.mark.parametrize(("name", "recall", "precision"), [("tuned", 0.98, 0.98), ("apart", 0.93, 0.9)])
def test_how_much_is_found_and_how_much_of_it_is_right(name, recall, precision):
    missed, vain, marks, found = missed_and_false(part(name))
    assert marks > 25
    assert 1 - len(missed) / marks >= recall, missed
    assert 1 - len(vain) / found >= precision, vain
