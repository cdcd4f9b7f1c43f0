"""Asking about requests in no matter. Matches are found under the reader's own rights, by nobody for anybody else."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import QuerySet

from tenants.inbox.home import homes_of
from tenants.inbox.models import Concern
from tenants.inbox.search import numbers_in, words_in
from tenants.insight.inquiry import WHY, Inquirer
from tenants.insight.inquiry_models import Inquiry, InquiryAnswer, InquiryVerdict
from tenants.triage.reminders import Due
from varde.privacy.index import tokens
from varde.ui.dates import day_of

# On one page of what waits.
_MOST = 30
# So long before the day those who answer are told.
_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Match:
    """A matter that the reader sees, in which the person may be; `verdict` is what was said of it last."""

    concern: Concern
    name: str
    address: str
    why: str
    verdict: InquiryVerdict | None

    @property
    def same(self) -> bool | None:
        """Is it the person? None while nobody has said."""
        return self.verdict.same if self.verdict else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A match that nobody has judged."""

    inquiry_id: UUID
    concern_id: UUID
    due_on: date
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many wait, without a name: of one sort, how many are late or due within a week, and the first day."""

    what: str
    waiting: int
    overdue: int
    soon: int
    first_due: date


def terms_of(asked: Inquirer) -> set[tuple[str, bytes]]:
    """(kind, token) of what is searched for."""
    words = words_in(asked.name)
    found = {("name", token) for token in (words[:1] + words[-1:])}
    found |= {("id_number", token) for token in tokens("id_number", asked.id_number)}
    return found | {("phone", token) for token in numbers_in(asked.phone) or tokens("phone", asked.phone)}


def matches(inquiry: Inquiry) -> list[Match]:
    """Where the person may be, among matters that the reader sees, the newest first."""
    reasons: dict[UUID, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute("SELECT concern_id, why FROM insight_hits(%s)", [inquiry.pk])
        for matter, why in cursor.fetchall():
            reasons[matter].add(why)
    said = verdicts(inquiry)
    rows = list(Concern.objects.filter(id__in=reasons.keys() | said.keys()).order_by("-received_at", "id"))
    homes = homes_of([row.pk for row in rows])
    return [
        Match(row, homes[row.pk].name, homes[row.pk].address, _why(reasons[row.pk]), said.get(row.pk)) for row in rows
    ]


def _why(reasons: set[str]) -> str:
    return ", ".join(words for code, words in WHY.items() if code in reasons)


def verdicts(inquiry: Inquiry) -> dict[UUID, InquiryVerdict]:
    """What was said last of each matter that the reader sees."""
    rows = InquiryVerdict.objects.filter(inquiry=inquiry).order_by("at", "id")
    return {row.concern_id: row for row in rows}


def listed() -> QuerySet[Inquiry]:
    """Those that are open, the first due first."""
    return Inquiry.objects.filter(state="open").order_by("due_on", "made_at")


def ended() -> QuerySet[Inquiry]:
    """Those that are over, the last first."""
    return Inquiry.objects.exclude(state="open").order_by("-ended_at", "id")


def answer_of(inquiry: Inquiry) -> InquiryAnswer | None:
    """How the reader answered it; None for everybody else."""
    return InquiryAnswer.objects.filter(inquiry=inquiry).first()


def waiting() -> list[Waiting]:
    """Matches that nobody has judged, in matters that the reader sees, the first due first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inquiry_id, concern_id, due_on, answered FROM insight_waiting()"
            " ORDER BY due_on, concern_id, inquiry_id LIMIT %s",
            [_MOST],
        )
        return [Waiting(*row) for row in cursor.fetchall()]


def waiting_in(concern: Concern) -> list[UUID]:
    """The requests that may be about somebody in this matter, the first due first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inquiry_id FROM insight_waiting() WHERE concern_id = %s ORDER BY due_on", [concern.pk])
        return [key for (key,) in cursor.fetchall()]


def to_remind(now: datetime) -> Iterator[Due]:
    """Open requests that are due within a week, or were; and at once matches that wait, in their matter."""
    for row in Inquiry.objects.filter(state="open", due_on__lte=day_of(now) + _AHEAD).order_by("due_on", "id"):
        yield Due(row.pk, None, None, row.due_on)
    with connection.cursor() as cursor:
        cursor.execute("SELECT inquiry_id, concern_id, due_on FROM insight_waiting_all() ORDER BY 3, 1, 2")
        rows = cursor.fetchall()
    for inquiry, matter, due_on in rows:
        yield Due(uuid5(inquiry, str(matter)), matter, None, due_on)


def deadlines(now: datetime) -> list[Deadlines]:
    """Whole-office figures without names; none for anybody but a privacy officer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM insight_deadlines(%s)", [day_of(now)])
        return [Deadlines(*row) for row in cursor.fetchall()]
