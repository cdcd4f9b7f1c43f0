"""Open measures, requests and calls back as duties that can be carried over; their rooms know nothing of joining."""

from collections.abc import Iterator
from functools import partial

from tenants.cases.models import Case
from tenants.inbox import callbacks_access, callbacks_actions
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.joined.duties import Duty
from tenants.joined.states import CARRIED_ON
from tenants.measures.actions import Plan, move_measure, plan_measure
from tenants.measures.models import Measure, Request
from tenants.measures.queries import open_in
from tenants.measures.requests_actions import Move, move_request
from tenants.measures.requests_queries import of_case
from tenants.measures.requests_states import WAITING
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
        text = f"{words(row, 'who')}, {words(row, 'phone')}"
        yield Duty(key, "Ring tilbake", text, row.owner, day_of(row.due_at), partial(_carry_callback, row), end)


def _give_up(row: Callback, reason: str, by: Reader) -> None:
    callbacks_actions.tried(callback=row, result="given_up", note=reason, by=by)


def _carry_callback(row: Callback, into: Concern, owner: User, by: Reader) -> None:
    plan = callbacks_actions.Plan(
        row.who, row.phone, row.due_at, owner, row.safe_ways, row.not_on_voicemail, row.interpreter, row.listening
    )
    callbacks_actions.plan(plan=plan, concern=into, by=by)
    _give_up(row, CARRIED_ON, by)
