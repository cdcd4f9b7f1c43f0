"""Making a report: which period, what is written beside the figures, the draft, and the second person's yes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.bufdir import access, actions, making, queries
from regional.bufdir.forms import FORMS, BufdirForm
from regional.bufdir.models import Draft, DraftState, Kind
from regional.matters.register import words
from shared.codes.periods import label, parse
from shared.reporting.kept import only_whole
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HERE = "/bufdir"


@allow(Permission.STATISTICS_RELEASE)
@require_GET
@only_whole
def choose(request: HttpRequest) -> HttpResponse:
    """The periods with figures that have been given out, for each kind of report."""
    by = reader(request)
    periods = queries.periods(by)
    record(by=by, action=Action.LIST, what="bufdir.draft")
    kinds = [
        (kind, [(one, label(parse(one))) for one in periods if kind == Kind.BUFDIR or "H" not in one])
        for kind in Kind
        if access.may_make(by, kind)
    ]
    return page(request, "bufdir/choose.html", {"kinds": kinds})


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(["GET", "HEAD", "POST"])
@only_whole
def write(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """What lacks and does not fit together, and what is written of it. POST makes the draft."""
    by = reader(request)
    wanted = access.kind_for(by, kind)
    try:
        made = making.made(wanted, period, {}, by)
    except (Refused, ValueError) as error:
        messages.error(request, str(error))
        return see_other(f"{HERE}/ny")
    form = _form(request, wanted, period, made.must_explain, by)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            row = actions.make(kind=wanted, period=period, written=form.written(), by=by)
            return back_with(
                request, "Utkastet er laget. En annen må se på det og godkjenne det.", f"{HERE}/utkast/{row.id}"
            )
    record(by=by, action=Action.VIEW, what="bufdir.draft", ids=[])
    context = {
        "form": form,
        "kind": wanted,
        "period": label(parse(period)),
        "made": made,
        "again": bool(queries.written_before(wanted, period)) and not form.is_bound,
        "corrects": queries.to_replace(wanted, period),
        "waits": queries.open_draft(wanted, period),
    }
    return page(request, "bufdir/write.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, kind: Kind, period: str, must_explain: bool, by: Reader) -> BufdirForm:
    corrected = queries.to_replace(kind, period)
    data = request.POST if request.method == "POST" else None
    return FORMS[kind](
        data,
        words=words(by),
        corrects=corrected is not None,
        must_explain=must_explain,
        initial=queries.written_before(kind, period),
    )


@allow(Permission.STATISTICS_RELEASE)
@require_GET
@only_whole
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft exactly as it would be frozen."""
    by = reader(request)
    return _page(request, access.draft_for(by, draft_id), by)


def _page(request: HttpRequest, row: Draft, by: Reader, error: str = "", status: int = 200) -> HttpResponse:
    is_open = row.state == DraftState.OPEN
    document, gone = queries.opened(row, by)
    context = {
        "row": row,
        "document": document,
        "is_open": is_open,
        "own": by.user_id == row.made_by,
        "gone": gone if is_open else [],
        "error": error,
    }
    return page(request, "bufdir/draft.html", context, status=status)


@allow(Permission.STATISTICS_RELEASE)
@require_POST
@fresh
@only_whole
def approve(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Another person says yes, and the report is frozen."""
    by = reader(request)
    row = access.draft_for(by, draft_id)
    try:
        frozen = actions.approve(draft=row.id, seen=request.POST.get("seen", ""), by=by)
    except Refused as error:
        return _page(request, access.draft_for(by, draft_id), by, str(error), 422)
    return back_with(request, f"Rapport nr. {frozen.number} er godkjent og frosset.", f"{HERE}/{frozen.number}")


@allow(Permission.STATISTICS_RELEASE)
@require_POST
@only_whole
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft is not to be."""
    by = reader(request)
    row = access.draft_for(by, draft_id)
    try:
        actions.drop(draft=row.id, by=by)
    except Refused as error:
        return _page(request, access.draft_for(by, draft_id), by, str(error), 422)
    return back_with(request, "Utkastet er forkastet.", HERE)
