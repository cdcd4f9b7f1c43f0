"""What waits in a matter (measures, requests, links, calls back, what is to be told) as duties that can be carried
over; their rooms know nothing of joining."""

from collections.abc import Iterator
from functools import partial

from tenants.cases.models import Case
from tenants.inbox import callbacks_access, callbacks_actions
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.joined.duties import Duty
from tenants.joined.states import CARRIED_ON, NOT_CARRIED
from tenants.measures.actions import Plan, move_measure, plan_measure
from tenants.measures.models import Measure, Request
from tenants.measures.queries import open_in
from tenants.measures.requests_actions import Move, move_request
from tenants.measures.requests_queries import of_case
from tenants.measures.requests_states import WAITING
from tenants.measures.sharing_actions import revoke
from tenants.measures.sharing_models import Sharing
from tenants.measures.sharing_queries import waiting_in
from tenants.triage import tell_actions, tell_queries
from tenants.triage.tell_actions import ToTell
from tenants.triage.tell_models import Telling
from varde.access import Reader
from varde.clock import now
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.gone import words

_OF_A_MEASURE = "Føres det videre, planlegges det der og avsluttes her."
_OF_A_REQUEST = "Føres den videre, kommer svaret hit, og et tiltak der følger det opp. Ellers trekkes den tilbake."
_OF_A_LINK = "Føres den videre, kan mottakeren fortsatt åpne den. Ellers trekkes den tilbake nå."
_OF_A_CALL = "Føres det videre, står oppringningen der. Ellers ringer ingen."
_OF_THE_REPORTER = (
    "Ring melderen før dere slår sammen. Oppringningen avsluttes uansett hva du velger: den som bare ser den andre "
    "saken, skal ikke få vite om denne melderen."
)
_OF_A_TELLING = "Føres det videre, står det der som noe som skal meldes."


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
        key, carry = f"tiltak-{row.id}", partial(_carry_measure, row)
        yield Duty(key, "Tiltak", words(row, "title"), row.owner, row.due_on, carry, end, _OF_A_MEASURE)


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
            carry = partial(_carry_request, row)
            yield Duty(key, "Forespørsel", text, row.owner, row.due_on, carry, end, _OF_A_REQUEST)


def _withdraw(row: Request, reason: str, by: Reader) -> None:
    move_request(request=row, move=Move("withdrawn", text=reason), by=by)


def _carry_request(row: Request, into: Concern, owner: User, by: Reader) -> None:
    """Nobody is asked twice: the other matter waits for the answer, which comes where it was asked."""
    title = f"Følg opp svaret fra {row.to_whom}"
    plan = Plan("cooperation", title, owner, row.due_on)
    plan_measure(case=Case.objects.get(concern=into), plan=plan, by=by)


def links(concern: Concern) -> Iterator[Duty]:
    """One-time links that nobody has opened: they can be opened after the joining too, or are taken back."""
    waiting = waiting_in(concern, now())
    makers = User.objects.in_bulk([row.made_by for row in waiting if row.made_by])
    for row in waiting:
        if row.made_by in makers and row.expires_at is not None:
            text, owner, due = f"til {words(row, 'recipient')}", makers[row.made_by], day_of(row.expires_at)
            end = partial(_take_back, row)
            yield Duty(f"lenke-{row.id}", "Engangslenke", text, owner, due, _stays, end, _OF_A_LINK)


def _stays(into: Concern, owner: User, by: Reader) -> None:
    """The recipient has it already, and it is opened where it was made."""


def _take_back(row: Sharing, reason: str, by: Reader) -> None:
    revoke(sharing=row, by=by)


def callbacks(concern: Concern) -> Iterator[Duty]:
    """Those whom somebody waits to call."""
    for row in callbacks_access.of_matter(concern.id):
        key, end = f"ring-{row.id}", partial(_give_up, row)
        text = ", ".join(filter(None, [words(row, "who"), words(row, "phone")]))
        carry, means = partial(_carry_callback, row), _OF_A_CALL
        if row.to_reporter:
            carry, means = partial(_not_carried, row), _OF_THE_REPORTER
        yield Duty(key, "Ring tilbake", text, row.owner, day_of(row.due_at), carry, end, means)


def _give_up(row: Callback, reason: str, by: Reader) -> None:
    callbacks_actions.tried(callback=row, result="given_up", note=reason, by=by)


def _carry_callback(row: Callback, into: Concern, owner: User, by: Reader) -> None:
    plan = callbacks_actions.Plan(
        row.who, row.phone, row.due_at, owner, row.safe_ways, row.not_on_voicemail, row.interpreter, row.listening
    )
    callbacks_actions.plan(plan=plan, concern=into, by=by)
    _give_up(row, CARRIED_ON, by)


def _not_carried(row: Callback, into: Concern, owner: User, by: Reader) -> None:
    """Whoever sees the other matter alone must not learn that this one is there, and that somebody reported it."""
    _give_up(row, NOT_CARRIED, by)


def tellings(concern: Concern) -> Iterator[Duty]:
    """What is to be told of a duty."""
    for row in tell_queries.untold(concern):
        text = f"{row.label}: {words(row, 'to_whom')}"
        carry, end = partial(_carry_telling, row), partial(_drop, row)
        yield Duty(f"melding-{row.id}", "Skal meldes", text, row.owner, row.due_on, carry, end, _OF_A_TELLING)


def _drop(row: Telling, reason: str, by: Reader) -> None:
    tell_actions.drop(telling=row, because=reason, by=by)


def _carry_telling(row: Telling, into: Concern, owner: User, by: Reader) -> None:
    tell_actions.lay(concern=into, duty=row.duty, what=ToTell(owner, row.to_whom, row.due_on), by=by)
    _drop(row, CARRIED_ON, by)
