"""The words that the screening knows in a region: what is a name of an office, and places with few inhabitants."""

from shared.codes.kommuner import by_number
from shared.codes.screening import Look, Words, look
from shared.registry.models import Office
from varde.access import Reader


def words(by: Reader) -> Words:
    """For what the region writes."""
    rows = list(Office.objects.values_list("name", "number", "region_id", "kind"))
    numbers = [number for _, number, region, kind in rows if number and kind == "kommune" and region == by.office.id]
    return Words(known=frozenset(name.casefold() for name, *_ in rows), small=_small(numbers))


def looked(text: str, by: Reader) -> Look:
    """Screen what is to be sent."""
    return look({"Teksten": text}, words(by))


def _small(numbers: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for number in numbers:
        try:
            kommune = by_number(number)
        except ValueError:  # a practice office
            continue
        found |= {place.place.casefold() for place in kommune.places} - {kommune.name.casefold()}
    return frozenset(found)
