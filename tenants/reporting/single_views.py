"""The anonymous single registrations: the words of one case, and taking them out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.codes.periods import parse
from tenants.cases.access import case_for
from tenants.cases.models import Case
from tenants.reporting import access, single, single_actions, single_queries, strict
from tenants.reporting.forms import ALL, TakeOutForm, WordsForm
from tenants.reporting.views import periods
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.exits.downloads import file_answer
from varde.exits.sheets import norwegian_csv
from varde.exits.workbook import workbook
from varde.identity.stepup import fresh
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.gone import words as opened
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import page, see_other


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case as its anonymous registration, and the words in it."""
    by = reader(request)
    case = case_for(by, case_id)
    own = single_queries.single_of(case)
    form = _form(request, case, own, by)
    if form.is_bound and form.is_valid() and _said(request, form, case, by):
        return see_other(f"/saker/{case.id}/registrering")
    held = single_actions.screened([own], by)
    row = single.rows([own], held, key=b"\0" * 32)[0]
    context = {"case": case, "form": form, "answers": list(zip(single.columns(), row, strict=True)), "held": held}
    return page(request, "reporting/words.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, case: Case, own: single.Single, by: Reader) -> WordsForm:
    held = single_actions.screened([own], by) if request.method != "POST" else []
    return WordsForm(
        request.POST if request.method == "POST" else None,
        places=single.places(own.answers),
        said=own.said,
        kinds={each.place.key: each.kinds for each in held},
        initial={"seen": single_queries.as_seen(case)},
    )


def _said(request: HttpRequest, form: WordsForm, case: Case, by: Reader) -> bool:
    try:
        single_actions.say(case=case, said=form.typed(), seen=form.was_seen, by=by)
    except Overtaken as error:
        stands = single_queries.text_of(single_queries.text_row(case))
        form.told(str(error), single_queries.as_seen(case), form.as_shown(stands))
        return False
    except (Refused, Destroyed) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "Registreringen er lagret.")
    return True


@allow(Permission.RETURNS_SEND)
@require_GET
def registrations(request: HttpRequest) -> HttpResponse:
    """How many closed cases there are to take out, and the texts that must be written anew first."""
    return _registrations(request)


def _registrations(request: HttpRequest, form: TakeOutForm | None = None) -> HttpResponse:
    by = reader(request)
    mine = access.is_owner(by)
    found = single_queries.singles() if mine else []
    held = single_actions.screened(found, by)
    record(by=by, action=Action.LIST, what="reporting.single", ids=sorted({each.single.case_id for each in held}))
    context = {
        "mine": mine,
        "count": len(found),
        "rare": single.alone(found),
        "held": [(each, [strict.kind(code).label.lower() for code in each.kinds]) for each in held],
        "form": form or TakeOutForm(periods=periods(by)),
    }
    return page(request, "reporting/registrations.html", context, status=422 if form else 200)


@allow(Permission.RETURNS_SEND)
@require_POST
@fresh
def take_out(request: HttpRequest) -> HttpResponse:
    """The registrations as a file, with the reason in the log."""
    by = reader(request)
    form = TakeOutForm(request.POST, periods=periods(by))
    if not form.is_valid():
        return _registrations(request, form)
    value, ending = form.cleaned_data["period"], form.cleaned_data["ending"]
    with refusal_on(form):
        found = single_queries.singles(None if value == ALL else parse(value))
        made = single_actions.take_out(singles=found, reason=form.cleaned_data["reason"], by=by)
        content = workbook(made, "Registreringer") if ending == "xlsx" else norwegian_csv(made)
        return file_answer(content, "tall", day_of(now()), ending)
    return _registrations(request, form)


def on_case(case: Case, by: Reader, request: HttpRequest) -> SafeString:
    """On the case page: the way to its anonymous registration."""
    row = single_queries.text_row(case)
    written = bool(row and opened(row, "said"))
    return SafeString(render_to_string("reporting/_case.html", {"case": case, "written": written}, request))
