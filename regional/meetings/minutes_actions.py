"""The minutes: out for approval, approved and then frozen; addenda; and decisions until they are done."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.meetings import access, queries
from regional.meetings.models import Addendum, Approval, Decision, Meeting
from regional.meetings.notices import tell_called, tell_users
from regional.meetings.screened import no_id_number
from regional.meetings.states import check_in, check_move
from regional.meetings.unsaved import waiting
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused

UNSAVED = "Noe er skrevet, men ikke lagret: {}. Det må lagres eller forkastes før referatet sendes."
OFFICES = {"chair": "Møteleder", "taker": "Referent"}


@transaction.atomic
def send(*, meeting: Meeting, by: Reader) -> None:
    """Out for approval; whoever led and wrote is told. Raises Refused when nothing is written, nobody's attendance is
    entered, and while somebody's text on a point waits to be saved."""
    fresh = _writable(meeting, by)
    check_move(fresh.state, "sent")
    rows = queries.items(fresh)
    if not any(one.said for one in rows) and not queries.decisions(fresh):
        raise Refused("Det er ikke skrevet noe i referatet ennå.")
    if not any(one.presence for one in queries.invitees(fresh)):
        raise Refused("Før hvem som møtte, først.")
    if open_texts := waiting(fresh):
        raise Refused(UNSAVED.format(", ".join(one.label for one in open_texts)))
    fresh.state, fresh.sent_at, fresh.round = "sent", now(), fresh.round + 1
    fresh.save(update_fields=["state", "sent_at", "round"])
    record(by=by, action=Action.CHANGE, what="meetings.meeting.sent", ids=[fresh.id])
    tell_users([one for one in (fresh.chair_user_id, fresh.taker_user_id) if one != by.user_id], by.office)


@transaction.atomic
def take_back(*, meeting: Meeting, by: Reader) -> None:
    """Back to be written on: what was approved in this round counts no more. Raises Refused."""
    fresh = _writable(meeting, by)
    if fresh.state not in ("sent", "held"):
        check_in(fresh.state, ("sent", "held"))
    if fresh.state == "held" and fresh.entered_at is not None:
        raise Refused("Møtet ble ført inn etterpå. Er det ført ved en feil, så avlys det.")
    fresh.state = "held" if fresh.state == "sent" else "called"
    fresh.save(update_fields=["state"])
    record(by=by, action=Action.CHANGE, what=f"meetings.meeting.{fresh.state}", ids=[fresh.id])


@transaction.atomic
def approve(*, meeting: Meeting, office: str, how: str = "", seen: str | None = None, by: Reader) -> bool:
    """The chair's or the minute-taker's yes, by themselves, or noted by the secretary who says `how` it was given.

    Returns whether the minutes are approved, and so frozen. Raises Refused.
    """
    fresh = _writable(meeting, by)
    check_in(fresh.state, ("sent",))
    if seen is not None and seen != str(fresh.round):
        raise Refused("Referatet er tatt tilbake og sendt på nytt mens du leste. Les det på nytt før du godkjenner.")
    own = fresh.chair_user_id if office == "chair" else fresh.taker_user_id
    if office not in OFFICES:
        raise Refused("Velg hvem som godkjenner.")
    if by.user_id != own and not access.may_manage(by):
        raise Refused(f"Bare {OFFICES[office].lower()}en kan si det, eller sekretæren på vegne av vedkommende.")
    if by.user_id != own and not how:
        raise Refused("Skriv hvordan godkjenningen ble gitt, for eksempel «på e-post 12. mars».")
    if any(one.office == office for one in queries.approvals(fresh)):
        raise Refused("Godkjenningen er alt ført.")
    name = fresh.chair_name if office == "chair" else fresh.taker_name
    row = Approval(meeting=fresh, office=office, round=fresh.round, name=name, at=now(), by_name=by.name[:200])
    row.how = "" if by.user_id == own else how
    row.save()
    record(by=by, action=Action.CREATE, what="meetings.approval", ids=[fresh.id])
    return _approved(fresh, by)


def _approved(fresh: Meeting, by: Reader) -> bool:
    """Freeze the minutes once everybody who must has said yes."""
    said = {one.office for one in queries.approvals(fresh)}
    alone = fresh.taker_name in ("", fresh.chair_name)
    if "chair" not in said or (fresh.both_approve and not alone and "taker" not in said):
        return False
    fresh.state, fresh.approved_at = "approved", now()
    fresh.save(update_fields=["state", "approved_at"])
    record(by=by, action=Action.CHANGE, what="meetings.meeting.approved", ids=[fresh.id])
    tell_called(fresh, by.office)
    return True


@transaction.atomic
def add_addendum(*, meeting: Meeting, text: str, by: Reader) -> None:
    """A correction of approved minutes, told to those who were called. Raises Refused."""
    fresh = _writable(meeting, by)
    if fresh.state != "approved":
        raise Refused("Referatet er ikke godkjent. Rett det i referatet selv.")
    no_id_number(text)
    row = Addendum(meeting=fresh, text=text, at=now(), by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CREATE, what="meetings.addendum", ids=[row.id])
    tell_called(fresh, by.office)


@transaction.atomic
def finish(*, decision: Decision, came_of: str, by: Reader) -> None:
    """A decision is seen to. Raises Refused when somebody has said so already."""
    row = Decision.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=decision.pk)
    if not access.may_finish(by, row):
        raise PermissionDenied
    if row.done_at is not None:
        raise Refused("Noen andre har alt meldt beslutningen gjort.")
    no_id_number(came_of)
    row.done_at, row.done_by_name, row.came_of = now(), by.name[:200], came_of
    row.save(update_fields=["done_at", "done_by_name", "came_of"])
    record(by=by, action=Action.CHANGE, what="meetings.decision", ids=[row.id], reason="gjort")


def _writable(meeting: Meeting, by: Reader) -> Meeting:
    fresh = queries.locked(meeting)
    if not access.may_write(by, fresh):
        raise PermissionDenied
    return fresh
