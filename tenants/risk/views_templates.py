"""The templates of the office: look at a file, take it into use."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shared.codes.template_file import BadTemplate, load
from shared.codes.templates import shipped
from tenants.risk import access, actions, queries
from tenants.risk.forms import TemplateFileForm
from varde.access import Permission, allow, reader
from varde.refusal import Refused
from varde.ui.shortcuts import page, see_other


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Which template is in use. POST of a file shows it, or says what is wrong; POST of its text takes it into use."""
    access.note_templates(reader(request))
    if request.method != "POST":
        return _page(request, TemplateFileForm())
    if "text" in request.POST:
        return _take(request, request.POST["text"])
    form = TemplateFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    text = form.cleaned_data["file"]
    try:
        found = load(text)
    except BadTemplate as bad:
        return _page(request, TemplateFileForm(), faults=bad.faults, status=422)
    return _page(request, form, preview=found, text=text)


def _take(request: HttpRequest, text: str) -> HttpResponse:
    try:
        row = actions.load_template(text=text, by=reader(request))
    except BadTemplate as bad:
        return _page(request, TemplateFileForm(), faults=bad.faults, status=422)
    except Refused as error:
        form = TemplateFileForm(request.POST)
        form.add_error(None, str(error))
        del form.errors["file"]
        return _page(request, form, status=422)
    messages.success(request, f"Malen «{row.title}, {row.version}» er tatt i bruk for nye vurderinger.")
    return see_other("/risiko/maler")


def _page(request: HttpRequest, form: TemplateFileForm, status: int = 200, **more: object) -> HttpResponse:
    template, content = queries.in_force()
    context = {
        "form": form,
        "now": template,
        "file": json.dumps(content, ensure_ascii=False, indent=1),
        "loaded": queries.loaded(),
        "shipped": shipped(),
    }
    return page(request, "risk/templates.html", context | more, status=status)
