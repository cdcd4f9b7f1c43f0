"""The checklist of the office: which is asked by, look at a file, take it into use."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shared.codes.checklists import acute, as_data, load
from shared.codes.strict import BadList
from tenants.triage import lists_actions, lists_queries
from tenants.triage.lists_forms import ChecklistFileForm
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: HttpRequest) -> HttpResponse:
    """POST of a file shows the list, or says what is wrong; POST of its text takes it into use."""
    record(by=reader(request), action=Action.VIEW, what="triage.checklist_list")
    if request.method != "POST":
        return _page(request, ChecklistFileForm())
    if "text" in request.POST:
        return _take(request, request.POST["text"])
    form = ChecklistFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        found = load(form.cleaned_data["file"])
    except BadList as error:
        return _page(request, ChecklistFileForm(), fault=str(error), status=422)
    return _page(request, form, preview=found, text=form.cleaned_data["file"])


def _take(request: HttpRequest, text: str) -> HttpResponse:
    try:
        made = lists_actions.take_into_use(text=text, by=reader(request))
    except (BadList, Refused) as error:
        return _page(request, ChecklistFileForm(), fault=str(error), status=422)
    return back_with(
        request, f"Sjekklisten, utgave {made.version}, er tatt i bruk for nye avklaringer.", "/team/sjekkliste"
    )


def _page(request: HttpRequest, form: ChecklistFileForm, status: int = 200, **more: object) -> HttpResponse:
    now = lists_queries.in_force()
    context = {
        "form": form,
        "now": now,
        "file": json.dumps(as_data(now), ensure_ascii=False, indent=1),
        "loaded": lists_queries.loaded(),
        "shipped": acute(),
    }
    return page(request, "triage/checklist_file.html", context | more, status=status)
