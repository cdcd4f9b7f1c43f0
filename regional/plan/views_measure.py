"""One measure: what it is, how it has gone, what shows that it had an effect, and what is new about it."""

import base64
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.plan import access, progress_actions, queries
from regional.plan.forms import EvidenceForm, Owners, ProgressForm
from regional.plan.models import Measure
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.documents import beside
from varde.documents.kinds import KINDS
from varde.documents.serving import download
from varde.documents.uploads import SentFile, takes_files
from varde.refusal import Overtaken
from varde.ui.dates import day_of
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
FILE = "file"


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """The measure; POST writes a line of progress."""
    by = reader(request)
    found = access.measure_for(by, measure_id)
    may = access.may_report(by, found)
    if request.method != "POST":
        return _shown(request, found, by)
    if not may:
        raise Http404
    form = _progress_form(request, found, by)
    if form.is_valid():
        try:
            progress_actions.report(measure=found, told=form.typed(), by=by, seen=form.was_seen)
        except Overtaken as error:
            form.told(str(error), queries.measure_said(found))
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Framdriften er ført.", _at(found))
    return _shown(request, found, by, progress=form)


def _at(found: Measure) -> str:
    return f"{queries.HERE}/tiltak/{found.id}"


def _progress_form(request: HttpRequest, found: Measure, by: Reader) -> ProgressForm:
    owners = Owners(queries.kommuner(by), access.owners(by))
    initial = {"seen": queries.measure_said(found)}
    return ProgressForm(request.POST if request.method == "POST" else None, initial=initial, owners=owners)


def _shown(
    request: HttpRequest,
    found: Measure,
    by: Reader,
    *,
    progress: ProgressForm | None = None,
    evidence: EvidenceForm | None = None,
) -> HttpResponse:
    adoption, failed = queries.adoption_of(found.plan), progress is not None or evidence is not None
    empty = ProgressForm(
        initial={"seen": queries.measure_said(found)}, owners=Owners(queries.kommuner(by), access.owners(by))
    )
    said_at = queries.said_at(found)
    elsewhere = adoption is not None and said_at.id != found.id
    context = {
        "line": queries.line_of(found, day_of(now())),
        "row": found,
        "plan": found.plan,
        "adoption": adoption,
        "progress": queries.progress_of(found),
        "evidence": [(one, KINDS[one.kind].label if one.kind else "") for one in queries.evidence_of(found)],
        "said_at": said_at if elsewhere else None,
        "may_report": adoption is not None and not elsewhere and access.may_report(by, found),
        "may_edit": access.may_edit(by) and adoption is None,
        "progress_form": progress or empty,
        "evidence_form": evidence or EvidenceForm(),
    }
    return page(request, "plan/measure.html", context, status=422 if failed else 200)


@takes_files(protect=True)
@allow(Permission.LEADERS_READ)
@require_POST
def add_evidence(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """What shows that the measure had an effect; words, and a file if there is one."""
    by = reader(request)
    found = access.measure_for(by, measure_id)
    if not access.may_report(by, found):
        raise Http404
    form = EvidenceForm(request.POST)
    if form.is_valid():
        sent = [file for file in request.FILES.getlist(FILE) if isinstance(file, SentFile)]
        try:
            filed = beside.only(sent)
            progress_actions.add_evidence(measure=found, text=form.cleaned_data["evidence"], filed=filed, by=by)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Dokumentasjonen er lagt ved.", _at(found))
    return _shown(request, found, by, evidence=form)


@allow(Permission.LEADERS_READ)
@require_GET
def evidence_file(request: HttpRequest, evidence_id: UUID) -> Any:
    """The cleaned copy."""
    found = access.evidence_for(reader(request), evidence_id)
    made = base64.b64decode(found.file)
    return download([made], size=len(made), stem=f"dokumentasjon-{found.at:%Y-%m-%d}", kind=found.kind)
