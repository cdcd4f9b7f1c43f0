"""Asking about cases. Which of them are there for the one who asks, the database says (see `models`)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from shared.codes.forms import CURRENT
from tenants.cases.models import Answer, Case, CaseMember, GlassRequest, Note
from tenants.inbox.queries import readers_of
from tenants.triage.models import NextStep
from varde.access import Reader
from varde.identity.models import User
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together


@dataclass(frozen=True, slots=True)
class Registered:
    """What is counted of a case: the day it counts from, and its answers in the form it was registered in."""

    case_id: UUID
    counted_from: date
    form_version: str
    answers: Mapping[str, tuple[str, ...]]


def _on_it(user_id: UUID) -> Exists:
    return Exists(CaseMember.objects.filter(case=OuterRef("pk"), user_id=user_id))


def locked(case: Case) -> Case:
    """The case as it is now, held until the end of the transaction."""
    return Case.objects.select_for_update().get(pk=case.pk)


def listed(reader: Reader, *, state: str = "open", mine: bool = False) -> QuerySet[Case]:
    """Cases with concern, next step (`case.concern.open_steps`) and its owner: two queries. Texts are still closed."""
    cases = Case.objects.filter(state=state)
    if mine and reader.user_id is not None:
        cases = cases.filter(_on_it(reader.user_id))
    undone = NextStep.objects.filter(done_at__isnull=True).select_related("owner")
    steps = Prefetch("concern__steps", queryset=undone, to_attr="open_steps")
    return cases.select_related("concern").prefetch_related(steps).order_by("-opened_at", "id")


def members(case: Case) -> list[CaseMember]:
    """Who is on the case, by name."""
    return list(CaseMember.objects.filter(case=case).select_related("user").order_by("user__name", "id"))


def owners(case: Case) -> list[User]:
    """Who may own a step or a measure in the case: those who see it, by name."""
    return readers_of(case.concern_id)


def notes(case: Case) -> list[Note]:
    """What has been written, the oldest first."""
    return list(Note.objects.filter(case=case).order_by("at", "id"))


def answers(case: Case, form: str = CURRENT) -> dict[str, tuple[str, ...]]:
    """The ticks of a case: question -> codes; only questions that are answered."""
    return _given(Answer.objects.filter(case=case, form=form).first())


def answer_row(case: Case, form: str) -> Answer:
    """The row that the answers stand in, a new one when nothing is answered yet."""
    found = Answer.objects.filter(case=case, form=form).first() or Answer(form=form)
    found.case = case
    return found


def _given(row: Answer | None) -> dict[str, tuple[str, ...]]:
    """What a row holds; nothing when there is none, and when the matter's content has been deleted for good."""
    try:
        return {question: tuple(codes) for question, codes in row.given.items()} if row else {}
    except Destroyed:
        return {}


def registered(form: str = CURRENT) -> Iterator[Registered]:
    """Every case that is there for the one who asks, with its answers, for counting.

    Three queries and one unwrap call however many there are. A case whose content has been deleted for good counts
    as a case that answered nothing.
    """
    cases = list(Case.objects.order_by("counted_from", "id").values_list("id", "counted_from"))
    rows = {row.case_id: row for row in Answer.objects.filter(form=form)}
    open_together(rows.values())
    for case_id, counted_from in cases:
        yield Registered(case_id, counted_from, form, _given(rows.get(case_id)))


def homes(concerns: Collection[UUID]) -> dict[UUID, str]:
    """For triage: the address of the case of each concern that has become one."""
    rows = Case.objects.filter(concern__in=concerns).values_list("concern_id", "id")
    return {concern_id: f"/saker/{case_id}" for concern_id, case_id in rows}


def glass_of(case: Case) -> list[GlassRequest]:
    """Every break-glass that was granted into this case, the newest first; for those who see it."""
    ours = RawSQL("SELECT glass_into(%s)", [case.concern_id])
    rows = GlassRequest.objects.filter(id__in=ours).select_related("asked_by", "approver")
    return list(rows.order_by("-asked_at"))
