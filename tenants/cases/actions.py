"""Opening a case, who is on it, what is written in it, the registration form, and its end."""

from datetime import datetime

from django.db import transaction

from shared.codes import forms
from shared.codes.forms import CURRENT
from tenants.cases import panels, queries
from tenants.cases.access import require_by_right, require_case, require_choosing_members
from tenants.cases.answers import Answers, check
from tenants.cases.models import Case, CaseMember, Note
from tenants.cases.states import check_move, check_open
from tenants.inbox.queries import cover_of, is_denied
from tenants.triage.models import Assessment
from tenants.triage.queries import open_step, owner_roles
from tenants.triage.states import RATED
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import Refused, check_seen, print_of_values
from varde.ui.dates import day_of


def on_decided(*, assessment: Assessment, owner: User | None, by: Reader) -> str | None:
    """Triage has decided, in its transaction. "case" opens one; a case that exists only takes the new category.

    Raises triage's Refused for an outcome that would end a matter over the head of its case, and for an owner of the
    step who does not see the case.
    """
    case = Case.objects.select_for_update().filter(concern_id=assessment.concern_id).first()
    if case is None:
        if assessment.outcome != "case":
            return None
        return f"/saker/{_open(assessment, owner, by).id}"
    if assessment.outcome not in ("case", RATED):
        raise Refused("Det er alt opprettet en sak. Velg «Opprett sak», eller lukk saken i stedet.")
    if owner is not None and owner not in queries.owners(case):
        raise Refused(f"{owner.name} er ikke på saken. Velg en annen, eller sett på personen først.")
    _recategorise(case, assessment.category, by)
    return f"/saker/{case.id}"


def _open(assessment: Assessment, owner: User | None, by: Reader) -> Case:
    case = Case(
        concern=assessment.concern,
        category=assessment.category,
        counted_from=day_of(assessment.concern.received_at),
        opened_at=assessment.decided_at,
        opened_by=by.user_id,
        opened_by_name=by.name,
    )
    case.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="cases.case", ids=[case.id])
    # In this order: who opens the case must be on it to put anybody else there.
    for user_id in dict.fromkeys(key for key in (by.user_id, owner.id if owner else None) if key is not None):
        CaseMember(case=case, user_id=user_id, since=case.opened_at, put_by=by.user_id).save(force_insert=True)
        record(by=by, action=Action.CREATE, what="cases.member", ids=[case.id])
    # An import brings its own answers, also where it has none.
    if by.purpose != "import":
        answer(case=case, form=CURRENT, answers={"kategori": [case.category]}, by=by)
    return case


def _recategorise(case: Case, category: str, by: Reader) -> None:
    if case.category == category:
        return
    case.category = category
    case.save(update_fields=["category"])
    record(by=by, action=Action.CHANGE, what="cases.case", ids=[case.id], reason="ny kategori")
    answer(case=case, form=CURRENT, answers={"kategori": [category]}, by=by)


@transaction.atomic
def add_member(*, case: Case, user: User, by: Reader) -> None:
    """Open the case to a person of the team. Nothing happens when the person is on it already.

    Raises Refused for somebody who is not active in the team and for a covered case, PermissionDenied unless `by` is a
    coordinator.
    """
    require_choosing_members(by)
    require_by_right(case)
    check_open(queries.locked(case).state)
    if user not in people(*owner_roles()):
        raise Refused("Bare en som er aktiv i teamet, kan settes på saken.")
    if cover_of(case.concern) is not None:
        raise Refused("Saken er skjermet: bare to ser den. De velges under «Hvem kan se dette?».")
    if is_denied(case.concern, user):
        raise Refused(f"{user.name} er stengt ute av saken. Opphev det først, hvis det var feil.")
    if CaseMember.objects.filter(case=case, user=user).exists():
        return
    CaseMember(case=case, user=user, since=now(), put_by=by.user_id).save(force_insert=True)
    record(by=by, action=Action.CREATE, what="cases.member", ids=[case.id], reason="satt på saken")


@transaction.atomic
def remove_member(*, case: Case, user: User, by: Reader) -> None:
    """Close the case to a person. Raises Refused while the person owns something in it; see `panels.before_leaving`."""
    require_choosing_members(by)
    require_by_right(case)
    check_open(queries.locked(case).state)
    step = open_step(case.concern)
    if step is not None and step.owner_id == user.id:
        raise Refused(f"{user.name} eier neste steg. Gi det til en annen først.")
    reason = panels.held_by(case, user)
    if reason:
        raise Refused(reason)
    CaseMember.objects.filter(case=case, user=user).delete()
    record(by=by, action=Action.CHANGE, what="cases.member", ids=[case.id], reason="tatt av saken")


@transaction.atomic
def write_note(*, case: Case, text: str, by: Reader, at: datetime | None = None) -> Note:
    """Add a note; it can never be changed. Raises Refused in a closed case."""
    require_case(by, case)
    check_open(queries.locked(case).state)
    note = Note(case=case, text=text, at=at or now(), by_user=by.user_id, by_name=by.name)
    note.save()
    record(by=by, action=Action.CREATE, what="cases.note", ids=[note.id])
    return note


@transaction.atomic
def answer(*, case: Case, form: str, answers: Answers, by: Reader, seen: str | None = None) -> None:
    """Replace the answers to the questions named; the others stay. A question with no codes becomes unanswered.

    Allowed in a closed case too: a gap found afterwards must be possible to fill before the figures are sent.
    `seen` is what the page showed (`queries.as_seen`). Raises Overtaken when somebody else was first, ValueError with a
    sentence for a form, question or code that does not exist.
    """
    require_case(by, case)
    check(forms.form(form), answers)
    row = queries.answer_row(queries.locked(case), form)
    check_seen(seen, print_of_values(row.given))
    changed = {key: codes for key, codes in answers.items() if set(codes) != set(row.given.get(key, ()))}
    if not changed:
        return
    given = row.given | {key: sorted(set(codes)) for key, codes in changed.items()}
    row.given = {key: codes for key, codes in given.items() if codes}
    row.save()
    record(by=by, action=Action.CHANGE, what="cases.answer", ids=[case.id])


@transaction.atomic
def close_case(*, case: Case, by: Reader, at: datetime | None = None) -> Case:
    """The case is closed; called by the closing room, which also ends its steps. Raises WrongMove when it is."""
    require_case(by, case)
    held = queries.locked(case)
    check_move(held.state, "closed")
    held.state, held.closed_at = "closed", at or now()
    held.save(update_fields=["state", "closed_at"])
    case.state, case.closed_at = held.state, held.closed_at
    record(by=by, action=Action.CHANGE, what="cases.case", ids=[case.id], reason="lukket")
    return case


@transaction.atomic
def reopen_case(*, case: Case, by: Reader) -> Case:
    """The same case goes on; called by the closing room, which keeps the reason. Raises WrongMove when it is open."""
    require_case(by, case)
    held = queries.locked(case)
    check_move(held.state, "open")
    held.state, held.closed_at = "open", None
    held.save(update_fields=["state", "closed_at"])
    case.state, case.closed_at = held.state, held.closed_at
    record(by=by, action=Action.CHANGE, what="cases.case", ids=[case.id], reason="gjenåpnet")
    return case
