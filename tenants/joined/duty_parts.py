"""What waits in a matter (measures, requests, calls back, what is to be told) as duties that can be carried over; their
rooms know nothing of joining."""

from collections.abc import Iterator
from functools import partial

from tenants.cases.models import Case
from tenants.inbox import callbacks_access, callbacks_actions
from tenants.inbox.calls_models import Callback
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.joined.duties import Duty
from tenants.joined.states import CARRIED_ON
from tenants.measures.actions import Plan, move_measure, plan_measure
from tenants.measures.models import Measure, Request
from tenants.measures.queries import open_in
from tenants.measures.requests_actions import Move, move_request
from tenants.measures.requests_queries import of_case
from tenants.measures.requests_states import WAITING
from tenants.triage import tell_actions, tell_queries
from tenants.triage.tell_actions import ToTell
from tenants.triage.tell_models import Telling
from varde.access import Reader
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.gone import words


def _case(concern: Concern) -> Case | None:
    return Case.objects.select_related("concern").filter(concern=concern).first()


def measures(concern: Concern) -> Iterator[Duty]:
    """Measures that have not been ended."""
    case = _case(concern)
    if case is None:
        return
    for row in open_in(case):
        row.case = case
        end = partial(_stop_measure, row)
        yield Duty(
            f"tiltak-{row.id}", "Tiltak", words(row, "title"), row.owner, row.due_on, partial(_carry_measure, row), end
        )


def _stop_measure(row: Measure, reason: str, by: Reader) -> None:
    move_measure(measure=row, to="stopped", effect=reason, by=by)


def _carry_measure(row: Measure, into: Concern, owner: User, by: Reader) -> None:
    plan = Plan(row.kind, row.title, owner, row.due_on, row.service, row.legal_ground)
    plan_measure(case=Case.objects.get(concern=into), plan=plan, by=by)
    _stop_measure(row, CARRIED_ON, by)


def requests(concern: Concern) -> Iterator[Duty]:
    """Requests that nobody has answered."""
    case = _case(concern)
    if case is None:
        return
    for row in of_case(case):
        if row.state in WAITING:
            row.case = case
            text = f"{row.to_whom}: {words(row, 'asked')}"
            end = partial(_withdraw, row)
            key = f"foresporsel-{row.id}"
            yield Duty(key, "Forespørsel", text, row.owner, row.due_on, partial(_carry_request, row), end)


def _withdraw(row: Request, reason: str, by: Reader) -> None:
    move_request(request=row, move=Move("withdrawn", text=reason), by=by)


def _carry_request(row: Request, into: Concern, owner: User, by: Reader) -> None:
    """Nobody is asked twice: the other matter waits for the answer, which comes where it was asked."""
    title = f"Følg opp svaret fra {row.to_whom}"
    plan = Plan("cooperation", title, owner, row.due_on)
    plan_measure(case=Case.objects.get(concern=into), plan=plan, by=by)


def callbacks(concern: Concern) -> Iterator[Duty]:
    """Those whom somebody waits to call."""
    for row in callbacks_access.of_matter(concern.id):
        key, end = f"ring-{row.id}", partial(_give_up, row)
        text = ", ".join(filter(None, [words(row, "who"), words(row, "phone")]))
        yield Duty(key, "Ring tilbake", text, row.owner, day_of(row.due_at), partial(_carry_callback, row), end)


def _give_up(row: Callback, reason: str, by: Reader) -> None:
    callbacks_actions.tried(callback=row, result="given_up", note=reason, by=by)


def _carry_callback(row: Callback, into: Concern, owner: User, by: Reader) -> None:
    # The other matter has a reporter of its own.
    who = f"{row.who} i {home_of(row.concern).name}" if row.to_reporter and row.concern else row.who
    plan = callbacks_actions.Plan(
        who, row.phone, row.due_at, owner, row.safe_ways, row.not_on_voicemail, row.interpreter, row.listening
    )
    callbacks_actions.plan(plan=plan, concern=into, by=by)
    _give_up(row, CARRIED_ON, by)


def tellings(concern: Concern) -> Iterator[Duty]:
    """What is to be told of a duty."""
    for row in tell_queries.untold(concern):
        text = f"{row.label}: {words(row, 'to_whom')}"
        carry, end = partial(_carry_telling, row), partial(_drop, row)
        yield Duty(f"melding-{row.id}", "Skal meldes", text, row.owner, row.due_on, carry, end)


def _drop(row: Telling, reason: str, by: Reader) -> None:
    tell_actions.drop(telling=row, because=reason, by=by)


def _carry_telling(row: Telling, into: Concern, owner: User, by: Reader) -> None:
    tell_actions.lay(concern=into, duty=row.duty, what=ToTell(owner, row.to_whom, row.due_on), by=by)
    _drop(row, CARRIED_ON, by)
