"""Handing a matter to another kommune's team: the letter and our own closing are one transaction."""

from uuid import UUID

from django.db import transaction

from shared.contracts import CaseTransfer
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.queries import office_by_id
from tenants.cases.actions import close_case
from tenants.cases.models import Case
from tenants.closing.known import card_in
from tenants.closing.loose import MOVED, Ends
from tenants.closing.loose_actions import settle
from tenants.closing.transfer import TO_REPORTER, Candidate, check_progress, check_recipient, without_key
from tenants.closing.transfer_files_actions import send_files, with_whole_files
from tenants.closing.transfer_models import TakenIn, Transfer
from tenants.closing.transfer_queries import arrived, candidate, letter_about
from tenants.inbox.actions import message_reporter, move
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.persons.actions import add_person
from tenants.persons.spoken_actions import Told, warn
from tenants.triage.actions import end_steps
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken, Refused, overtaken


@transaction.atomic
def transfer(
    *,
    concern: Concern,
    to: UUID,
    reason: str,
    summary: str,
    with_notes: bool = False,
    by: Reader,
    ends: Ends = Ends(),  # noqa: B008  # frozen
) -> Transfer:
    """Send the matter to the kommune `to`, end its steps and what waits, and close it here, case included: all of it or
    nothing.

    Raises Refused with a sentence for a recipient that cannot take over and for a matter that nobody has opened or
    that is closed; PermissionDenied; as `settle` for what waits.
    """
    require(by, Permission.TRIAGE)
    if not held_by_right(concern.id):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke overføre saken.")
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    check_progress(held.progress)
    recipient = check_recipient(candidate(to), by.office.id)
    case = Case.objects.select_for_update().filter(concern=held).first()
    settle(concern=held, ends=ends, why=MOVED, by=by)  # first: the letter says that nobody answers them any more
    letter = with_whole_files(held, letter_about(held, reason=reason, summary=summary, with_notes=with_notes))
    kept = _keep(held, recipient, letter, with_notes, by)
    send_files(kept=kept, letter=letter, by=by)
    if not held.reaches_nobody:
        message_reporter(concern=held, text=TO_REPORTER, by=by)
    end_steps(concern=held, by=by, at=kept.at)
    if case is not None and case.state == "open":
        close_case(case=case, by=by, at=kept.at)
    move(concern=concern, to="closed", by=by)
    return kept


def _keep(concern: Concern, to: Candidate, letter: CaseTransfer, with_notes: bool, by: Reader) -> Transfer:
    kept = Transfer(
        concern=concern,
        to_office=to.id,
        letter_id=_post(letter, to, by),
        reason=letter.reason,
        summary=letter.summary,
        with_notes=with_notes and bool(letter.notes),
        at=now(),
        by_user=by.user_id,
        by_name=by.name[:200],
    )
    kept.save()
    record(by=by, action=Action.SEND, what="closing.transfer", ids=[concern.id])
    return kept


def _post(letter: CaseTransfer, to: Candidate, by: Reader) -> UUID:
    try:
        return send(letter, to=office_by_id(to.id), by=by)
    except NoKey as error:
        raise Refused(without_key(to.name)) from error


@transaction.atomic
def take_in(*, concern: Concern, by: Reader) -> TakenIn:
    """Lay the cards and the warnings that came along in the matter, as ours from now on; what came stays as it came.

    Raises Overtaken when somebody was first, Refused where nothing came along and in a matter that is not open.
    """
    require(by, Permission.TRIAGE)
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    found = arrived(held)
    if found is None or not (found.known.persons or found.known.warnings):
        raise Refused("Det fulgte ingen kort og ingen varsler med.")
    if found.taken_in is not None:
        raise Overtaken(overtaken(found.taken_in.by_name, found.taken_in.at, "la inn kort og varsler"))
    laid = [add_person(concern=held, role=each.role, card=card_in(each), by=by) for each in found.known.persons]
    for each in found.known.warnings:
        person = None if each.person is None else laid[each.person]
        warn(concern=held, told=Told(each.kind, each.text, each.review_on, person, each.place, each.ground), by=by)
    row = TakenIn(concern=held, at=now(), by_user=by.user_id, by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CREATE, what="closing.taken_in", ids=[held.pk])
    return row
