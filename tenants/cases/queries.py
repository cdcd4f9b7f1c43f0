"""Asking about cases. `visible_cases` is the one place that says which cases a reader sees."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from shared.codes.forms import CURRENT
from tenants.cases.models import Answer, Case, CaseMember, Note
from tenants.inbox.models import Concern
from tenants.triage.models import NextStep
from tenants.triage.queries import coordinators
from varde.access import Permission, Purpose, Reader, Role
from varde.identity.models import User

SEES_ALL: frozenset[Purpose] = frozenset({"returns", "import", "reminders"})


@dataclass(frozen=True, slots=True)
class Registered:
    """What is counted of a case: the day it counts from, and its answers in the form it was registered in."""

    case_id: UUID
    counted_from: date
    form_version: str
    answers: Mapping[str, tuple[str, ...]]


def visible_cases(reader: Reader) -> QuerySet[Case]:
    """Coordinators and the named purposes: all. People who work in cases: those they are on. Others: none."""
    if reader.purpose in SEES_ALL or reader.has(Role.COORDINATOR):
        return Case.objects.all()
    if reader.user_id is None or not reader.may(Permission.CASES):
        return Case.objects.none()
    # A subquery, not a join: a later filter on members must never widen what is seen.
    return Case.objects.filter(_on_it(reader.user_id))


def without_hidden(reader: Reader, concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """For the inbox: a concern that has become a case is there only for those who see the case."""
    hidden = Case.objects.filter(concern=OuterRef("pk")).exclude(pk__in=visible_cases(reader).values("pk"))
    return concerns.filter(~Exists(hidden))


def _on_it(user_id: UUID) -> Exists:
    return Exists(CaseMember.objects.filter(case=OuterRef("pk"), user_id=user_id))


def locked(case: Case) -> Case:
    """The case as it is now, held until the end of the transaction."""
    return Case.objects.select_for_update().get(pk=case.pk)


def listed(reader: Reader, *, state: str = "open", mine: bool = False) -> QuerySet[Case]:
    """Visible cases with concern, next step (`case.concern.open_steps`) and its owner: three queries."""
    cases = visible_cases(reader).filter(state=state)
    if mine and reader.user_id is not None:
        cases = cases.filter(_on_it(reader.user_id))
    undone = NextStep.objects.filter(done_at__isnull=True).select_related("owner")
    steps = Prefetch("concern__steps", queryset=undone, to_attr="open_steps")
    return cases.select_related("concern").prefetch_related(steps).order_by("-opened_at", "id")


def members(case: Case) -> list[CaseMember]:
    """Who is on the case, by name."""
    return list(CaseMember.objects.filter(case=case).select_related("user").order_by("user__name", "id"))


def owners(case: Case) -> list[User]:
    """Who may own a step or a measure in the case: its active members and the coordinators, by name."""
    found = {person.id: person for person in coordinators()}
    found.update({row.user_id: row.user for row in members(case) if row.user.is_active})
    return sorted(found.values(), key=lambda person: person.name)


def notes(case: Case) -> list[Note]:
    """What has been written, the oldest first."""
    return list(Note.objects.filter(case=case).order_by("at", "id"))


def answers(case: Case, form: str = CURRENT) -> dict[str, tuple[str, ...]]:
    """The ticks of a case: question -> codes; only questions that are answered."""
    found: dict[str, tuple[str, ...]] = {}
    for question, code in Answer.objects.filter(case=case, form=form).order_by("id").values_list("question", "code"):
        found[question] = (*found.get(question, ()), code)
    return found


def registered(reader: Reader, *, form: str = CURRENT) -> Iterator[Registered]:
    """Every case that the reader sees with its answers, for counting; two queries however many there are."""
    cases = list(visible_cases(reader).order_by("counted_from", "id").values_list("id", "counted_from"))
    ticks: dict[UUID, dict[str, tuple[str, ...]]] = {case_id: {} for case_id, _ in cases}
    rows = Answer.objects.filter(form=form, case__in=visible_cases(reader)).order_by("id")
    for case_id, question, code in rows.values_list("case_id", "question", "code"):
        mine = ticks.setdefault(case_id, {})
        mine[question] = (*mine.get(question, ()), code)
    for case_id, counted_from in cases:
        yield Registered(case_id, counted_from, form, ticks[case_id])


def homes(concerns: Collection[UUID], reader: Reader) -> dict[UUID, str]:
    """For triage: the address of the case of each concern that has become one, "" for a case hidden from the reader."""
    rows = Case.objects.filter(concern__in=concerns).values_list("concern_id", "id")
    seen = set(visible_cases(reader).filter(concern__in=concerns).values_list("id", flat=True))
    return {concern_id: f"/saker/{case_id}" if case_id in seen else "" for concern_id, case_id in rows}
