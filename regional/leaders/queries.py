"""Asking about the leader team: which table holds, which places there are on a day, and who sits in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from django.db.models import Q

from regional.leaders import tables
from regional.leaders.models import BODY, Place, RotationTable, Term
from regional.leaders.people_models import FIXED
from regional.leaders.sitting import current
from shared.codes import kommuner
from shared.registry.models import Office
from shared.registry.standing_queries import heirs, left
from varde.access import Reader
from varde.clock import now
from varde.text import norwegian
from varde.ui.dates import day_of
from varde.worktime import moment

type Capacity = Literal["seat", "fixed", "on_request"]


@dataclass(frozen=True, slots=True)
class Member:
    """Who sits on a day. `kommune` is "" and `kommune_id` None for a body of no kommune; `seat` is what the place is
    called; `substitute_for` names whoever the person sits instead of (the place, where nobody has it), else ""."""

    id: UUID
    name: str
    email: str
    kommune: str
    kommune_id: UUID | None
    capacity: Capacity
    seat: str
    is_coordinator: bool
    substitute_for: str
    title: str = ""
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on a day, and who is in it: `term` has it, `substitute` sits instead."""

    seat: str
    kommune: str
    capacity: Capacity
    place: Place | None = None
    term: Term | None = None
    substitute: Term | None = None

    @property
    def is_vacant(self) -> bool:
        """Nobody has it and nobody sits instead; those who are called in when needed are no vacancy."""
        return self.capacity != "on_request" and self.term is None and self.substitute is None

    @property
    def from_(self) -> str:
        """The kommune that whoever sits there is from."""
        term = self.substitute or self.term
        return (term.kommune if term else "") or self.kommune

    @property
    def key(self) -> str:
        """Names the place in an address: a seat by its name and kommune, another by its id."""
        return str(self.place.id) if self.place else f"{self.seat}|{self.kommune}"


def all_tables() -> list[RotationTable]:
    """Every decision, the newest first."""
    return list(RotationTable.objects.order_by("-number", "-made_at"))


def newest_table() -> RotationTable | None:
    """The newest decision, which may hold from a day to come; a proposal only where nothing is decided."""
    return next(iter(tables.counting(all_tables())), None)


def draft() -> RotationTable | None:
    """The newest proposal for another table than the decided one, until it is decided or taken back."""
    rows = all_tables()
    counts = {row.id for row in tables.counting(rows)}
    settled = {row.settles for row in rows}
    found = next((row for row in rows if row.proposal and row.id not in counts), None)
    return found if found and found.settles is None and found.id not in settled else None


def table_on(day: date) -> RotationTable | None:
    """The decision in force on a day."""
    return tables.in_force(all_tables(), day)


def members(by: Reader, on: date) -> list[Member]:
    """Who sits on the day: seats in the table's order, then fixed members, then those called in when needed.

    A substitute stands in the list instead of whoever is away. A vacant place is not in it; see `vacant`. Nor is
    anybody from a kommune that has left the agreement by then.
    """
    table, gone = table_on(on), gone_by(by, on)
    ids = _ids(by, table)
    found = (one for slot in slots(by, on) for one in _member(slot, ids))
    new = _heirs(by, on, ids)
    return [_carried_on(one, new) for one in found if one.kommune not in gone]


def _heirs(by: Reader, on: date, ids: dict[str, UUID]) -> dict[str, Office]:
    """What a kommune that has become part of another was called -> the one that stands in its place on the day."""
    known = heirs(by.office.id, _then(on))
    keys = {*known, *(new for new, _ in known.values())}
    offices = {office.id: office for office in Office.objects.filter(id__in=keys)}
    named = {offices[old].name: old for old in known} | {name: key for name, key in ids.items() if key in known}
    return {name: offices[known[old][0]] for name, old in named.items()}


def _carried_on(one: Member, new: dict[str, Office]) -> Member:
    heir = new.get(one.kommune)
    return replace(one, kommune=heir.name, kommune_id=heir.id) if heir else one


def _then(on: date) -> datetime:
    return max(now(), moment(on, time(0))) if on >= day_of(now()) else moment(on, time(0))


def coordinators(by: Reader, on: date) -> list[Member]:
    """The kommuner's TryggEst coordinators among the members, in the order of the table's kommuner."""
    table = table_on(on)
    order = {name: at for at, name in enumerate(names_in(table) if table else ())}
    found = [one for one in members(by, on) if one.is_coordinator]
    return sorted(found, key=lambda one: (order.get(one.kommune, len(order)), one.kommune))


def vacant(by: Reader, on: date) -> list[Slot]:
    """Places that nobody is in on the day, and those of kommuner that have left the agreement by then."""
    gone = gone_by(by, on)
    return [slot for slot in slots(by, on) if slot.is_vacant or (slot.capacity != "on_request" and slot.from_ in gone)]


def gone_by(by: Reader, on: date) -> set[str]:
    """Names of the kommuner that have been in the agreement and are out of it on a day."""
    ids = left(by.office.id, _then(on)) - heirs(by.office.id, _then(on)).keys()
    if not ids:
        return set()
    known = _ids(by, table_on(on))
    others = Office.objects.filter(id__in=ids).exclude(name__in=known).values_list("name", flat=True)
    return {name for name, found in known.items() if found in ids} | set(others)


def slots(by: Reader, on: date) -> list[Slot]:
    """Every place on the day with who is in it."""
    table = table_on(on)
    terms = list(
        Term.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, gone_at=None)
        .select_related("place")
        .order_by("-made_at", "-id")
    )
    empty = [*(_seats(table, on) if table else ()), *_places(on)]
    return [_filled(slot, terms) for slot in empty]


def names_in(table: RotationTable) -> tuple[str, ...]:
    """Every kommune that takes or has taken part in a table."""
    return tuple(table.kommuner) if table.form == BODY else tables.rotation_of(table).kommuner


def taking_part(table: RotationTable, on: date) -> list[str]:
    """The kommuner that take part on a day or later."""
    rotation = tables.rotation_of(table)
    ahead = {name for members in rotation.members[current(rotation, on.year) or 0 :] for name in members}
    return [name for name in rotation.kommuner if name in ahead]


def kommuner_of(by: Reader) -> list[str]:
    """Names of the region's kommuner as the registry has them now; two of one name have their counties with them."""
    found = _offices(by)
    return sorted((_told_apart(each, found) for each in found), key=norwegian)


def office_ids(by: Reader) -> dict[str, UUID]:
    """Name of a kommune of the region -> its office: the name alone where only one has it, and with the county."""
    found = _offices(by)
    return {name: each.id for each in found for name in (_with_county(each), _told_apart(each, found))}


def office_named(by: Reader, name: str) -> UUID | None:
    """The office of a kommune that the newest table or the registry calls so."""
    return _ids(by, newest_table()).get(name)


def name_of(office: UUID, name: str) -> str:
    """What the newest table calls this kommune; `name` where it is in none."""
    table = newest_table()
    return next((said for said, found in table.offices.items() if found == str(office)), name) if table else name


def _offices(by: Reader) -> list[Office]:
    return list(Office.objects.filter(region_id=by.office.id, kind="kommune", active=True))


def _told_apart(office: Office, among: Iterable[Office]) -> str:
    alike = [each for each in among if each.name == office.name]
    return _with_county(office) if len(alike) > 1 else office.name


def _with_county(office: Office) -> str:
    known = next((each for each in kommuner.meant(office.number) if each.number == office.number), None)
    return kommuner.full_name(known) if known and known.name == office.name else office.name


def seats_held(kommune: str, on: date) -> list[str]:
    """The names of the places that a kommune has on a day."""
    table = table_on(on)
    own = [slot.seat for slot in (_seats(table, on) if table else ()) if slot.kommune == kommune]
    return own + [slot.seat for slot in _places(on) if slot.kommune == kommune]


def _ids(by: Reader, table: RotationTable | None) -> dict[str, UUID]:
    kept = {name: UUID(found) for name, found in table.offices.items()} if table else {}
    return office_ids(by) | kept


def _seats(table: RotationTable, on: date) -> Iterator[Slot]:
    if table.form == BODY:
        yield from (Slot(table.body, kommune, "seat") for kommune in table.kommuner)
        return
    rotation = tables.rotation_of(table)
    now = current(rotation, on.year)
    if now is not None:
        yield from (Slot(seat, row[now], "seat") for seat, row in rotation.holders.items())


def _places(on: date) -> list[Slot]:
    rows = Place.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on)
    ordered = sorted(rows, key=lambda row: (row.capacity != FIXED, not row.answers_phone, row.coordinator, row.made_at))
    return [Slot(row.body, row.kommune, _capacity(row), place=row) for row in ordered]


def _capacity(place: Place) -> Capacity:
    return "fixed" if place.capacity == FIXED else "on_request"


def _filled(slot: Slot, terms: Iterable[Term]) -> Slot:
    here = [term for term in terms if _is_in(term, slot)]
    return Slot(
        slot.seat,
        slot.kommune,
        slot.capacity,
        slot.place,
        next((term for term in here if not term.substitute), None),
        next((term for term in here if term.substitute), None),
    )


def _is_in(term: Term, slot: Slot) -> bool:
    """A seat that goes on to another kommune takes nobody with it; a substitute may be from another kommune."""
    if slot.place:
        return term.place_id == slot.place.id
    return term.seat == slot.seat and (term.instead_of or term.kommune) == slot.kommune


def _member(slot: Slot, ids: dict[str, UUID]) -> list[Member]:
    term = slot.substitute or slot.term
    if term is None:
        return []
    kommune = term.kommune or slot.kommune
    return [
        Member(
            id=term.id,
            name=term.name,
            email=term.email,
            kommune=kommune,
            kommune_id=ids.get(kommune),
            capacity=slot.capacity,
            seat=slot.seat,
            is_coordinator=bool(slot.place and slot.place.coordinator),
            substitute_for=(slot.term.name if slot.term else slot.seat) if slot.substitute else "",
            title=term.title,
            user_id=term.user,
        )
    ]
