"""The checklist of triage: when a matter is akutt, and what is asked about economic abuse and abuse online."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes.categories import categories
from shared.codes.data_files import read
from shared.codes.strict import BadList, known, rows, texts, unique

FILE = "checklist_acute.json"
LARGEST = 100_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_LONGEST = 300


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


def load_data(text: str) -> Any:
    """What a file holds. Raises BadList for what is no JSON."""
    if len(text) > LARGEST:
        raise BadList(f"Filen er for stor. En sjekkliste kan ha {LARGEST} tegn.")
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadList(f"Linje {error.lineno}, tegn {error.colno}: filen er ikke gyldig JSON.") from error
    except (ValueError, RecursionError) as error:
        raise BadList("Filen kan ikke leses som JSON.") from error


def load(text: str) -> Checklist:
    """The checklist of a file that somebody loads. Raises BadList with a sentence for what is wrong and where."""
    found = parse(load_data(text))
    if found.proposes != acute().proposes:
        raise BadList(f"{FILE}: «proposes» må være «{acute().proposes}». Listen sier når noe haster.")
    named = [(each.code, each.label) for each in found.criteria]
    named += [(each.code, each.label) for each in found.groups]
    named += [(each.code, each.label) for each in found.questions]
    for code, label in named:
        if not _CODE.fullmatch(code):
            raise BadList(f"{FILE}, «{code[:40]}»: en kode er små bokstaver, tall og understrek.")
        if len(label) > _LONGEST or not label.isprintable():
            raise BadList(f"{FILE}, «{code}»: teksten er for lang eller har et usynlig tegn.")
    if len(found.version) > 40:
        raise BadList(f"{FILE}: «version» er for lang.")
    return found


def as_data(found: Checklist) -> dict[str, Any]:
    """A list as a file holds it."""
    return {
        "version": found.version,
        "source": found.source,
        "proposes": found.proposes,
        "criteria": [{"code": each.code, "label": each.label} for each in found.criteria],
        "groups": [{"code": each.code, "label": each.label} for each in found.groups],
        "questions": [
            {"code": each.code, "group": group.code, "label": each.label}
            for group in found.groups
            for each in group.questions
        ],
    }
