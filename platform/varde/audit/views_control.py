"""The extract for the person concerned, the control of odd looks, and where the log's anchors go."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from varde.access import Permission, allow, reader
from varde.audit import anchoring, review
from varde.audit.actions import Action, record
from varde.audit.extract import extract, find
from varde.audit.forms import AnchorForm, ExtractForm, ReviewForm
from varde.audit.models import Anchor, Finding
from varde.audit.phrases import deed, short
from varde.clock import now
from varde.identity.stepup import ask, fresh, is_fresh
from varde.ui.dates import MONTHS
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
_MONTHS_BACK = 12
_ANCHORS = 30


@allow(Permission.AUDIT_EXTRACT)
@require_http_methods(READ_AND_SEND)
def ask_extract(request: HttpRequest) -> HttpResponse:
    """Which matter? A number that is hidden and one that is not there are answered alike."""
    by = reader(request)
    form = ExtractForm(request.POST if request.method == "POST" else None, initial={"sak": request.GET.get("sak", "")})
    if form.is_bound and form.is_valid():
        matter = find(form.cleaned_data["sak"], by)
        if matter is not None:
            return see_other(f"/innsynslogg/utskrift/{matter}")
        record(by=by, action=Action.DENIED, what="audit.extract")
        form.add_error("sak", "Vi finner ingen sak med dette nummeret.")
    return page(request, "audit/ask_extract.html", {"form": form}, 422 if form.is_bound else 200)


@allow(Permission.AUDIT_EXTRACT)
@fresh
@require_GET
def show_extract(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """«Hvem har sett i saken min?», ready for printing."""
    found = extract(matter_id, reader(request))
    return page(request, "audit/extract.html", {"extract": found, "short": short(str(matter_id)), "now": now()})


@allow(Permission.AUDIT_REVIEW)
@require_GET
def control(request: HttpRequest) -> HttpResponse:
    """The odd looks of a month that this reader may handle."""
    this = review.month_of(now())
    months = [review.earlier(this, back) for back in range(_MONTHS_BACK)]
    asked = request.GET.get("maned", "")
    month = next((each for each in months if f"{each:%Y-%m}" == asked), this)
    rows = [_finding(row) for row in review.findings_for(reader(request), month)]
    context = {
        "rows": rows,
        "open": sum(not row["verdict"] for row in rows),
        "month": _named(month),
        "chosen": f"{month:%Y-%m}",
        "months": [{"value": f"{each:%Y-%m}", "label": _named(each)} for each in months],
    }
    return page(request, "audit/control.html", context)


def _named(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _finding(row: Finding) -> dict[str, Any]:
    newest = max(row.reviews.all(), key=lambda each: each.at, default=None)
    return {
        "finding": row,
        "short": short(str(row.matter_id)) if row.matter_id else "",
        # Of many matters some may be hidden from this reader, and the number would tell.
        "looks": row.looks if row.matter_id else None,
        "verdict": newest.get_verdict_display() if newest else "",
        "handled_by": newest.handled_by_name if newest else "",
    }


@allow(Permission.AUDIT_REVIEW)
@require_http_methods(READ_AND_SEND)
def one_finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One odd look: the rows behind it, what has been found out, and a form for more."""
    by = reader(request)
    found = review.finding_for(by, finding_id)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        review.handle(finding=found, by=by, **form.decision())
        return back_with(request, "Vurderingen er lagret.", f"/innsynslogg/kontroll?maned={found.month:%Y-%m}")
    context = {
        "form": form,
        "finding": found,
        "short": short(str(found.matter_id)) if found.matter_id else "",
        "month": _named(found.month),
        "month_value": f"{found.month:%Y-%m}",
        "rows": [
            {"at": row.at, "deed": deed(row.action, row.what), "short": short(row.object_id), "reason": row.reason}
            for row in review.rows_of(found)
        ],
        "reviews": [{"review": row, "note": review.note_of(row)} for row in found.reviews.order_by("-at")],
    }
    return page(request, "audit/finding.html", context, 422 if form.is_bound else 200)


@allow(Permission.PEOPLE_MANAGE, Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def anchors(request: HttpRequest) -> HttpResponse:
    """Where the anchors are mailed, and which days have one."""
    by, own = reader(request), anchoring.setting()
    posted = request.POST if request.method == "POST" else None
    form = AnchorForm(posted, initial={"adresse": own.address if own else ""})
    if form.is_bound and form.is_valid():
        if not is_fresh(request):
            return ask(request)
        anchoring.set_address(address=form.cleaned_data["adresse"], by=by)
        return back_with(request, "Adressen er lagret.", "/innsynslogg/anker")
    record(by=by, action=Action.LIST, what="audit.anchor")
    context = {
        "form": form,
        "setting": own,
        "anchors": Anchor.objects.filter(former=None).order_by("-at")[:_ANCHORS],
        "stays_here": not anchoring.leaves(own),
    }
    return page(request, "audit/anchors.html", context, 422 if form.is_bound else 200)
