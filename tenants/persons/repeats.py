"""Does a person or a place of this matter come again in another one? Only among matters that the reader sees both of.

Row rights hide the tokens of every other matter, so that there is nothing to count, and nothing to leave out.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from tenants.inbox.home import names_of
from tenants.inbox.models import Concern, SearchTerm
from tenants.persons.models import Person, PersonLink, PersonTerm
from tenants.persons.queries import shown_name, standing_links
from tenants.persons.terms import NUMBERS, TELLING
from varde.privacy.fields import open_together
from varde.ui.dates import date_and_time

SAME = {
    "id_number": "samme fødselsnummer",
    "phone": "samme telefonnummer",
    "whole_name": "samme navn",
    "place": "samme adresse",
}
# Of an institution or a name that many have: enough to see that there are more.
_MOST = 200


@dataclass(slots=True)
class Pair:
    """A card here and a card there that may be the same person."""

    mine: Person
    theirs: Person
    link: PersonLink | None = None

    @property
    def name(self) -> str:
        """What the person is called there."""
        return shown_name(self.theirs)


@dataclass(slots=True)
class Repeat:
    """Another matter in which somebody or some place of this one is found."""

    concern_id: UUID
    name: str = ""
    address: str = ""
    reasons: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    @property
    def why(self) -> str:
        """«samme telefonnummer, samme navn»"""
        return ", ".join(self.reasons)


def repeats_of(concern: Concern, cards: Collection[Person]) -> list[Repeat]:
    """The other matters where these cards of `concern` come again, the newest first; a constant number of queries."""
    mine = {person.pk: person for person in cards}
    found: dict[UUID, Repeat] = {}
    pairs: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    own = PersonTerm.objects.filter(person__in=mine, kind__in=TELLING)
    held = [(kind, bytes(token), person) for kind, token, person in own.values_list("kind", "token", "person_id")]
    for kind, person, other, matter in _in_cards(concern, held):
        pairs[person, other].add(kind)
        _note(found, matter, SAME[kind])
    for kind, matter in _in_what_was_told(concern, held):
        _note(found, matter, SAME[kind])
    links = _links(concern, mine)
    for link in links:
        _note(found, link.other_id if link.concern_id == concern.pk else link.concern_id, "koblet som samme person")
    _lay_pairs(found, mine, pairs, links)
    return _named(found)


def _note(found: dict[UUID, Repeat], matter: UUID, reason: str) -> None:
    repeat = found.setdefault(matter, Repeat(matter))
    if reason not in repeat.reasons:
        repeat.reasons.append(reason)


Held = list[tuple[str, bytes, UUID]]


def _in_cards(concern: Concern, held: Held) -> list[tuple[str, UUID, UUID, UUID]]:
    wanted = {token for _, token, _ in held}
    rows = PersonTerm.objects.exclude(concern=concern).filter(token__in=wanted, kind__in=TELLING)
    hits = rows.values_list("kind", "token", "person_id", "concern_id")[:_MOST] if wanted else []
    return [
        (kind, person, other, matter)
        for kind, token, other, matter in hits
        for own_kind, own_token, person in held
        if (own_kind, own_token) == (kind, bytes(token))
    ]


def _in_what_was_told(concern: Concern, held: Held) -> list[tuple[str, UUID]]:
    kinds = {token: kind for kind, token, _ in held if kind in NUMBERS}
    rows = SearchTerm.objects.exclude(concern=concern).filter(token__in=kinds)
    hits = rows.values_list("token", "concern_id")[:_MOST] if kinds else []
    return [(kinds[bytes(token)], matter) for token, matter in hits]


def _links(concern: Concern, mine: Collection[UUID]) -> list[PersonLink]:
    either = Q(person__in=mine) | Q(other_person__in=mine)
    return list(standing_links().filter(either, Q(concern=concern) | Q(other=concern)))


def _lay_pairs(
    found: dict[UUID, Repeat],
    mine: dict[UUID, Person],
    pairs: dict[tuple[UUID, UUID], set[str]],
    links: list[PersonLink],
) -> None:
    """Which card there may be which card here: told by more than a common address, or linked."""
    linked = {
        (link.person_id, link.other_person_id)
        if link.person_id in mine
        else (link.other_person_id, link.person_id): link
        for link in links
    }
    wanted = linked.keys() | {pair for pair, kinds in pairs.items() if kinds - {"place"}}
    theirs = {each.pk: each for each in Person.objects.filter(concern__in=found)} if wanted else {}
    open_together(theirs.values())
    laid: dict[tuple[UUID, UUID], Pair] = {}
    for person, other in sorted(pair for pair in wanted if pair[1] in theirs):
        here, there = _final(mine, person), _final(theirs, other)
        pair = laid.setdefault((here.pk, there.pk), Pair(here, there))
        pair.link = pair.link or linked.get((person, other))
    for pair in laid.values():
        found[pair.theirs.concern_id].pairs.append(pair)


def _final(cards: dict[UUID, Person], key: UUID) -> Person:
    """The card that this one was merged into, if it was."""
    card = cards[key]
    while card.merged_into_id in cards:
        card = cards[card.merged_into_id]
    return card


def _named(found: dict[UUID, Repeat]) -> list[Repeat]:
    rows = Concern.objects.filter(id__in=found).order_by("-received_at", "id")
    names = names_of(list(found)) if found else {}
    for row in rows:
        usual = (f"Bekymring {date_and_time(row.received_at)}", f"/innboks/{row.pk}")
        found[row.pk].name, found[row.pk].address = names.get(row.pk, usual)
    return [found[row.pk] for row in rows]
