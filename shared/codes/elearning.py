"""The e-learning modules that a team should have done: the shipped list, and a kommune's own as it is typed."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes.data_files import read

MOST = 60
_CODE = re.compile(r"[a-zæøå0-9_-]{1,30}\Z")


@dataclass(frozen=True, slots=True)
class Module:
    """A module and for how many months it holds; 0 for always."""

    code: str
    title: str
    months: int


@cache
def shipped() -> tuple[Module, ...]:
    """The list that a kommune has until it loads its own."""
    return listed(read("elearning")["modules"])


def listed(rows: list[dict[str, Any]]) -> tuple[Module, ...]:
    """Modules of rows as they are stored."""
    return tuple(Module(row["code"], row["title"], int(row["months"])) for row in rows)


def typed(text: str) -> tuple[Module, ...]:
    """A list as it is typed, one module on a line: «kode; navn; måneder». ValueError with the line that is wrong."""
    found: dict[str, Module] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            module = _line(number, [part.strip() for part in line.split(";")])
            if module.code in found:
                raise ValueError(f"Linje {number}: koden «{module.code}» står to ganger.")
            found[module.code] = module
    if not 0 < len(found) <= MOST:
        raise ValueError(f"Skriv mellom 1 og {MOST} moduler, én på hver linje.")
    return tuple(found.values())


def as_typed(modules: tuple[Module, ...]) -> str:
    """The same list for the text area."""
    return "\n".join(f"{one.code}; {one.title}; {one.months}" for one in modules)


def _line(number: int, parts: list[str]) -> Module:
    if len(parts) not in (2, 3):
        raise ValueError(f"Linje {number}: skriv «kode; navn; måneder».")
    code, title, months = parts[0].lower(), parts[1], parts[2] if len(parts) == 3 else "0"
    if not _CODE.match(code):
        raise ValueError(f"Linje {number}: koden kan bare ha små bokstaver, tall, - og _, høyst 30 tegn.")
    if not 0 < len(title) <= 200:
        raise ValueError(f"Linje {number}: navnet må ha mellom 1 og 200 tegn.")
    if not months.isascii() or not months.isdigit() or int(months) > 120:
        raise ValueError(f"Linje {number}: «{months}» er ikke et antall måneder mellom 0 og 120.")
    return Module(code, title, int(months))
