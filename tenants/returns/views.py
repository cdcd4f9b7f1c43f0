"""The kommune's own figures, and the quarters that are sent to the region."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from shared.codes.forms import REPORTED, Question, form
from shared.codes.periods import Quarter, label, parse, quarter_of
from shared.contracts import Counts
from shared.post.keys import NoKey
from tenants.returns import access, actions, drafts
from tenants.returns.counts import RegisteredCase
from tenants.returns.queries import Sending, started_on
from varde.access import Permission, allow, reader
from varde.clock import OSLO, now
from varde.ui.shortcuts import page

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A quarter on the list. `cases` is None for those who see no counts."""

    period: str
    label: str
    cases: int | None
    over: bool
    sending: Sending | None
    changed: bool


def _today() -> date:
    return now().astimezone(OSLO).date()


@require_GET
@allow(Permission.RETURNS_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Quarter by quarter: sent, delivered, changed since."""
    by = reader(request)
    known, sent = access.cases(by), access.sendings(by)
    today = quarter_of(_today())
    started = started_on(by.office, known)
    first = min([quarter_of(started) if started else today, *(case.quarter for case in known), *sent, today])
    sees = access.sees_figures(by)
    now_counted = {q: drafts.digest_of(drafts.drafted(q, known, started, by)) for q in sent} if sees else {}
    rows = [_row(q, known if sees else None, sent.get(q), now_counted.get(q)) for q in _back(today, first)]
    return page(request, "returns/overview.html", {"rows": rows, "sees_figures": sees})


def _back(last: Quarter, first: Quarter) -> list[Quarter]:
    """The newest first; very old quarters are left to the command line."""
    found, quarter = [], first
    while quarter <= last:
        found.append(quarter)
        quarter = quarter.next
    return found[::-1][:MOST_ROWS]


def _row(quarter: Quarter, known: list[RegisteredCase] | None, sending: Sending | None, digest: str | None) -> Row:
    """`digest`: of what would be sent now; None for a reader who sees no counts."""
    return Row(
        period=str(quarter),
        label=label([quarter]),
        cases=None if known is None else sum(case.quarter == quarter for case in known),
        over=drafts.is_over(quarter, _today()),
        sending=sending,
        changed=sending is not None and digest is not None and digest != sending.digest,
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
    sending = access.sendings(by).get(quarter)
    context = {
        "period": str(quarter),
        "label": label([quarter]),
        "cases": letter.cases,
        "since": letter.since_start,
        "tables": _tables(letter.counts),
        "sending": sending,
        "same": sending is not None and sending.digest == drafts.digest_of(letter),
        "may_send": drafts.may_be_sent(quarter, _today()),
        "over": drafts.is_over(quarter, _today()),
        "error": error,
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
def send(request: HttpRequest, period: str) -> HttpResponse:
    """Send the quarter to the region."""
    quarter = _quarter(period)
    try:
        outcome = actions.send_return(period=str(quarter), by=reader(request))
    except (actions.CannotSend, NoKey) as problem:
        return _preview(request, quarter, status=422, error=str(problem))
    messages.success(request, outcome.sentence)
    return redirect("/statistikk")


def _quarter(period: str) -> Quarter:
    try:
        found = parse(period)
    except ValueError as error:
        raise Http404 from error
    if len(found) != 1 or str(found[0]) != period:
        raise Http404
    return found[0]
