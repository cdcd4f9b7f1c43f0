"""Warnings of other matters that hold in this one too: of the same person, or of the same place.

Row rights hide the warnings and the tokens of every other matter, so that only those who see both are warned, and there
is nothing to leave out. A place that is somebody's protected address says nothing across matters.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from tenants.inbox.home import homes_of
from tenants.inbox.places_models import PlaceTerm
from tenants.persons.models import Person, PersonTerm
from tenants.persons.queries import Danger, dangers, shut_in, standing_links
from tenants.persons.repeats import SAME
from tenants.persons.spoken import SafetyWarning, WarningTerm
from tenants.persons.states import HIDDEN_ADDRESS
from tenants.persons.terms import TELLING
from varde.privacy.fields import open_together

LINKED = "koblet som samme person"
# Of a name or a house that many have: enough to see that there are more.
_MOST = 200

# (kind, token) -> the matters asked about that hold it.
Held = Mapping[tuple[str, bytes], set[UUID]]
# Matter asked about -> warning elsewhere -> why it holds here.
Found = dict[UUID, dict[UUID, str]]


def elsewhere(matters: Collection[UUID], today: date) -> dict[UUID, list[Danger]]:
    """What is known elsewhere and holds in these matters, oldest first; a constant number of queries."""
    held = _held(matters)
    found: Found = defaultdict(dict)
    _of_persons(matters, held, found)
    _of_places(held, found)
    shut = shut_addresses(found)
    shown = _shown(found, shut, today)
    return {
        matter: [
            replace(shown[matter, key], why=why)
            for key, why in whys.items()
            if (matter, key) in shown and not (why == SAME["place"] and HIDDEN_ADDRESS in shown[matter, key].about)
        ]
        for matter, whys in found.items()
    }


# A later room says which addresses are protected in which of these matters, though on no card there.
Shut = Callable[[Collection[UUID]], Mapping[UUID, list[str]]]
_rooms: list[Shut] = []


def also_shut(function: Shut) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _rooms:
        _rooms.append(function)


def shut_addresses(matters: Collection[UUID]) -> dict[UUID, list[str]]:
    """The protected addresses of these matters, to know them again in a text and not to show; two questions."""
    shut: dict[UUID, list[str]] = defaultdict(list)
    persons = list(Person.objects.filter(concern__in=matters)) if matters else []
    open_together(persons)
    for person in persons:
        shut[person.concern_id] += shut_in([person])
    for function in _rooms if matters else ():
        for matter, addresses in function(matters).items():
            shut[matter] += addresses
    return shut


def _held(matters: Collection[UUID]) -> Held:
    held: dict[tuple[str, bytes], set[UUID]] = defaultdict(set)
    cards = PersonTerm.objects.filter(concern__in=matters, kind__in=TELLING)
    told = PlaceTerm.objects.filter(concern__in=matters, kind="place")
    for rows in (cards.values_list("concern_id", "kind", "token"), told.values_list("concern_id", "kind", "token")):
        for matter, kind, token in rows:
            held[kind, bytes(token)].add(matter)
    return held


def _of_places(held: Held, found: Found) -> None:
    wanted = {token: matters for (kind, token), matters in held.items() if kind == "place"}
    rows = WarningTerm.objects.filter(token__in=wanted, warning__ended_at__isnull=True)
    for token, warning, matter in rows.values_list("token", "warning_id", "concern_id")[:_MOST] if wanted else ():
        for here in wanted[bytes(token)] - {matter}:
            found[here].setdefault(warning, SAME["place"])


def _of_persons(matters: Collection[UUID], held: Held, found: Found) -> None:
    """The warnings of cards elsewhere that are the same person as a card here, and of those merged with them."""
    alike = _alike(matters, held)
    if not alike:
        return
    roots = _roots(alike)
    same: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for person, whys in alike.items():
        same[roots.get(person, person)].update(whys)
    rows = SafetyWarning.objects.filter(person__in=roots, ended_at=None).order_by("at", "id")
    for warning, person, matter in rows.values_list("id", "person_id", "concern_id"):
        for here, why in same.get(roots[person], {}).items() if person else ():
            if here != matter and here in matters:
                found[here].setdefault(warning, why)


def _alike(matters: Collection[UUID], held: Held) -> dict[UUID, dict[UUID, str]]:
    """Card elsewhere -> matter here -> why they are one person."""
    alike: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for link in standing_links().filter(Q(concern__in=matters) | Q(other__in=matters)):
        alike[link.other_person_id].setdefault(link.concern_id, LINKED)
        alike[link.person_id].setdefault(link.other_id, LINKED)
    for kind, token, person, matter in _hits({token for _, token in held}):
        for here in held.get((kind, token), set()) - {matter}:
            alike[person].setdefault(here, SAME[kind])
    return alike


def _hits(wanted: Collection[bytes]) -> Iterable[tuple[str, bytes, UUID, UUID]]:
    """Cards in matters where somebody is warned of a person."""
    warned = Q(concern__warnings__ended_at__isnull=True, concern__warnings__person__isnull=False)
    rows = PersonTerm.objects.filter(warned, token__in=wanted, kind__in=TELLING).distinct()
    hits = rows.values_list("kind", "token", "person_id", "concern_id")[:_MOST] if wanted else []
    return [(kind, bytes(token), person, matter) for kind, token, person, matter in hits]


def _roots(persons: Collection[UUID]) -> dict[UUID, UUID]:
    """For every card in the matters of these: the card that it was merged into in the end."""
    matters = Person.objects.filter(id__in=persons).values("concern_id")
    into = dict(Person.objects.filter(concern__in=matters).values_list("id", "merged_into_id"))

    def root(key: UUID) -> UUID:
        while (onward := into.get(key)) is not None:
            key = onward
        return key

    return {key: root(key) for key in into}


def _shown(found: Found, shut: Mapping[UUID, list[str]], today: date) -> dict[tuple[UUID, UUID], Danger]:
    """(matter warned, warning) -> in words, with the matter that it is of. No address is named that is protected in
    either of the two."""
    keys = {key for each in found.values() for key in each}
    if not keys:
        return {}
    rows = list(SafetyWarning.objects.filter(id__in=keys).select_related("person").order_by("at", "id"))
    matters = {row.concern_id for row in rows}
    persons = list(Person.objects.filter(concern__in=matters))
    open_together([*rows, *persons, *(row.person for row in rows if row.person)])
    homes = homes_of(matters)
    there = {matter: [one for one in persons if one.concern_id == matter] for matter in matters}
    return {
        (here, danger.id): replace(danger, source=homes.get(row.concern_id))
        for row in rows
        for here, whys in found.items()
        if row.pk in whys
        for danger in dangers([row], there[row.concern_id], today, shut.get(here, ()))
    }
