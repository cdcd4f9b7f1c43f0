"""The courses of those who answer the shared phone: the shipped list, and a host's own as it is typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes import elearning
from shared.codes.data_files import read

REQUIRED = "kreves"


@dataclass(frozen=True, slots=True)
class Course:
    """A course, for how many months it holds (0 for always), and whether everybody must have it."""

    code: str
    title: str
    months: int
    required: bool


@cache
def shipped() -> tuple[Course, ...]:
    """The list that a region has until it loads its own."""
    return listed(read("phone_courses")["courses"])


def listed(rows: Iterable[dict[str, Any]]) -> tuple[Course, ...]:
    """Courses of rows as they are stored."""
    return tuple(Course(row["code"], row["title"], int(row["months"]), bool(row["required"])) for row in rows)


def typed(text: str) -> tuple[Course, ...]:
    """A list as it is typed: «kode; navn; måneder», and «; kreves» after those that everybody must have.

    ValueError with the line that is wrong.
    """
    lines = [_parted(line) for line in text.splitlines()]
    modules = elearning.typed("\n".join(line for line, _ in lines))
    must = [required for line, required in lines if line.strip()]
    return tuple(Course(one.code, one.title, one.months, needed) for one, needed in zip(modules, must, strict=True))


def as_typed(courses: Iterable[Course]) -> str:
    """The same list for the text area."""
    return "\n".join(
        f"{one.code}; {one.title}; {one.months}{f'; {REQUIRED}' if one.required else ''}" for one in courses
    )


def _parted(line: str) -> tuple[str, bool]:
    head, mark, last = line.rpartition(";")
    return (head, True) if mark and last.strip().casefold() == REQUIRED else (line, False)
