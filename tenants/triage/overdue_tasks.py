"""Nobody has opened it, and those who could have been told: the leader hears that something waits, then the phone."""

from datetime import datetime
from uuid import UUID

from shared.contracts import EscalationNotice
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.queries import office_by_id
from tenants.inbox.models import Concern
from tenants.triage import escalation, overdue_queries, queries
from tenants.triage.escalation import LEADER, PHONE, Told
from tenants.triage.escalation_models import Escalation
from tenants.triage.notices import Watch
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("triage.overdue", every=900, kinds=("kommune",))
def tell_overdue(ref: OfficeRef) -> None:
    """Each level once; the mail goes before the commit, and who could not be told is told the next time."""
    with work(ref, "reminders") as by:
        at = now()
        late = overdue_queries.unopened(at)
        known = queries.told_of_concerns(late)
        levels = _levels(late)
        watch = Watch.at(at)
        for concern in late:
            # When no mail gets out, what needs none goes all the same.
            given_up = overdue_queries.given_up(concern, at)
            if given_up or not _chain_goes_on(concern, known[concern], watch, at):
                _next(ref, concern, levels[concern], given_up, at, by)


def _levels(concerns: list[Concern]) -> dict[Concern, dict[int, datetime]]:
    """Per concern the levels that have been told, and when; also of those who have left since."""
    found: dict[Concern, dict[int, datetime]] = {concern: {} for concern in concerns}
    by_key = {concern.pk: concern for concern in concerns}
    for row in Escalation.objects.filter(concern__in=concerns, step=None).order_by("at"):
        found[by_key[row.concern_id]][row.level] = row.at
    return found


def _chain_goes_on(concern: Concern, told: list[Told[User]], watch: Watch, at: datetime) -> bool:
    """Is there somebody of the team who has not heard, or who was told a moment ago?"""
    team = [each for each in told if each.level < LEADER]
    wait = escalation.spacing(akutt=True)
    return watch.next_call(concern.id, team) is not None or escalation.waits(team, None, at, wait)


def _next(
    ref: OfficeRef, concern: Concern, told: dict[int, datetime], given_up: bool, at: datetime, by: Reader
) -> None:
    if PHONE in told:
        return
    leaders = overdue_queries.leaders(concern) if LEADER not in told else []
    if leaders:
        reached = mail.tell("waits", to=[person.email for person in leaders], ref=ref)
        for person in leaders:
            if person.email in reached:
                _note(concern, LEADER, person.id, person.name, at, by)
        if reached or not given_up:
            return
    if LEADER in told and at - told[LEADER] < escalation.spacing(akutt=True):
        return
    _tell_phone(concern, at, by)


def _tell_phone(concern: Concern, at: datetime, by: Reader) -> None:
    """The letter says its reference and since when; a phone that cannot get post yet is told in the next round."""
    if concern.channel != "hotline" or not concern.letter_id or not concern.origin:
        return
    phone = office_by_id(concern.origin)
    letter = EscalationNotice(
        handover=concern.letter_id,
        reference=concern.reference,
        waiting_since=concern.received_at,
        level="region",
        at=at,
    )
    try:
        send(letter, to=phone, by=by, about=concern.id)
    except NoKey:
        return
    _note(concern, PHONE, phone.id, phone.name, at, by)


def _note(concern: Concern, level: int, who: UUID, name: str, at: datetime, by: Reader) -> None:
    Escalation(concern=concern, step=None, about="unopened", level=level, told=who, told_name=name[:200], at=at).save()
    record(by=by, action=Action.SEND, what="triage.escalation", ids=[concern.id])
