"""Reading a template's file strictly: what is wrong with it and where, in Norwegian. Pure.

    load(text)      the template, or BadTemplate with every fault
    faults(data)    the same for what a file has already been read into

Nothing is guessed and nothing is mended: a file with one fault is refused, because a scale that is broken would make
every assessment on it worthless, and nobody would see it.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from shared.codes.templates import Template, build

LARGEST = 200_000
MOST_SECTIONS, MOST_ITEMS, MOST_SCALES, MOST_STEPS = 30, 200, 20, 11
SHORT, LONG = 200, 2_000
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", re.ASCII)

_TOP = {"key", "version", "title", "source", "note", "scales", "level", "sections"}
_REQUIRED = ("key", "version", "title", "source", "scales", "level", "sections")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where in the file, and what is wrong there."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class BadTemplate(ValueError):
    """A file that is no template; `faults` has every reason."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(" ".join(map(str, found)))
        self.faults = found


def load(text: str) -> Template:
    """Read a template. Raises BadTemplate."""
    return build(load_data(text))


def load_data(text: str) -> dict[str, Any]:
    """The content of a sound file. Raises BadTemplate."""
    if len(text) > LARGEST:
        raise BadTemplate([Fault("Filen", f"er for stor. En mal kan ha {LARGEST} tegn.")])
    try:
        data = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BadTemplate([Fault(f"Linje {error.lineno}, tegn {error.colno}", "er ikke gyldig JSON.")]) from error
    except (ValueError, RecursionError) as error:
        raise BadTemplate([Fault("Filen", f"kan ikke leses: {error}")]) from error
    found = faults(data)
    if found:
        raise BadTemplate(found)
    return dict(data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f"feltet «{twice[0][:40]}» står to ganger samme sted.")
    return dict(pairs)


def _no_number(name: str) -> Any:
    raise ValueError(f"«{name}» er ikke et tall.")


def faults(data: Any) -> list[Fault]:
    """Everything that is wrong; empty for a template."""
    if not isinstance(data, dict):
        return [Fault("Filen", "skal være ett JSON-objekt.")]
    found = list(_names(data, "Malen", _TOP, _REQUIRED))
    if found:
        return found
    found += _text(data["title"], "Malen, title", SHORT)
    found += _text(data["source"], "Malen, source", LONG)
    found += _text(data.get("note", ""), "Malen, note", LONG, empty=True)
    found += _fits(data["key"], "Malen, key", _ID, "små bokstaver, tall og understrek, og begynner med en bokstav")
    found += _fits(data["version"], "Malen, version", _VERSION, "et nummer som 1.0")
    found += _scales(data["scales"])
    found += _level(data["level"])
    found += _sections(data["sections"], _ids(data["scales"]))
    return found


def _names(row: Any, place: str, known: set[str], needed: tuple[str, ...]) -> Iterator[Fault]:
    if not isinstance(row, dict):
        yield Fault(place, "skal være et JSON-objekt med navngitte felt.")
        return
    for name in needed:
        if name not in row:
            yield Fault(place, f"mangler feltet «{name}».")
    for name in row:
        if name not in known:
            yield Fault(place, f"har et ukjent felt, «{name[:40]}».")


def _text(value: Any, place: str, most: int, *, empty: bool = False) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(place, "skal være tekst.")
    elif not value.strip() and not empty:
        yield Fault(place, "er tom.")
    elif len(value) > most:
        yield Fault(place, f"er for lang. Her er det plass til {most} tegn.")
    elif not value.replace("\n", "").isprintable():
        yield Fault(place, "har et usynlig styretegn.")


def _fits(value: Any, place: str, wanted: re.Pattern[str], said: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not wanted.fullmatch(value):
        yield Fault(place, f"skal være {said}.")


def _rows(value: Any, place: str, most: int) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(place, "skal være en liste.")
    elif not value:
        yield Fault(place, "er tom.")
    elif len(value) > most:
        yield Fault(place, f"har {len(value)}. Det kan være {most}.")


def _ids(rows: Any) -> list[str]:
    if not isinstance(rows, list):
        return []
    return [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def _twice(ids: list[str], place: Callable[[str], str]) -> Iterator[Fault]:
    for key in sorted(key for key, times in Counter(ids).items() if times > 1):
        yield Fault(place(key), "brukes mer enn én gang. Hver id kan stå ett sted.")


_ID_SAID = "en id med små bokstaver, tall og understrek"


def _scales(rows: Any) -> Iterator[Fault]:
    wrong = list(_rows(rows, "Skalaene", MOST_SCALES))
    yield from wrong
    if wrong:
        return
    yield from _twice(_ids(rows), lambda key: f"Skalaen «{key}»")
    for number, row in enumerate(rows, start=1):
        place = f"Skala {number}"
        wrong = list(_names(row, place, {"id", "values"}, ("id", "values")))
        yield from wrong or [*_fits(row["id"], f"{place}, id", _ID, _ID_SAID), *_steps(row["values"], place)]


def _level(row: Any) -> Iterator[Fault]:
    wrong = list(_names(row, "Risikonivået", {"values"}, ("values",)))
    yield from wrong or _steps(row["values"], "Risikonivået")


def _steps(rows: Any, place: str) -> Iterator[Fault]:
    wrong = list(_rows(rows, f"{place}, verdiene", MOST_STEPS))
    if not wrong and len(rows) < 2:
        wrong = [Fault(f"{place}, verdiene", "har bare én. En skala må ha minst to å velge mellom.")]
    if wrong:
        yield from wrong
        return
    order: list[int] = []
    for number, row in enumerate(rows, start=1):
        at = f"{place}, verdi {number}"
        wrong = list(_names(row, at, {"value", "label", "text"}, ("value", "label")))
        yield from wrong
        if wrong:
            continue
        yield from _text(row["label"], f"{at}, label", SHORT)
        yield from _text(row.get("text", ""), f"{at}, text", LONG, empty=True)
        if type(row["value"]) is not int or not 0 <= row["value"] <= 100:
            yield Fault(f"{at}, value", "skal være et helt tall fra 0 til 100. Uten det er det ingen rekkefølge.")
        elif order and row["value"] <= order[-1]:
            yield Fault(
                f"{at}, value", "skal være høyere enn verdien før. Skriv verdiene fra lavest til høyest risiko."
            )
        else:
            order.append(row["value"])
    yield from _same_words(rows, place)


def _same_words(rows: list[Any], place: str) -> Iterator[Fault]:
    words = [str(row["label"]).strip().casefold() for row in rows if isinstance(row, dict) and "label" in row]
    if len(set(words)) < len(words):
        yield Fault(f"{place}, verdiene", "har samme ord to ganger. Da kan ingen se forskjell på dem.")


def _sections(rows: Any, scales: list[str]) -> Iterator[Fault]:
    wrong = list(_rows(rows, "Delene", MOST_SECTIONS))
    yield from wrong
    if wrong:
        return
    yield from _twice(_ids(rows), lambda key: f"Delen «{key}»")
    inside = [row["items"] for row in rows if isinstance(row, dict) and isinstance(row.get("items"), list)]
    items = [item for part in inside for item in part]
    yield from _twice(_ids(items), lambda key: f"Punktet «{key}»")
    if len(items) > MOST_ITEMS:
        yield Fault("Delene", f"har {len(items)} punkter til sammen. Det kan være {MOST_ITEMS}.")
    for number, row in enumerate(rows, start=1):
        yield from _section(row, f"Del {number}", scales)


def _section(row: Any, place: str, scales: list[str]) -> Iterator[Fault]:
    wrong = list(_names(row, place, {"id", "title", "help", "reasoning", "items"}, ("id", "title", "items")))
    yield from wrong
    if wrong:
        return
    yield from _fits(row["id"], f"{place}, id", _ID, _ID_SAID)
    yield from _text(row["title"], f"{place}, title", SHORT)
    yield from _text(row.get("help", ""), f"{place}, help", LONG, empty=True)
    yield from _yes_or_no(row.get("reasoning", True), f"{place}, reasoning")
    if row["items"] == []:
        yield Fault(place, "er tom. Hver del må ha minst ett punkt.")
        return
    wrong = list(_rows(row["items"], f"{place}, items", MOST_ITEMS))
    yield from wrong
    for number, item in enumerate([] if wrong else row["items"], start=1):
        yield from _item(item, f"{place}, punkt {number}", scales)


def _item(row: Any, place: str, scales: list[str]) -> Iterator[Fault]:
    wrong = list(_names(row, place, {"id", "text", "help", "scale", "required"}, ("id", "text", "scale")))
    yield from wrong
    if wrong:
        return
    yield from _fits(row["id"], f"{place}, id", _ID, _ID_SAID)
    yield from _text(row["text"], f"{place}, text", SHORT * 2)
    yield from _text(row.get("help", ""), f"{place}, help", LONG, empty=True)
    yield from _yes_or_no(row.get("required", True), f"{place}, required")
    if row["scale"] not in scales:
        yield Fault(f"{place}, scale", f"viser til skalaen «{str(row['scale'])[:40]}», som ikke finnes i malen.")


def _yes_or_no(value: Any, place: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(place, "skal være true eller false.")
