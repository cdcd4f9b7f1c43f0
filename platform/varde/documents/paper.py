"""A paper that leaves as PDF: what it holds is data, how it looks is one layout (`paper.typ`).

Every text is a string to the layout and never markup, so nothing that somebody typed can become a command. Nothing is
written to disk. PDF/A-2a is what archives take; PDF/UA-1 is what a screen reader reads. Every paper is both.
"""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import typst

from varde.clock import OSLO

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: "list[PDFStandard]" = ["a-2a", "ua-1"]
_CONFIDENTIAL = "Taushetsbelagt"
_CANNOT = re.compile(r'the text `"(.+)"` could not be displayed')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading within a section."""

    text: str
    kind: str = "part"


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; an empty line starts a new paragraph."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """Text that must not be missed."""

    text: str
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what is said of each; rows without a value are left out."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(row for row in self.rows if row[1]))


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    numbered: bool = False
    kind: str = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head of equal length; ValueError otherwise."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("a row of another length than the head")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write on by hand."""

    count: int
    kind: str = "lines"


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own, so that it can be copied."""

    kind: str = "newpage"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that we made ourselves (SVG, never from anybody's file), said in words for those who do not see it."""

    svg: str
    alt: str
    width_mm: int
    kind: str = "picture"


Piece = Heading | Part | Text | Note | Facts | Items | Table | Lines | NewPage | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper holds. `mark` stands at the top of every page, `foot` at the bottom; `large` is easier to read."""

    title: str
    office: str
    made_at: datetime
    pieces: tuple[Piece, ...]
    lead: str = ""
    mark: str = _CONFIDENTIAL
    foot: str = ""
    lang: str = "nb"
    large: bool = field(default=False)


def pdf(paper: Paper, *, archive: bool = True) -> bytes:
    """The paper as one PDF that is both PDF/A-2a and PDF/UA-1; without `archive` the latter alone, for one that will be
    encrypted, which PDF/A forbids.

    A sign that no font here can draw stands as its number (⟨U+1275⟩): the standards allow no empty box, and what
    somebody wrote must not be what stops their paper.
    """
    said = _said(paper)
    while True:
        try:
            return _compiled(said, paper.made_at, STANDARDS if archive else STANDARDS[1:])
        except typst.TypstError as error:
            cannot = _CANNOT.search(error.message)
            if cannot is None:
                raise
            said = _by_number(said, _sign_of(cannot[1]))


def _said(paper: Paper) -> str:
    day = paper.made_at.astimezone(OSLO)
    said = asdict(paper) | {"made": [day.year, day.month, day.day]}
    del said["made_at"]
    text = json.dumps(_without_controls(said), ensure_ascii=False)
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cn", "Cs") else sign for sign in text)


def _without_controls(said: object) -> object:
    match said:
        case str():
            return said.translate(_CONTROL)
        case dict():
            return {name: _without_controls(value) for name, value in said.items()}
        case list() | tuple():
            return [_without_controls(value) for value in said]
    return said


def _compiled(said: str, made_at: datetime, standards: "list[PDFStandard]") -> bytes:
    made = _compiler().compile(
        sys_inputs={"paper": said}, format="pdf", pdf_standards=standards, timestamp=int(made_at.timestamp())
    )
    return made if isinstance(made, bytes) else b"".join(made or [])


def _sign_of(shown: str) -> str:
    """The first sign of what typst says that it cannot draw."""
    coded = _CODE.match(shown)
    return chr(int(coded[1], 16)) if coded else shown[0]


def _by_number(said: str, sign: str) -> str:
    """With every sign of the same 256 as this one by its number: a text of another script takes few rounds."""
    block = ord(sign) >> 8
    if block == 0:
        return said.replace(sign, f"⟨U+{ord(sign):04X}⟩")
    return "".join(f"⟨U+{ord(each):04X}⟩" if ord(each) >> 8 == block else each for each in said)


@cache
def _layout() -> bytes:
    return files("varde.documents").joinpath("paper.typ").read_bytes()


def _compiler() -> typst.Compiler:
    """A new one for each paper: it keeps what it compiled, and that would be what somebody's paper holds."""
    return typst.Compiler(_layout(), ignore_system_fonts=True)
