"""Every kommune, and the bydeler that the house knows by name, with places to find them by: all postal places of the
regions in the list, few of the others.

The number is the key and a string ("0301"); names repeat (two Våler).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from shared.codes.data_files import read

# The first two digits of a number.
COUNTIES = {
    "03": "Oslo", "11": "Rogaland", "15": "Møre og Romsdal", "18": "Nordland", "31": "Østfold", "32": "Akershus",
    "33": "Buskerud", "34": "Innlandet", "39": "Vestfold", "40": "Telemark", "42": "Agder", "46": "Vestland",
    "50": "Trøndelag", "55": "Troms", "56": "Finnmark",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a kommune, or its name in another language; postcode as four digits, "" for what has none."""

    postcode: str
    place: str


@dataclass(frozen=True, slots=True)
class Kommune:
    """A kommune or a bydel with a team of its own. Population is None where it has not been looked up."""

    number: str
    name: str
    slug: str
    kind: Literal["kommune", "bydel"]
    region: str | None
    population: int | None
    population_as_of: date | None
    places: tuple[Place, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region that works together on TryggEst."""

    slug: str
    name: str


@cache
def kommuner() -> tuple[Kommune, ...]:
    """Return every kommune and bydel in the shipped list, grouped by region."""
    return tuple(_kommune(row) for row in read("kommuner")["kommuner"])


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions in the shipped list."""
    return tuple(Region(**row) for row in read("kommuner")["regions"])


def in_region(slug: str) -> tuple[Kommune, ...]:
    """Return the kommuner of a region, in the order the region itself uses."""
    return tuple(found for found in kommuner() if found.region == slug)


def by_number(number: str) -> Kommune:
    """Return the kommune with this number. Raises ValueError when it is not in the list."""
    for found in kommuner():
        if found.number == number:
            return found
    raise ValueError(f"Kommunenummeret «{number}» står ikke i listen.")


def named(name: str) -> tuple[Kommune, ...]:
    """Return all kommuner with this name, today's or a former one: none, one or several."""
    former = {row["now"] for row in read("kommuner")["former"] if row["name"].casefold() == name.casefold()}
    return tuple(found for found in kommuner() if found.name.casefold() == name.casefold() or found.number in former)


def full_name(found: Kommune) -> str:
    """«Gjøvik»; with the county for one that shares its name: «Våler (Innlandet)»."""
    alike = [each for each in kommuner() if each.name == found.name]
    return f"{found.name} ({COUNTIES[found.number[:2]]})" if len(alike) > 1 else found.name


def meant(text: str) -> tuple[Kommune, ...]:
    """Return those that are called so, with or without the county, or have the number: none, one or several."""
    wanted = " ".join(text.split()).casefold()
    return tuple(
        found for found in kommuner() if wanted in (found.number, found.name.casefold(), full_name(found).casefold())
    )


def former_names(number: str) -> tuple[str, ...]:
    """What a kommune was called before, or what was merged into it."""
    return tuple(row["name"] for row in read("kommuner")["former"] if row["now"] == number)


@cache
def successors() -> dict[str, str]:
    """Numbers that are in use no more, and today's in their place."""
    return dict(read("kommuner")["successors"])


def search(text: str) -> tuple[Kommune, ...]:
    """Return kommuner whose name or place begins with `text`, or that hold this postcode."""
    wanted = text.strip().casefold()
    return tuple(found for found in kommuner() if wanted and _fits(found, wanted))


def _fits(found: Kommune, wanted: str) -> bool:
    words = [found.name, *(place.place for place in found.places)]
    return any(word.casefold().startswith(wanted) for word in words) or any(
        place.postcode == wanted for place in found.places
    )


def _kommune(row: dict[str, Any]) -> Kommune:
    as_of = row["population_as_of"]
    built = {
        "population_as_of": as_of and date.fromisoformat(as_of),
        "places": tuple(Place(**place) for place in row["places"]),
    }
    return Kommune(**(row | built))
