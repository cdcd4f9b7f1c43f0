"""The kommuner and bydeler that a place may lie in, with whom to ring in each: the code list and the registry."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from regional.hotline.routing import Area
from shared.codes.kommuner import Kommune, former_names, kommuner, successors
from shared.registry.models import Office
from shared.registry.phones import Phone, phones
from shared.registry.queries import norwegian
from varde.access import Reader
from varde.clock import now


def kommune_offices() -> list[Office]:
    """Every kommune and bydel on the platform, by name."""
    return sorted(Office.objects.filter(kind="kommune", active=True), key=lambda office: norwegian(office.name))


def areas(offices: Iterable[Office], by: Reader) -> list[Area]:
    """Those on the platform, and those of the code list that are not. A number that was merged away is its successor's.

    Kommuner of another region on the platform have that region's TryggEst number.
    """
    now_called = successors()
    registered = {now_called.get(office.number, office.number): office for office in offices}
    known = {kommune.number: kommune for kommune in kommuner()}
    old: dict[str, list[str]] = defaultdict(list)
    for number, new in now_called.items():
        old[new].append(number)
    rings = phones(registered.values(), now())
    return [
        _area(number, known.get(number), registered.get(number), rings, tuple(old[number]), by)
        for number in sorted({*registered, *known})
    ]


def _area(
    number: str,
    listed: Kommune | None,
    office: Office | None,
    rings: dict[UUID, Phone],
    old: tuple[str, ...],
    by: Reader,
) -> Area:
    places = listed.places if listed else ()
    ring = rings.get(office.id, Phone("", "")) if office else Phone("", "")
    return Area(
        number=number,
        name=office.name if office else (listed.name if listed else ""),
        places=tuple(place.place for place in places),
        postcodes=tuple(place.postcode for place in places),
        office=office.id if office else None,
        ours=office is not None and office.region_id == by.office.id,
        has_team=office is not None and office.has_team,
        former=(*former_names(number), *((listed.name,) if listed and office and listed.name != office.name else ())),
        old_numbers=old,
        phone=ring.number if office and office.has_team else "",
        hours=ring.hours if office and office.has_team else "",
        contact_name=(office.ordinary_name or f"{office.name} kommune") if office else "",
        contact_phone=office.ordinary_phone if office else "",
    )
