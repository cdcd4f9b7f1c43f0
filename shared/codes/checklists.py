"""The checklist of triage: when a matter is akutt, and what is asked about economic abuse and abuse online."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes.categories import categories
from shared.codes.data_files import read
from shared.codes.strict import BadList, known, rows, texts, unique

FILE = "checklist_acute.json"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that makes a matter akutt when it is so."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Answered with ja, nei or vet ikke."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together."""

    code: str
    label: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """`proposes` is the category that any ticked criterion proposes."""

    version: str
    source: str
    proposes: str
    criteria: tuple[Criterion, ...]
    groups: tuple[Group, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Of every group."""
        return tuple(question for group in self.groups for question in group.questions)


@cache
def acute() -> Checklist:
    """The shipped checklist."""
    return parse(read("checklist_acute"))


def parse(content: Any) -> Checklist:
    """The checklist of a file's content. Raises BadList for a missing text, a code twice, or an unknown code."""
    criteria = tuple(Criterion(**texts(row, ("code", "label"), FILE)) for row in rows(content, "criteria", FILE))
    asked = [texts(row, ("code", "group", "label"), FILE) for row in rows(content, "questions", FILE)]
    named = [texts(row, ("code", "label"), FILE) for row in rows(content, "groups", FILE)]
    unique([each.code for each in criteria] + [row["code"] for row in asked], FILE)
    unique([row["code"] for row in named], FILE)
    for row in asked:
        known(row["group"], {each["code"] for each in named}, "gruppe", f"{FILE}, «{row['code']}»")
    if not isinstance(content.get("proposes"), str):
        raise BadList(f"{FILE}: «proposes» mangler.")
    known(content["proposes"], {each.code for each in categories()}, "kategori", FILE)
    return Checklist(
        content["version"], content["source"], content["proposes"], criteria, tuple(_group(row, asked) for row in named)
    )


def _group(row: dict[str, str], asked: list[dict[str, str]]) -> Group:
    own = tuple(Question(each["code"], each["label"]) for each in asked if each["group"] == row["code"])
    return Group(row["code"], row["label"], own)
