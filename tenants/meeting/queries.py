"""Asking about meetings and what belongs on the next agenda. Which matters are there, the database says."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from tenants.cases.models import Case, CaseMember, Note
from tenants.closing.after_queries import waiting as followups
from tenants.inbox.mistakes_queries import unmarked
from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.measures.models import Request
from tenants.measures.queries import due as due_measures
from tenants.measures.requests_states import WAITING
from tenants.measures.states import OPEN as MEASURES_OPEN
from tenants.meeting.agenda import MOST, NEW, REVIEW, STILL, Candidate, merged
from tenants.meeting.models import Decision, Hearing, Item, Meeting, Participant
from tenants.meeting.states import TOOK_PLACE
from tenants.persons.spoken import SafetyWarning
from tenants.risk.models import Assessment as RiskAssessment
from tenants.triage.carry_queries import unconfirmed
from tenants.triage.hold_models import Hold
from tenants.triage.models import NextStep
from tenants.triage.queries import UNDECIDED, undecided
from tenants.triage.reminders import SOON, Due
from varde.access import Reader, Role
from varde.identity.models import User
from varde.refusal import print_of
from varde.ui.dates import day_of, short_date


def coming() -> QuerySet[Meeting]:
    """Meetings that are planned, or held without approved minutes; the next one first."""
    return Meeting.objects.filter(state__in=("planned", "held")).select_related("chair").order_by("starts_at")


def earlier() -> QuerySet[Meeting]:
    """Meetings that are over, the newest first."""
    return Meeting.objects.filter(state__in=("approved", "cancelled")).select_related("chair").order_by("-starts_at")


def as_seen(meeting: Meeting) -> str:
    """When, where and who leads, for the page to send back."""
    return print_of(meeting, ("starts_at", "minutes", "place", "link", "chair_id", "minute_taker_id"))


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the end of the transaction."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def items(meeting: Meeting) -> list[Item]:
    """The points that are there for the one who asks, in order, also those taken off."""
    return list(Item.objects.filter(meeting=meeting).order_by("position", "added_at", "id"))


def participants(meeting: Meeting) -> list[Participant]:
    """Colleagues by name, then those from outside; also those who do not come after all."""
    rows = Participant.objects.filter(meeting=meeting).select_related("user")
    return list(rows.order_by("user__name", "id"))


def comes(meeting: Meeting, user: User) -> bool:
    """Is this colleague one of the participants, and not taken out again?"""
    return Participant.objects.filter(meeting=meeting, user=user, gone_at__isnull=True).exists()


def hearings(shown: Iterable[Item]) -> list[Hearing]:
    """What is recorded on who may hear these points."""
    return list(Hearing.objects.filter(item__in=[item.id for item in shown]).order_by("at"))


def decisions(meeting: Meeting) -> list[Decision]:
    """What was decided, as far as it is there for the one who asks; also what was entered by mistake."""
    return list(Decision.objects.filter(meeting=meeting).select_related("owner", "heir").order_by("made_at", "id"))


def tasks() -> QuerySet[Decision]:
    """Decisions that somebody has, or had, to do: what became the next step of a matter is not among them."""
    rows = Decision.objects.filter(Q(own_task=True) | Q(concern__isnull=True), gone_at__isnull=True)
    return rows.select_related("owner", "heir", "meeting", "concern")


def undone() -> QuerySet[Decision]:
    """Those that nobody has reported done; the first due first."""
    return tasks().filter(done_at__isnull=True).order_by("due_at", "id")


def to_remind(now: datetime) -> Iterator[Due]:
    """Tasks that are due within a day, or were; of matters that are not over. For the purpose that reminds."""
    rows = Decision.objects.filter(
        Q(own_task=True) | Q(concern__isnull=True), gone_at__isnull=True, done_at__isnull=True
    )
    rows = rows.filter(due_at__lt=now + SOON).exclude(concern__progress__in=OVER).select_related("owner", "heir")
    for row in rows.order_by("due_at", "id"):
        yield Due(row.id, row.concern_id, row.heir or row.owner, day_of(row.due_at))


def theirs(user_id: UUID | None) -> Q:
    """What this person does: their own, and what came to them from somebody who was shut out."""
    return Q(heir_id=user_id) | Q(heir__isnull=True, owner_id=user_id)


def last_time(item: Item) -> Item | None:
    """The point at which the same matter was taken up last, in a meeting that took place before this one."""
    if item.concern_id is None:
        return None
    rows = Item.objects.filter(concern_id=item.concern_id, off=False, meeting__state__in=TOOK_PLACE)
    rows = rows.filter(meeting__starts_at__lt=item.meeting.starts_at).exclude(meeting=item.meeting_id)
    return rows.select_related("meeting").order_by("-meeting__starts_at", "-id").first()


def decided_on(item: Item) -> list[Decision]:
    """What was decided on one point."""
    rows = Decision.objects.filter(item=item, gone_at__isnull=True)
    return list(rows.select_related("owner", "heir").order_by("made_at", "id"))


def seers(matters: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Who sees each of these matters; one query however many, and nothing of one that the asker does not see."""
    found: dict[UUID, set[UUID]] = {matter: set() for matter in matters}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id, r.who FROM unnest(%s::uuid[]) AS m(id), LATERAL matter_readers(m.id) AS r(who)",
            [list(matters)],
        )
        for matter, who in cursor.fetchall():
            found[matter].add(who)
    return found


def names(matters: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """What each matter is called and where it lives: a case by its name, a concern by the day it came. Two queries."""
    found = {
        key: (f"Bekymring mottatt {short_date(day_of(received))}", f"/innboks/{key}")
        for key, received in Concern.objects.filter(id__in=matters).values_list("id", "received_at")
    }
    for case in Case.objects.filter(concern__in=matters):
        found[case.concern_id] = (case.name, f"/saker/{case.id}")
    return found


def decision_there(decision_id: UUID) -> RawSQL:
    """The same for a decision."""
    return RawSQL("meeting_decision_there(%s)", [decision_id], output_field=BooleanField())


def item_there(item_id: UUID) -> RawSQL:
    """A filter for the getter, answered before the row is looked for: hidden and absent take the same way."""
    return RawSQL("meeting_item_there(%s)", [item_id], output_field=BooleanField())


# --- what belongs on the agenda ------------------------------------------------------------------------------------
def suggested(reader: Reader, taken: Collection[UUID], now: datetime) -> list[Candidate]:
    """What the reader sees that should be taken up and is not on the agenda. A constant number of queries, each with
    an end, however many matters there are."""
    return merged(_found(reader, now), taken)


def _found(reader: Reader, now: datetime) -> Iterator[Candidate]:
    for why, rows in _by_kind(reader, now):
        yield from (Candidate(matter, why) for matter in rows[:MOST])


def _by_kind(reader: Reader, now: datetime) -> Iterator[tuple[str, Sequence[UUID] | QuerySet[Any, UUID]]]:
    mine = _mine(reader)
    yield from _late(reader, now, mine)
    yield from _to_review(now, mine)
    yield from _old_and_new(now, mine)


def _late(reader: Reader, now: datetime, mine: Any) -> Iterator[tuple[str, QuerySet[Any, UUID]]]:
    """What nobody has decided on, and what is over its date."""
    # One state at a time: only so is the index an order, and a LIMIT an end.
    for progress in UNDECIDED:
        yield "new", undecided().filter(progress=progress).values_list("id", flat=True)
    steps = NextStep.objects.filter(done_at__isnull=True, due_at__lt=now).filter(**mine("concern_id__in"))
    yield "step", steps.order_by("due_at").values_list("concern_id", flat=True)
    late = due_measures(reader).filter(due_on__lt=day_of(now)).filter(**mine("case__concern_id__in"))
    for status in sorted(MEASURES_OPEN):
        yield "measure", late.filter(status=status).order_by("due_on").values_list("case__concern_id", flat=True)
    asked = Request.objects.filter(due_on__lt=day_of(now), case__state="open").filter(**mine("concern_id__in"))
    for state in sorted(WAITING):
        yield "request", asked.filter(state=state).order_by("due_on").values_list("concern_id", flat=True)


def _to_review(now: datetime, mine: Any) -> Iterator[tuple[str, Sequence[UUID] | QuerySet[Any, UUID]]]:
    """What somebody said that the team would look at again, and hand-overs that no service has confirmed."""
    today = day_of(now)
    newer = RiskAssessment.objects.filter(case=OuterRef("case"), signed_at__gt=OuterRef("signed_at"))
    anew = RiskAssessment.objects.filter(~Exists(newer), signed_at__isnull=False, next_on__lte=today)
    anew = anew.filter(case__state="open").filter(**mine("case__concern_id__in")).order_by("next_on")
    yield "risk", anew.values_list("case__concern_id", flat=True)
    warned = SafetyWarning.objects.filter(ended_at__isnull=True, review_on__lte=today).filter(**mine("concern_id__in"))
    yield "warning", warned.order_by("review_on").values_list("concern_id", flat=True)
    held = Hold.objects.filter(ended_at__isnull=True, look_at__lte=today).filter(**mine("concern_id__in"))
    held = held.exclude(concern__progress__in=OVER).order_by("look_at")
    yield "hold", held.values_list("concern_id", flat=True)
    yield "handover", [row.concern_id for row in unconfirmed(now, MOST, Q(**mine("concern_id__in")))]
    asked = followups().filter(due_on__lte=today).filter(**mine("case__concern_id__in")).order_by("due_on")
    yield "followup", asked.values_list("case__concern_id", flat=True)


def _old_and_new(now: datetime, mine: Any) -> Iterator[tuple[str, QuerySet[Any, UUID]]]:
    cases = Case.objects.filter(state="open").filter(**mine("concern_id__in"))
    new = cases.filter(opened_at__gte=_last(now)).order_by("-opened_at")
    yield "case", new.values_list("concern_id", flat=True)
    written = unmarked(Note.objects.filter(case__concern=OuterRef("concern_id"), at__gte=now - STILL))
    steps = NextStep.objects.filter(done_at__isnull=True).filter(**mine("concern_id__in"))
    still = steps.filter(~Exists(written), made_at__lt=now - STILL).order_by("made_at")
    yield "still", still.values_list("concern_id", flat=True)
    old = cases.filter(~_taken_up(now), opened_at__lt=now - REVIEW).order_by("opened_at")
    yield "review", old.values_list("concern_id", flat=True)


def _mine(reader: Reader) -> Any:
    """For a team member: only own cases, which spares the database from asking about every other."""

    def narrowed(field: str) -> Mapping[str, Any]:
        if reader.has(Role.COORDINATOR) or reader.user_id is None:
            return {}
        return {field: CaseMember.objects.filter(user_id=reader.user_id).values("case__concern_id")}

    return narrowed


def _last(now: datetime) -> datetime:
    """When the team met last; without a meeting, a month ago."""
    last = Meeting.objects.filter(state__in=TOOK_PLACE, starts_at__lt=now).order_by("-starts_at").first()
    return last.starts_at if last else now - NEW


def _taken_up(now: datetime) -> Exists:
    rows = Item.objects.filter(concern=OuterRef("concern_id"), off=False)
    return Exists(rows.filter(meeting__state__in=TOOK_PLACE, meeting__starts_at__gte=now - REVIEW))
