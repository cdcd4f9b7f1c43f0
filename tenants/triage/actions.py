"""Deciding on a concern, keeping its next step, and setting the office's deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tenants.inbox.access import check_owner
from tenants.inbox.actions import move
from tenants.inbox.models import Concern
from tenants.triage import hooks, queries, urgency
from tenants.triage.models import Assessment, DeadlineRule, NextStep
from tenants.triage.states import GOES_ON, check_decidable, check_going
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused, check_seen, overtaken

_STANDS = "Slik det er nå, står øverst. Det du fylte ut, står her fortsatt. Lagre på nytt hvis det skal gjelde."
_DONE = f"Noen andre har alt meldt dette steget som gjort. {_STANDS}"
_LAID = "Noen andre har lagt et neste steg mens du skrev. Det du fylte ut, står her fortsatt."
_CHANGED = f"Noen andre har endret hvem som gjør steget, eller fristen. {_STANDS}"


@dataclass(frozen=True, slots=True)
class NewStep:
    """What happens next: in words, whose it is, and by when."""

    text: str
    owner: User
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and the address where the matter now lives (None: still in the inbox)."""

    assessment: Assessment
    address: str | None


@transaction.atomic
def check_first(*, concern: Concern, seen: str | None, by: Reader) -> Concern:
    """The concern, held, when it can be decided on. Raises Refused when not, and Overtaken when somebody was first.

    `seen` is the id of the decision that the page showed, "" for none; None where there was no page.
    """
    require(by, Permission.TRIAGE)
    locked = Concern.objects.select_for_update().get(pk=concern.pk)
    newest = queries.newest_assessment(locked)
    if newest is not None:
        did = f"{newest.get_category_display()}, «{newest.get_outcome_display()}»"
        check_seen(seen, str(newest.id), overtaken(newest.decided_by_name, newest.decided_at, did))
    check_decidable(locked.progress)
    return locked


@transaction.atomic
def decide(
    *,
    concern: Concern,
    category: str,
    outcome: str,
    reason: str,
    step: NewStep | None,
    by: Reader,
    at: datetime | None = None,
    seen: str | None = None,
) -> Decision:
    """Decide on a concern that a person has opened; a later decision replaces an earlier one without erasing it.

    "case" and "more_info" need a `step` (not for the purpose "import", which closes what it opens);
    "advice" and "not_ours" end the matter. `at` is for imports, `seen` as in `check_first`. Raises Refused with a
    sentence, also for a step whose owner does not see the matter.
    """
    locked = check_first(concern=concern, seen=seen, by=by)
    goes_on = outcome in GOES_ON
    moment = at or now()
    if goes_on and step is None and by.purpose != "import":
        raise Refused("Skriv hva som er neste steg, hvem som eier det, og når det skal være gjort.")
    assessment = assess(concern=locked, category=category, outcome=outcome, reason=reason, at=moment, by=by)
    _replace_step(locked, step if goes_on else None, akutt=category == urgency.AKUTT, moment=moment, by=by)
    address = hooks.tell_decided(assessment=assessment, owner=step.owner if step else None, by=by)
    progress = "in_progress" if goes_on else "closed"
    if locked.progress != progress:
        move(concern=locked, to=progress, by=by)
    return Decision(assessment, address)


def assess(*, concern: Concern, category: str, outcome: str, reason: str, at: datetime, by: Reader) -> Assessment:
    """Lay the row of a decision, with the deadline of its category; for a concern that is held and was checked."""
    since = queries.runs_of(concern).start(category, at)
    assessment = Assessment(
        concern=concern,
        category=category,
        outcome=outcome,
        reason=reason,
        deadline_at=urgency.deadline(category, queries.rules(), received_at=since, now=at),
        decided_at=at,
        decided_by=by.user_id,
        decided_by_name=by.name,
    )
    assessment.save()
    record(by=by, action=Action.CREATE, what="triage.assessment", ids=[assessment.id])
    return assessment


def _replace_step(
    concern: Concern, new: NewStep | None, *, akutt: bool, moment: datetime, by: Reader, came_of: str = ""
) -> None:
    """The old step is done first: the database allows only one that is not."""
    if new is not None:
        check_owner(new.owner, concern.pk)
    for old in NextStep.objects.select_for_update().filter(concern=concern, done_at__isnull=True):
        old.done_at, old.done_by, old.done_by_name = moment, by.user_id, by.name
        old.came_of = came_of
        old.save(update_fields=["done_at", "done_by", "done_by_name", "came_of"])
        record(by=by, action=Action.CHANGE, what="triage.step", ids=[old.id], reason="gjort")
    if new is None:
        return
    step = NextStep(
        concern=concern, text=new.text, owner=new.owner, due_at=new.due_at, akutt=akutt, made_at=moment,
        made_by_name=by.name,
    )  # fmt: skip
    step.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="triage.step", ids=[step.id])


def _still_open(step: NextStep) -> tuple[NextStep, Concern]:
    concern = Concern.objects.select_for_update().get(pk=step.concern_id)
    fresh = NextStep.objects.select_for_update().get(pk=step.pk)
    if fresh.done_at is not None:
        raise Overtaken(_DONE)
    return fresh, concern


@transaction.atomic
def complete_step(*, step: NextStep, came_of: str, then: NewStep, by: Reader, seen: str | None = None) -> None:
    """The step is done, this came of it, and `then` is next. An open matter is never without one; see `end_steps`.

    `seen` is the id of the step that the page showed; None where there was no page. Raises Overtaken when somebody
    else was first, Refused without what came of it and for an owner who does not see the matter.
    """
    require(by, Permission.TRIAGE, Permission.CASES)
    fresh, concern = _still_open(step)
    check_seen(seen, str(fresh.pk), _DONE)
    if not came_of.strip():
        raise Refused("Skriv hva som kom ut av det, også når det ikke ble noe av.")
    _replace_step(concern, then, akutt=fresh.akutt, moment=now(), by=by, came_of=came_of)


@transaction.atomic
def lay_step(*, concern: Concern, step: NewStep, by: Reader) -> None:
    """A matter at work that has nothing next gets it.

    Raises Overtaken when somebody else was first, Refused for a matter that is over and for an owner who does not see
    it.
    """
    require(by, Permission.TRIAGE, Permission.CASES)
    locked = Concern.objects.select_for_update().get(pk=concern.pk)
    check_going(locked.progress)
    if queries.open_step(locked) is not None:
        raise Overtaken(_LAID)
    newest = queries.newest_assessment(locked)
    akutt = newest is not None and newest.category == urgency.AKUTT
    _replace_step(locked, step, akutt=akutt, moment=now(), by=by)


@transaction.atomic
def reassign(*, step: NextStep, owner: User, due_at: datetime, by: Reader, seen: str | None = None) -> None:
    """Another owner, another date, or both; the owner will be reminded anew.

    `seen` is what the page showed (`queries.as_seen`); None where there was no page. Raises Overtaken when it is done
    or somebody else was first, and Refused for an owner who does not see the matter.
    """
    require(by, Permission.TRIAGE, Permission.CASES)
    fresh, concern = _still_open(step)
    same_step = seen is not None and seen.startswith(str(fresh.pk))
    check_seen(seen, queries.as_seen(fresh), _CHANGED if same_step else _DONE)
    check_owner(owner, concern.pk)
    fresh.owner, fresh.due_at, fresh.reminded_at = owner, due_at, None
    fresh.save(update_fields=["owner", "due_at", "reminded_at"])
    record(by=by, action=Action.CHANGE, what="triage.step", ids=[fresh.id], reason="ny eier eller frist")


@transaction.atomic
def end_steps(*, concern: Concern, by: Reader, at: datetime | None = None) -> None:
    """The matter is over: nothing comes next. Called by the room that ends it, in its transaction."""
    _replace_step(concern, None, akutt=False, moment=at or now(), by=by)


@transaction.atomic
def take_up(*, concern: Concern, step: NewStep, akutt: bool, by: Reader, at: datetime | None = None) -> None:
    """A matter that was over goes on, and this is next. Called by the room that reopens it, in its transaction."""
    _replace_step(concern, step, akutt=akutt, moment=at or now(), by=by)


@transaction.atomic
def set_deadlines(
    *, hours: Mapping[str, int], by: Reader, counting: Mapping[str, str] | None = None, seen: str | None = None
) -> list[str]:
    """Set the office's deadlines from now on, and whether their hours are the clock's or those of the opening hours.

    Returns the categories that changed. Decided matters keep theirs. `seen` is the newest rule that the page knew of
    (`queries.newest_rule`); raises Overtaken when somebody else was first.
    """
    require(by, Permission.SETTINGS)
    turn.wait_for("triage.deadline")
    check_seen(seen, queries.newest_rule())
    moment, known = now(), queries.rules()
    changed = []
    for code, wanted in hours.items():
        held = urgency.rule_for(code, known, moment)
        counts = (counting or {}).get(code) or held.counting
        if (wanted, counts) != (held.hours, held.counting):
            rule = DeadlineRule(category=code, hours=wanted, counting=counts, valid_from=moment, set_by=by.name)
            rule.save()
            record(by=by, action=Action.CHANGE, what="triage.deadline", ids=[rule.id])
            changed.append(code)
    return changed


@transaction.atomic
def mark_reminded(*, steps: list[NextStep], by: Reader, at: datetime | None = None) -> None:
    """These owners have been told; once per step."""
    NextStep.objects.filter(pk__in=[step.pk for step in steps]).update(reminded_at=at or now())
    if steps:
        record(by=by, action=Action.SEND, what="triage.step", ids=[step.pk for step in steps])


@transaction.atomic
def hand_on(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Somebody is shut out of the matter: the step that they own goes to the heir, who is reminded anew."""
    mine = NextStep.objects.select_for_update().filter(concern=concern, done_at__isnull=True, owner__in=shut)
    for held in mine:
        held.owner, held.reminded_at = heir, None
        held.save(update_fields=["owner", "reminded_at"])
        record(by=by, action=Action.CHANGE, what="triage.step", ids=[held.id], reason="ny eier")
