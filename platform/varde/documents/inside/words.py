"""What a Word document says: paragraphs, tables and pictures, as one would read it on paper.

Only what is listed here comes over. Tracked changes are read as accepted, comments and hidden words are left, and a
field that writes who made the document (AUTHOR, FILENAME ...) is left with what it wrote.
"""

import posixpath
import re
from dataclasses import dataclass, field

from varde.documents.inside.boxes import Box
from varde.documents.inside.markup import local, walk
from varde.documents.inside.plain import seen

# Whole subtrees that are not what the document says.
_SKIP = {
    "del", "moveFrom", "sdtPr", "sectPr", "Fallback", "rPrChange", "pPrChange", "tblPr", "tcPr", "trPr", "tblGrid",
    "binData", "ruby", "oMath", "comment", "proofErr", "smartTagPr", "customXmlPr", "ffData",
}  # fmt: skip
_TELLING = re.compile(
    r"\s*\\?(AUTHOR|LASTSAVEDBY|FILENAME|USERNAME|USERINITIALS|USERADDRESS|DOCPROPERTY|DOCVARIABLE|TEMPLATE|COMMENTS|"
    r"SUBJECT|TITLE|KEYWORDS|INFO|SAVEDATE|CREATEDATE|PRINTDATE|EDITTIME|REVNUM|MERGEFIELD|INCLUDE\w+|LINK|DDE\w*)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-6])", re.IGNORECASE)
_MARKS = {"b": "b", "i": "i", "u": "u", "strike": "strike"}
_OFF = ("0", "false", "off", "none")
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class Run:
    """Words in one style; `picture` is the name of an entry in the box instead."""

    text: str
    marks: frozenset[str] = frozenset()
    picture: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its runs, 1-6 for a heading, and whether it stands in a list."""

    runs: list[Run] = field(default_factory=list)
    heading: int = 0
    listed: bool = False
    hidden: bool = False


# A paragraph, or the tag that begins or ends a table, row or cell: "tbl", "/tbl", "tr", "/tr", "tc", "/tc".
Piece = Paragraph | str


@dataclass(slots=True)
class _Field:
    """A field that is being read: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


class Words:
    """Reads one part of a document into `pieces`."""

    def __init__(self, pictures: dict[str, str], hidden: set[str]) -> None:
        self.pieces: list[Piece] = []
        self._pictures, self._hidden_styles = pictures, hidden
        self._open: list[Paragraph] = []
        self._path: list[str] = []
        self._skipping = 0
        self._fields: list[_Field] = []
        self._marks: set[str] = set()
        self._unseen = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """One element begins."""
        tag, given = local(name), {local(key): value for key, value in attributes.items()}
        self._path.append(tag)
        if self._skipping or tag in _SKIP or (tag == "fldSimple" and _TELLING.match(given.get("instr", ""))):
            self._skipping += 1
            return
        if tag in ("tbl", "tr", "tc"):
            self.pieces.append(tag)
        elif tag == "p" and self._parent() not in ("txbx", "r"):
            self._open.append(Paragraph())
        elif tag == "r":
            self._marks, self._unseen = set(), False
        else:
            self._detail(tag, given)

    def _parent(self) -> str:
        return self._path[-2] if len(self._path) > 1 else ""

    def _detail(self, tag: str, given: dict[str, str]) -> None:
        value = given.get("val", "")
        if self._parent() in ("rPr", "pPr"):
            self._style(tag, value)
        elif tag == "fldChar":
            self._field(given.get("fldCharType", ""))
        elif tag in _BREAKS:
            self._say(_BREAKS[tag])
        elif tag in ("blip", "imagedata"):
            self._show(self._pictures.get(given.get("embed") or given.get("id") or "", ""))

    def _style(self, tag: str, value: str) -> None:
        within = "pPr" in self._path[-3:]
        if not self._open:
            return
        if within:
            self._paragraph_style(self._open[-1], tag, value)
        elif tag in _MARKS and value not in _OFF:
            self._marks.add(_MARKS[tag])
        elif (tag == "vanish" and value not in _OFF) or (tag == "rStyle" and value in self._hidden_styles):
            self._unseen = True

    def _paragraph_style(self, paragraph: Paragraph, tag: str, value: str) -> None:
        if tag == "pStyle":
            found = _HEADING.fullmatch(value)
            paragraph.heading = int(found[1]) if found else 0
            paragraph.hidden = value in self._hidden_styles
        elif tag == "numPr":
            paragraph.listed = True

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif self._fields and step == "separate":
            self._fields[-1].result = True
        elif self._fields and step == "end":
            self._fields.pop()

    def end(self, name: str) -> None:
        """One element ends."""
        tag = self._path.pop()
        if self._skipping:
            self._skipping -= 1
        elif tag in ("tbl", "tr", "tc"):
            self.pieces.append(f"/{tag}")
        elif tag == "p" and self._open:
            done = self._open.pop()
            if not done.hidden:
                self.pieces.append(done)

    def text(self, words: str) -> None:
        """Letters, where they are said (`w:t`) or are the code of a field."""
        if self._skipping or not self._path:
            return
        if self._path[-1] == "t":
            self._say(words)
        elif self._path[-1] == "instrText" and self._fields:
            self._fields[-1].code += words

    def _silent(self) -> bool:
        return self._unseen or any(not one.result or _TELLING.match(one.code) for one in self._fields)

    def _say(self, words: str) -> None:
        if self._open and not self._silent():
            self._open[-1].runs.append(Run(seen(words), frozenset(self._marks)))

    def _show(self, entry: str) -> None:
        if self._open and entry and not self._silent():
            self._open[-1].runs.append(Run("", picture=entry))


def read(box: Box) -> list[Piece]:
    """The whole document: its body, then foot- and endnotes. Refused: bomb, damaged."""
    hidden = _hidden_styles(box)
    pieces: list[Piece] = []
    for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if part in box:
            words = Words(_pictures(box, part), hidden)
            walk(box.read(part), words.start, words.end, words.text)
            pieces += words.pieces
    return pieces


def _pictures(box: Box, part: str) -> dict[str, str]:
    """Relation id -> entry, for the pictures that lie in the box itself."""
    folder, name = posixpath.split(part)
    relations, found = f"{folder}/_rels/{name}.rels", {}

    def start(element: str, given: dict[str, str]) -> None:
        if local(element) != "Relationship" or given.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))).lstrip("/")
        if given.get("Type", "").endswith("/image") and target in box:
            found[given.get("Id", "")] = target

    if relations in box:
        walk(box.read(relations), start, lambda _name: None, lambda _text: None)
    return found


def _hidden_styles(box: Box) -> set[str]:
    """Styles whose words are hidden."""
    hidden: set[str] = set()
    current = ""

    def start(element: str, given: dict[str, str]) -> None:
        nonlocal current
        values = {local(key): value for key, value in given.items()}
        if local(element) == "style":
            current = values.get("styleId", "")
        elif local(element) == "vanish" and values.get("val", "") not in _OFF:
            hidden.add(current)

    if "word/styles.xml" in box:
        walk(box.read("word/styles.xml"), start, lambda _name: None, lambda _text: None)
    return hidden
