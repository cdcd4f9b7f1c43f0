"""The course of each case, of those that are there for the one who asks; a constant number of queries."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from tenants.cases.models import Case
from tenants.cases.queries import counted_elsewhere
from tenants.inbox.mistakes_queries import is_marked, unmarked
from tenants.joined.models import Join
from tenants.measures.models import Measure
from tenants.persons.models import Person, PersonTerm
from tenants.persons.queries import standing_links
from tenants.returns.models import EarlierCase
from tenants.returns.steered import Course, Decided, Steering, Ties, apart, people, steered, with_person
from tenants.triage.models import Assessment
from tenants.triage.states import REOPENED

type Persons = list[tuple[UUID, set[Hashable]]]
"""Counted cases, the oldest first, with the persons in each."""
_IMPORT, _TRANSFER = "import", "transfer"


def steering(now: datetime) -> dict[UUID, Steering]:
    """What each case tells; nothing of the times of an imported one."""
    known = apart(persons_by_case(), EarlierCase.objects.values_list("case_id", flat=True))
    decided, measured = _decided(), _measured()
    rows = Case.objects.values_list("id", "concern_id", "closed_at", "concern__received_at", "concern__channel")
    found: dict[UUID, Steering] = {}
    for case_id, concern_id, closed_at, received_at, channel in rows:
        course = Course(
            received_at, decided[concern_id], measured.get(case_id), closed_at, handed_over=channel == _TRANSFER
        )
        said = {} if channel == _IMPORT else steered(course, now)
        found[case_id] = with_person(said, known.get(case_id))
    return found


def _decided() -> dict[UUID, list[Decided]]:
    found: dict[UUID, list[Decided]] = defaultdict(list)
    rows = Assessment.objects.exclude(outcome=REOPENED).filter(concern__case__isnull=False).order_by("decided_at", "id")
    for concern_id, code, at, deadline in rows.values_list("concern_id", "category", "decided_at", "deadline_at"):
        found[concern_id].append(Decided(code, at, deadline))
    return found


def _measured() -> dict[UUID, datetime]:
    """When the first measure was planned; one that was entered wrongly is none."""
    rows = unmarked(Measure.objects.all()).values_list("case_id").annotate(first=Min("made_at")).order_by()
    return {case_id: first for case_id, first in rows if first is not None}


def persons_by_case() -> Persons:
    """Whom each counted case is about, as cards tell it; those of a joined matter belong to the one it went on as."""
    rows = Case.objects.order_by("counted_from", "concern__received_at", "id").values_list("id", "concern_id")
    cases, gone = list(rows), counted_elsewhere()
    owner = {concern_id: case_id for case_id, concern_id in cases}
    into = dict(Join.objects.filter(ended_at__isnull=True).values_list("concern_id", "into_id"))
    who = _cards()
    here: dict[UUID, set[Hashable]] = defaultdict(set)
    for concern_id, person in who:
        here[owner.get(_end(concern_id, into), concern_id)].add(person)
    return [(case_id, here[case_id]) for case_id, _ in cases if case_id not in gone]


def _end(concern_id: UUID, into: dict[UUID, UUID]) -> UUID:
    seen = {concern_id}
    while (after := into.get(concern_id)) is not None and after not in seen:
        seen.add(concern_id := after)
    return concern_id


def _cards() -> Sequence[tuple[UUID, Hashable]]:
    """(matter, person) of every card of somebody exposed that was not entered wrongly."""
    rows = unmarked(Person.objects.filter(role="exposed")).values_list("id", "concern_id", "merged_into_id")
    cards = list(rows)
    merged = [(card, other) for card, _, other in cards if other is not None]
    linked = standing_links().values_list("person_id", "other_person_id")
    terms = PersonTerm.objects.filter(kind="id_number").exclude(is_marked(Person, "person_id"))
    numbers = [(card, bytes(token)) for card, token in terms.values_list("person_id", "token")]
    person_of = people([card for card, _, _ in cards], Ties([*merged, *linked], numbers))
    return [(concern_id, person_of(card)) for card, concern_id, _ in cards]
