"""What was decided on a point and what came of it, who may hear it, and taking back what was entered by mistake."""

from dataclasses import dataclass

from django.db import transaction

from tenants.inbox.access import check_owner
from tenants.inbox.models import Concern
from tenants.meeting.agenda_actions import fresh_item
from tenants.meeting.models import Decision, Hearing, Item, Participant
from tenants.meeting.queries import theirs, undone
from tenants.meeting.states import check_open
from tenants.triage import actions as triage
from tenants.triage.actions import NewStep
from tenants.triage.queries import open_step, owners
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused

_NO_STEP = "Noen andre har alt meldt steget som gjort. Det du fylte ut, står her fortsatt. Se over og lagre på nytt."


@dataclass(frozen=True, slots=True)
class StepDone:
    """The step that stood in the matter was done, and what came of it. `seen`: its id, None where there was no page."""

    came_of: str
    seen: str | None = None


@transaction.atomic
def decide(*, item: Item, step: NewStep, by: Reader, after: StepDone | None = None) -> Decision:
    """What was decided, by whom and by when: a task of its own, whatever else was decided on the matter.

    `after`: the step that stood in the matter was done, and this is the next one. Raises Refused with a sentence for an
    owner who does not see the matter, Overtaken when somebody else was first with the step.
    """
    fresh = fresh_item(item=item, by=by)
    if fresh.concern is not None:
        check_owner(step.owner, fresh.concern.id)
    elif step.owner not in owners():
        raise Refused(f"{step.owner.name} er ikke i teamet nå. Velg en annen.")
    if fresh.concern is not None and after is not None:
        _become_step(fresh.concern, step, after, by)
    row = Decision(
        item=fresh, meeting=fresh.meeting, concern=fresh.concern, text=step.text, owner=step.owner, due_at=step.due_at,
        own_task=fresh.concern is not None and after is None, made_at=now(), made_by_name=by.name[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meeting.decision", ids=[fresh.concern_id or fresh.meeting_id])
    return row


def _become_step(concern: Concern, step: NewStep, after: StepDone, by: Reader) -> None:
    current = open_step(concern)
    if current is None:
        raise Overtaken(_NO_STEP)
    triage.complete_step(step=current, then=step, came_of=after.came_of, seen=after.seen, by=by)


@transaction.atomic
def finish(*, decision: Decision, by: Reader, came_of: str = "") -> None:
    """What was decided has been done, and what came of it. Raises Refused for what became a step, for what was taken
    back, when it was reported already, and in a matter when nothing is said."""
    require(by, Permission.CASES)
    fresh = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not fresh.is_task or fresh.gone_at is not None:
        raise Refused("Dette er ingen oppgave som står åpen.")
    if fresh.done_at is not None:
        raise Refused(f"{fresh.done_by_name or 'Noen andre'} har alt meldt dette som gjort.")
    if fresh.concern_id is not None and not came_of:
        raise Refused("Skriv hva som kom ut av det.")
    fresh.done_at, fresh.done_by_name, fresh.came_of = now(), by.name[:200], came_of
    fresh.save(update_fields=["done_at", "done_by_name", "came_of"])
    record(
        by=by, action=Action.CHANGE, what="meeting.decision", ids=[fresh.concern_id or fresh.meeting_id], reason="gjort"
    )


@transaction.atomic
def let_hear(*, item: Item, participant: Participant, ground: str, reason: str, by: Reader) -> None:
    """Record why somebody from outside may hear a point about a matter. Raises Refused for anybody else."""
    fresh = fresh_item(item=item, by=by)
    if participant.user_id is not None or fresh.concern_id is None:
        raise Refused("Grunnlag føres bare for dem som er invitert utenfra, og bare for saker.")
    if Participant.objects.filter(pk=participant.pk, gone_at__isnull=False).exists():
        raise Refused("Denne personen kommer ikke lenger. Legg personen til på nytt først.")
    row = Hearing(
        item=fresh, concern_id=fresh.concern_id, participant=participant, ground=ground, reason=reason, at=now(),
        by_name=by.name[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meeting.item", ids=[fresh.concern_id], reason="deling", ground=ground)


@transaction.atomic
def take_back(*, row: Decision | Hearing, reason: str, by: Reader) -> None:
    """It was entered by mistake: it counts no more, and stays. Raises Refused once the minutes are approved, without a
    reason, and for what was taken back or reported done already."""
    check_open(fresh_item(item=row.item, by=by).meeting.state)
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.gone_at is not None:
        raise Refused(f"{fresh.gone_by_name} har alt merket dette som feilført.")
    if isinstance(fresh, Decision) and fresh.done_at is not None:
        raise Refused("Dette er meldt gjort og blir stående.")
    if not reason:
        raise Refused("Skriv hva som er feil.")
    fresh.gone_at, fresh.gone_by_name, fresh.gone_reason = now(), by.name[:200], reason
    fresh.save(update_fields=["gone_at", "gone_by_name", "gone_reason"])
    what = "meeting.decision" if isinstance(fresh, Decision) else "meeting.item"
    record(by=by, action=Action.CHANGE, what=what, ids=[row.concern_id or row.item.meeting_id], reason="feilført")


@transaction.atomic
def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: what they were to do in it is done by the heir. The minutes stay."""
    rows = Decision.objects.select_for_update(of=("self",)).filter(concern=concern, done_at__isnull=True, own_task=True)
    for held in rows.filter(gone_at__isnull=True):
        if (held.heir_id or held.owner_id) in {user.pk for user in shut}:
            held.heir = heir
            held.save(update_fields=["heir"])
            record(by=by, action=Action.CHANGE, what="meeting.decision", ids=[concern.pk], reason="ny eier")


@transaction.atomic
def give_tasks(*, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None:
    """Somebody leaves: what they were to do, in a matter or about none, is done by the heir. The minutes stay."""
    tasks = undone().filter(theirs(leaving.pk), concern=concern).values_list("id", flat=True)
    for held in Decision.objects.select_for_update(of=("self",)).filter(pk__in=list(tasks)).order_by("id"):
        held.heir = heir
        held.save(update_fields=["heir"])
        record(
            by=by, action=Action.CHANGE, what="meeting.decision", ids=[held.concern_id or held.meeting_id],
            reason="ny eier",
        )  # fmt: skip
