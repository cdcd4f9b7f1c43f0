"""Action cards (handlingskort): what to do first, step by step. Shipped ones, and those of a file that is loaded.

A card is known by its code and version; a new version has a new number, and the old one stays as it was.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from shared.codes.data_files import read
from shared.codes.strict import BadList, rows, unique

FILE = "handlingskort"
LARGEST = 200_000
_TEXTS = ("code", "version", "title", "owner", "review_on", "when")
_LISTS = ("steps", "remember")
_CODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", re.ASCII)
# Words in the addresses of the pages.
_TAKEN = frozenset({"fil"})
MOST, LONGEST = 40, 2_000


@dataclass(frozen=True, slots=True)
class ActionCard:
    """One card. `review_on` is an ISO day."""

    code: str
    version: str
    title: str
    owner: str
    review_on: str
    when: str
    steps: tuple[str, ...]
    remember: tuple[str, ...]

    @property
    def review_day(self) -> date:
        """When somebody looks it over."""
        return date.fromisoformat(self.review_on)

    def content(self) -> dict[str, Any]:
        """To store."""
        return asdict(self) | {name: list(getattr(self, name)) for name in _LISTS}


@cache
def shipped_cards() -> tuple[ActionCard, ...]:
    """The cards that come with Varde."""
    return parse(read("action_cards"))


def load_cards(text: str) -> tuple[ActionCard, ...]:
    """The cards of a file. Raises BadList with a sentence for what is wrong and where."""
    if len(text) > LARGEST:
        raise BadList(f"Filen er for stor. Den kan ha {LARGEST} tegn.")
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadList(f"Linje {error.lineno}, tegn {error.colno}: filen er ikke gyldig JSON.") from error
    except (ValueError, RecursionError) as error:
        raise BadList("Filen kan ikke leses som JSON.") from error
    return parse(content)


def parse(content: Any) -> tuple[ActionCard, ...]:
    """The cards of a file's content. Raises BadList."""
    found = tuple(card_of(row) for row in rows(content, "cards", FILE))
    unique([each.code for each in found], FILE)
    return found


def card_of(row: Mapping[str, Any]) -> ActionCard:
    """A card of a file, or one that was stored. Raises BadList."""
    where = f"{FILE}, «{row.get('code', '?')}»"
    if unknown := sorted(set(row) - {*_TEXTS, *_LISTS}):
        raise BadList(f"{where}: ukjent felt «{unknown[0][:40]}».")
    said = {name: _text(row.get(name), f"{where}, «{name}»") for name in _TEXTS}
    lists = {name: _texts(row.get(name, []), f"{where}, «{name}»") for name in _LISTS}
    if not lists["steps"]:
        raise BadList(f"{where}: «steps» må ha minst ett steg.")
    if not _CODE.fullmatch(said["code"]) or said["code"] in _TAKEN:
        raise BadList(f"{where}: «code» skal være små bokstaver, tall og bindestrek, og begynne med en bokstav.")
    if not _VERSION.fullmatch(said["version"]):
        raise BadList(f"{where}: «version» skal være et nummer som 1.0.")
    try:
        date.fromisoformat(said["review_on"])
    except ValueError as error:
        raise BadList(f"{where}: «review_on» skal være en dato som 2027-11-01.") from error
    return ActionCard(**said, steps=lists["steps"], remember=lists["remember"])


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST:
        raise BadList(f"{where}: skal være en liste med høyst {MOST} tekster.")
    return tuple(_text(each, where) for each in value)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadList(f"{where}: mangler eller er tom.")
    if len(value) > LONGEST:
        raise BadList(f"{where}: er for lang. Her er det plass til {LONGEST} tegn.")
    if not value.replace("\n", "").isprintable():
        raise BadList(f"{where}: har et usynlig styretegn.")
    return value
