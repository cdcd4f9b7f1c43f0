"""The assessments of a case, one of them as draft or signed, and its PDF."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.cases.access import case_for
from tenants.inbox.mistakes_queries import mark_of
from tenants.risk import access, actions, queries
from tenants.risk.forms import Asked, AssessmentForm, initial_of
from tenants.risk.models import Assessment
from tenants.risk.papers import paper_of
from tenants.risk.queries import Shown
from tenants.risk.states import UNCERTIFIED, Given, missing
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.documents.serving import paper_download
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.seen import resent
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
REFUSALS = (Refused, Destroyed)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every assessment of the case; POST begins a draft, or goes on with the one that is there."""
    case = case_for(reader(request), case_id)
    if request.method == "POST":
        try:
            draft = actions.begin(case=case, by=reader(request))
        except REFUSALS as error:
            messages.error(request, str(error))
            return see_other(f"/saker/{case.id}/risiko")
        return see_other(f"/risiko/{draft.id}")
    rows = queries.signed(case)
    open_together(rows)
    context = {
        "case": case,
        "draft": queries.draft_of(case),
        "signed": [queries.shown(row) for row in rows],
        "template": queries.in_force()[0],
        "discarded": queries.discarded(case),
        "uncertified": UNCERTIFIED,
    }
    return page(request, "risk/list.html", context)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """A draft to write in, or a signed one beside the one before it."""
    row = access.assessment_for(reader(request), assessment_id)
    shown = queries.shown(row)
    over = row.case.state != "open" or shown.gone
    if request.method != "POST" and mark_of(row) is not None:
        return _read(request, shown)  # discarded; what is sent to it meanwhile stands in the answer
    if row.signed_at is not None and request.method == "POST" and not over:
        return _write(request, shown)  # somebody signed while this was written: it is kept beside
    if row.signed_at is not None or over:
        if request.method == "POST":
            messages.error(request, "Vurderingen kan ikke endres.")
            return see_other(f"/risiko/{row.id}")
        return _read(request, shown)
    return _write(request, shown)


def _read(request: HttpRequest, shown: Shown, status: int = 200) -> HttpResponse:
    before = queries.before(shown.row)
    last = queries.shown(before) if before is not None else None
    context = {
        "row": shown.row,
        "case": shown.row.case,
        "shown": shown,
        "last": last,
        "comparison": queries.compared(shown, last),
        "parts": parts_of(shown),
        "overtaken": [_beside(shown, each.given, each.by_name, each.at) for each in queries.overtaken(shown.row)]
        if not shown.gone
        else [],
        "uncertified": UNCERTIFIED,
        "mark": mark_of(shown.row),
    }
    return page(request, "risk/signed.html", context, status=status)


def parts_of(shown: Shown, given: Given | None = None) -> list[dict[str, object]]:
    """The sections with their answers in words."""
    said = given or shown.given
    return [
        {
            "title": part.title,
            "rows": [(item.text, shown.template.scale(item).label_of(said.items.get(item.id))) for item in part.items],
            "words": said.words.get(part.id, ""),
        }
        for part in shown.template.sections
    ]


def _beside(shown: Shown, stored: dict[str, object], who: str, when: object) -> dict[str, object]:
    given = Given.of(stored)
    level = shown.template.level.label_of(given.level)
    return {"who": who, "at": when, "parts": parts_of(shown, given), "level": level, "reason": given.reason}


def _write(request: HttpRequest, shown: Shown) -> HttpResponse:
    by, today = reader(request), day_of(now())
    before = queries.before(shown.row)
    last = queries.shown(before) if before is not None else None
    same = last is not None and last.template == shown.template
    asked = Asked(
        shown.template, today, last.given if last and same else None, warn=not queries.is_certified(by, today)
    )
    if request.method != "POST":
        initial = initial_of(shown.given, shown.row.next_on, shown.row.version)
        return _form_page(request, shown, asked.form(initial=initial), last)
    form = asked.form(request.POST)
    if not form.is_valid():
        return _form_page(request, shown, form, last, status=422)
    try:
        saved = actions.save_draft(
            draft=shown.row, given=form.given(), next_on=form.cleaned_data["next_on"],
            version=form.seen_version(shown.row.version), by=by,
        )  # fmt: skip
    except Overtaken as error:
        return _lost(request, shown.row, asked, str(error))
    except REFUSALS as error:
        form.add_error(None, str(error))
        return _form_page(request, shown, form, last, status=422)
    if "sign" in request.POST:
        return _sign(request, saved, asked, form)
    return back_with(request, "Utkastet er lagret.", f"/risiko/{saved.id}")


def _sign(request: HttpRequest, saved: Assessment, asked: Asked, form: AssessmentForm) -> HttpResponse:
    """What was written is saved already, so a refusal loses nothing."""
    shown = queries.shown(saved)
    gaps = missing(shown.template, shown.given, saved.next_on)
    if asked.warn and not form.cleaned_data["knows"]:
        sentence = "Kryss av for at du vet det, eller la en med gyldig sertifisering signere."
        form.add_error("knows", sentence)
    for gap in gaps:
        form.add_error(gap.field, gap.sentence)
    if form.is_valid():
        try:
            knows = bool(form.cleaned_data.get("knows"))
            actions.sign(draft=saved, version=saved.version, knows=knows, by=reader(request))
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Vurderingen er signert.", f"/risiko/{saved.id}")
    messages.info(request, "Utkastet er lagret, men ikke signert.")
    return _again(request, saved, asked, form)


def _again(request: HttpRequest, row: Assessment, asked: Asked, faulty: AssessmentForm) -> HttpResponse:
    """The form as it was sent, on the draft as it is now, with the faults of `faulty`."""
    form = asked.form(resent(request.POST, {"seen": str(row.version)}))
    form.full_clean()
    for name, errors in faulty.errors.items():
        for error in errors:
            form.add_error(None if name == "__all__" else name, error)
    response = _form_page(request, queries.shown(row), form, None, status=422)
    response.stands = True  # type: ignore[attr-defined]  # what was saved, or kept beside, is not undone by the faults
    return response


def _lost(request: HttpRequest, stale: Assessment, asked: Asked, why: str) -> HttpResponse:
    """Somebody was first: the words stay in the form, what was saved stands below it."""
    row = Assessment.objects.select_related("case__concern").get(pk=stale.pk)
    if row.signed_at is not None:
        messages.error(request, f"{row.signed_by_name} signerte mens du skrev. Teksten din står nederst på siden.")
        return see_other(f"/risiko/{row.id}")
    faulty = asked.form(request.POST)
    faulty.add_error(None, why)
    return _again(request, row, asked, faulty)


def _form_page(
    request: HttpRequest, shown: Shown, form: AssessmentForm, last: Shown | None, status: int = 200
) -> HttpResponse:
    others = queries.overtaken(shown.row)
    stored = _beside(shown, shown.given.stored(), shown.row.saved_by_name, shown.row.saved_at)
    context = {
        "row": shown.row,
        "case": shown.row.case,
        "form": form,
        "template": shown.template,
        "last": last,
        "stored": stored if others else None,
        "overtaken": [_beside(shown, each.given, each.by_name, each.at) for each in others],
    }
    return page(request, "risk/draft.html", context, status=status)


@allow(Permission.CASES)
@require_GET
def pdf(request: HttpRequest, assessment_id: UUID) -> Any:
    """A signed assessment as PDF."""
    row = access.signed_for(reader(request), assessment_id)
    return paper_download(paper_of(queries.shown(row), reader(request).office), "risikovurdering")
