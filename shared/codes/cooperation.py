"""Legal forms, models of organisation and the usual tasks of a cooperation agreement, as versioned data."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes.data_files import read
from shared.codes.strict import known, rows, texts, unique

FILE = "cooperation.json"
DUTIES = {"R": "Ansvarlig", "C": "Rådføres", "I": "Informeres"}


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form. `host`: "ja" when it needs a host kommune. `note`: what must be thought of; "" for nothing."""

    code: str
    title: str
    section: str
    host: str
    text: str
    note: str

    @property
    def label(self) -> str:
        """Title and section of the act."""
        return f"{self.title} ({self.section})"


@dataclass(frozen=True, slots=True)
class Model:
    """One of the three ways to organise that Bufdir sketches. `warning`: why it is advised against; "" when not."""

    code: str
    title: str
    text: str
    warning: str


@dataclass(frozen=True, slots=True)
class UsualTask:
    """A task that most agreements have; `host` and `partner` are codes of DUTIES."""

    code: str
    title: str
    text: str
    host: str
    partner: str


@cache
def forms() -> dict[str, Form]:
    """By code, in the order of the file."""
    return parse(read("cooperation"))[0]


@cache
def models() -> dict[str, Model]:
    """By code."""
    return parse(read("cooperation"))[1]


@cache
def usual_tasks() -> tuple[UsualTask, ...]:
    """What a new agreement begins with."""
    return parse(read("cooperation"))[2]


def version() -> str:
    """The version of the lists, kept with each version of an agreement."""
    return str(read("cooperation")["version"])


def source() -> str:
    """Where the lists are from, and what must be checked."""
    return str(read("cooperation")["source"])


def parse(content: Any) -> tuple[dict[str, Form], dict[str, Model], tuple[UsualTask, ...]]:
    """The lists of a file's content. Raises BadList for a missing text, a code twice or an unknown duty."""
    forms_ = [
        Form(**texts(row, ("code", "title", "section", "host", "text", "note"), FILE, empty=("note",)))
        for row in rows(content, "forms", FILE)
    ]
    models_ = [
        Model(**texts(row, ("code", "title", "text", "warning"), FILE, empty=("warning",)))
        for row in rows(content, "models", FILE)
    ]
    tasks = tuple(
        UsualTask(**texts(row, ("code", "title", "text", "host", "partner"), FILE))
        for row in rows(content, "tasks", FILE)
    )
    for codes in (forms_, models_, tasks):
        unique([each.code for each in codes], FILE)
    for task in tasks:
        for duty in (task.host, task.partner):
            known(duty, DUTIES, "rolle", f"{FILE}, «{task.code}»")
    return {each.code: each for each in forms_}, {each.code: each for each in models_}, tasks
