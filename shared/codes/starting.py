"""The steps from invitation to open phone: what Bufdir expects of a kommune, and what the platform needs.

Both the kommune that walks them and the region that follows read this one list.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from shared.codes.data_files import read

How = Literal["known", "document", "word"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step. `how` it is proved: the platform knows it, a document shows it, or a person says so.

    `needed`: before the phone opens. `expected`: by Bufdir. `skip`: may be said not to be relevant, with a reason.
    `where`: the page on which it is done, "" for the step's own.
    """

    code: str
    group: str
    title: str
    how: How
    needed: bool
    expected: bool
    skip: bool
    where: str
    why: str
    source: str


@cache
def version() -> str:
    """Which edition of the list this is; goes with what is sent of it."""
    return str(read("starting")["version"])


@cache
def steps() -> tuple[Step, ...]:
    """Every step in the order it is walked."""
    return tuple(Step(**row) for row in read("starting")["steps"])


@cache
def by_code() -> dict[str, Step]:
    """The same by code."""
    return {step.code: step for step in steps()}


def expected() -> tuple[Step, ...]:
    """Those that Bufdir expects."""
    return tuple(step for step in steps() if step.expected)
