"""The kommune's own figures, and the quarters that are sent to the region."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from shared.codes.forms import REPORTED, Question, form
from shared.codes.periods import Quarter, label, parse, quarter_of
from shared.contracts import Counts
from tenants.closing.transfer_queries import given_over
from tenants.joined.queries import counted_with_others
from tenants.returns import access, actions, drafts, leaders_access, leaders_queries, tasks
from tenants.returns.counts import RegisteredCase
from tenants.returns.queries import Ordered, started_on
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.identity.stepup import fresh
from varde.ui.dates import day_of
from varde.ui.shortcuts import page

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A quarter on the list. `cases` is None for those who see no counts."""

    period: str
    label: str
    cases: int | None
    over: bool
    order: Ordered | None
    changed: bool


@require_GET
@allow(Permission.RETURNS_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Quarter by quarter: ordered when and by whom, delivered or not; and whether the reader's own figures changed."""
    by = reader(request)
    known, sent = access.cases(by), access.ordered(by)
    today = quarter_of(day_of(now()))
    started = started_on(by.office, known)
    first = min([quarter_of(started) if started else today, *(case.quarter for case in known), *sent, today])
    sees = access.sees_figures(by)
    now_counted = {q: drafts.digest_of(drafts.drafted(q, known, started, by)) for q in sent} if sees else {}
    rows = [
        _row(q, known if sees else None, sent.get(q), _differs(sent.get(q), now_counted.get(q), by))
        for q in _back(today, first)
    ]
    context = {
        "rows": rows,
        "sees_figures": sees,
        "sees_given": leaders_access.sees(by),
        "given": leaders_access.given_for(by),
        "waiting": leaders_queries.waiting(day_of(now())) if leaders_access.gives(by) else [],
    }
    return page(request, "returns/overview.html", context)


def _back(last: Quarter, first: Quarter) -> list[Quarter]:
    """The newest first; very old quarters are left to the command line."""
    found, quarter = [], first
    while quarter <= last:
        found.append(quarter)
        quarter = quarter.next
    return found[::-1][:MOST_ROWS]


def _differs(order: Ordered | None, digest: str | None, by: Reader) -> bool:
    """Have the figures that this reader ordered changed, as this reader sees them? Of others' nothing is said: a
    difference between what one sees and what was sent would tell of cases that one does not see."""
    return order is not None and digest is not None and order.seen_by == by.user_id and digest != order.seen_digest


def _row(quarter: Quarter, known: list[RegisteredCase] | None, order: Ordered | None, changed: bool) -> Row:
    return Row(
        period=str(quarter),
        label=label([quarter]),
        cases=None if known is None else sum(case.quarter == quarter for case in known),
        over=drafts.is_over(quarter, day_of(now())),
        order=order,
        changed=changed,
    )


@require_GET
@allow(Permission.RETURNS_SEND)
def preview(request: HttpRequest, period: str) -> HttpResponse:
    """Exactly what would be sent, and what is not answered yet."""
    return _preview(request, _quarter(period))


def _preview(request: HttpRequest, quarter: Quarter, status: int = 200, error: str = "") -> HttpResponse:
    by = reader(request)
    known = access.cases(by)
    letter = drafts.drafted(quarter, known, started_on(by.office, known), by)
    order, digest = access.ordered(by).get(quarter), drafts.digest_of(letter)
    mine = order is not None and order.seen_by == by.user_id
    context = {
        "period": str(quarter),
        "label": label([quarter]),
        "cases": letter.cases,
        "since": letter.since_start,
        "tables": _tables(letter.counts),
        "order": order,
        "mine": mine,
        "changed": mine and _differs(order, digest, by),
        "may_send": drafts.may_be_sent(quarter, day_of(now())),
        "over": drafts.is_over(quarter, day_of(now())),
        "error": error,
        "moved": counted_with_others(quarter.first_day, quarter.last_day),
        "given_over": given_over(quarter.first_day, quarter.last_day),
    }
    return page(request, "returns/preview.html", context, status=status)


def _tables(counts: Counts) -> list[dict[str, Any]]:
    return [_table(question, counts) for question in form(REPORTED).choices]


def _table(question: Question, counts: Counts) -> dict[str, Any]:
    own, whole = counts.questions[question.key], counts.cases
    rows = [
        {
            "label": answer.label,
            "count": own.answers[answer.code],
            "share": own.answers[answer.code] / whole if whole else None,
        }
        for answer in question.answers
    ]
    return {"label": question.label, "blank": whole - own.answered, "rows": rows}


@require_POST
@allow(Permission.RETURNS_SEND)
@fresh
def send(request: HttpRequest, period: str) -> HttpResponse:
    """Order the quarter to be sent to the region; a worker counts and sends at once."""
    quarter, by = _quarter(period), reader(request)
    known = access.cases(by)
    seen = drafts.digest_of(drafts.drafted(quarter, known, started_on(by.office, known), by))
    try:
        actions.order_return(period=str(quarter), seen_digest=seen, by=by)
    except actions.CannotSend as problem:
        return _preview(request, quarter, status=422, error=str(problem))
    transaction.on_commit(lambda: tasks.send_ordered.ring(by.office), robust=True)
    messages.success(request, f"Tall for {label([quarter])} sendes nå. Listen viser når de er sendt og levert.")
    return redirect("/statistikk")


def _quarter(period: str) -> Quarter:
    try:
        found = parse(period)
    except ValueError as error:
        raise Http404 from error
    if len(found) != 1 or str(found[0]) != period:
        raise Http404
    return found[0]
