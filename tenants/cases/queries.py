"""Asking about cases. Which of them are there for the one who asks, the database says (see `models`)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from shared.codes.forms import CURRENT
from tenants.cases.filters import Choice
from tenants.cases.filters_queries import among, with_member
from tenants.cases.models import Answer, Case, CaseMember, GlassRequest, Note
from tenants.inbox.queries import cover_of, readers_of
from tenants.triage.models import NextStep
from varde.access import Reader
from varde.identity.models import User
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import print_of_values


@dataclass(frozen=True, slots=True)
class Registered:
    """What is counted of a case: the day it counts from, and its answers in the form it was registered in."""

    case_id: UUID
    counted_from: date
    form_version: str
    answers: Mapping[str, tuple[str, ...]]


def locked(case: Case) -> Case:
    """The case as it is now, held until the end of the transaction."""
    return Case.objects.select_for_update().get(pk=case.pk)


def chosen(reader: Reader, choice: Choice, now: datetime, soon: datetime) -> QuerySet[Case]:
    """Cases with concern, next step (`case.concern.open_steps`) and its owner: two queries. Texts are still closed."""
    cases = Case.objects.filter(among(choice, now, soon), _near())
    if choice.shown == "mine" and reader.user_id is not None:
        cases = cases.filter(with_member(reader.user_id))
    undone = NextStep.objects.filter(done_at__isnull=True).select_related("owner")
    steps = Prefetch("concern__steps", queryset=undone, to_attr="open_steps")
    return cases.select_related("concern").prefetch_related(steps).order_by(*_order(choice))


def _near() -> RawSQL:
    """Asked once per query; spares the row rights of every case in the office."""
    return RawSQL(
        "((SELECT matters_near()) IS NULL OR cases_case.concern_id = ANY ((SELECT matters_near())::uuid[]))",
        [],
        output_field=BooleanField(),
    )


_ORDER = {"": ("-opened_at", "id"), "eldst": ("opened_at", "id"), "frist": ("concern__steps__due_at", "id")}


def _order(choice: Choice) -> tuple[str, ...]:
    by_due = choice.sort == "frist" and choice.shown == "lukket"
    return _ORDER[""] if by_due else _ORDER.get(choice.sort, _ORDER[""])


def members(case: Case) -> list[CaseMember]:
    """Who is on the case, by name."""
    return list(CaseMember.objects.filter(case=case).select_related("user").order_by("user__name", "id"))


def on_it(case: Case) -> list[CaseMember]:
    """Who is on the case and not shut out of it, by name; of a covered one nobody: two see it, on it or not."""
    if cover_of(case.concern) is not None:
        return []
    rows = members(case)
    here = {user.pk for user in not_shut_out(case, [row.user for row in rows])}
    return [row for row in rows if row.user_id in here]


def owners(case: Case) -> list[User]:
    """Who may own a step or a measure in the case: those who see it, by name."""
    return readers_of(case.concern_id)


def not_shut_out(case: Case, among: Iterable[User]) -> list[User]:
    """Those of these people whom no deny row keeps out of the case."""
    shut = RawSQL("case_denied(%s, identity_user.id)", [case.pk], output_field=BooleanField())
    out = set(User.objects.filter(shut).values_list("pk", flat=True))
    return [person for person in among if person.pk not in out]


def notes(case: Case) -> list[Note]:
    """What has been written, the oldest first."""
    return list(Note.objects.filter(case=case).order_by("at", "id"))


def answers(case: Case, form: str = CURRENT) -> dict[str, tuple[str, ...]]:
    """The ticks of a case: question -> codes; only questions that are answered."""
    return _given(Answer.objects.filter(case=case, form=form).first())


def as_seen(case: Case, form: str = CURRENT) -> str:
    """The ticks of a case, for the page to send back."""
    return print_of_values(answers(case, form))


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


_left_out: list[Callable[[], Collection[UUID]]] = []


def leaves_out(function: Callable[[], Collection[UUID]]) -> None:
    """A later room says which cases are counted as part of another one; called once per room in AppConfig.ready()."""
    if function not in _left_out:
        _left_out.append(function)


def counted_elsewhere() -> set[UUID]:
    """Cases that are counted as part of another one, of those that are there for the one who asks."""
    return {key for function in _left_out for key in function()}


def registered(form: str = CURRENT) -> Iterator[Registered]:
    """Every case that is there for the one who asks, with its answers, for counting; one that goes on as another is
    counted there.

    Four queries and one unwrap call however many there are. A case whose content has been deleted for good counts
    as a case that answered nothing.
    """
    cases = list(Case.objects.order_by("counted_from", "id").values_list("id", "counted_from"))
    rows = {row.case_id: row for row in Answer.objects.filter(form=form)}
    open_together(rows.values())
    elsewhere = counted_elsewhere()
    for case_id, counted_from in cases:
        if case_id in elsewhere:
            continue
        yield Registered(case_id, counted_from, form, _given(rows.get(case_id)))


def names(concerns: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Name and address of the cases that these concerns have become, of those that the reader sees."""
    return {case.concern_id: (case.name, f"/saker/{case.id}") for case in Case.objects.filter(concern__in=concerns)}


def homes(concerns: Collection[UUID]) -> dict[UUID, str]:
    """For triage: the address of the case of each concern that has become one."""
    rows = Case.objects.filter(concern__in=concerns).values_list("concern_id", "id")
    return {concern_id: f"/saker/{case_id}" for concern_id, case_id in rows}


def glass_of(case: Case) -> list[GlassRequest]:
    """Every break-glass that was granted into this case, the newest first; for those who see it."""
    ours = RawSQL("SELECT glass_into(%s)", [case.concern_id])
    rows = GlassRequest.objects.filter(id__in=ours).select_related("asked_by", "approver")
    return list(rows.order_by("-asked_at"))
