"""The way to an open phone: all the steps, one of them, and its document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.codes.starting import Step
from tenants.starting import access, actions, queries
from tenants.starting.files import check_open, label
from tenants.starting.forms import BackForm, DocumentForm, SkipForm, WordForm
from tenants.starting.steps import Standing, done, in_the_way, next_step
from varde.access import Permission, Reader, allow, reader
from varde.documents.serving import download
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_on
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = "/oppstart"
# Where a step is done outside of this room: what opens the page, what it is called, and who else can do it.
_PLACES: dict[str, tuple[Permission, str, str]] = {
    "/folk": (Permission.PEOPLE_MANAGE, "Folk og roller", "administratoren"),
    "/team": (Permission.TEAM_READ, "Teamet", "koordinatoren"),
    "/team/register": (Permission.TEAM_REGISTER, "Teamets register", "koordinatoren"),
    "/team/oppbevaring": (Permission.SETTINGS, "Lagringstider", "koordinatoren"),
    "/team/vakt": (Permission.TEAM_READ, "Vaktlisten", "koordinatoren"),
    "/statistikk": (Permission.RETURNS_SEE, "Statistikk", "koordinatoren"),
    "/samarbeidsavtale": (Permission.STARTING, "Samarbeidsavtalen", "administratoren"),
}
_FORMS: dict[str, str] = {"gjort": "done", "ikke-aktuelt": "not_relevant", "tilbake": "open"}


def address(step: Step) -> str:
    """Where a step is walked: a page of its own, the agreement's, or the page of all steps' kind."""
    own = step.where.startswith((f"{HERE}/", "/samarbeidsavtale"))
    return step.where if own else f"{HERE}/steg/{step.code}"


def shown(found: list[Standing]) -> list[dict[str, Any]]:
    """Steps with their addresses."""
    return [{"one": one, "url": address(one.step)} for one in found]


@allow(Permission.STARTING)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every step, the next one first, and the button that opens the phone."""
    by = reader(request)
    access.note_read(by)
    found = queries.standing(by)
    ahead, facts = next_step(found), queries.own_facts(by)
    finished = done(found)
    context = {
        "groups": [(group, shown(steps)) for group, steps in queries.groups(found)],
        "next": {"one": ahead, "url": address(ahead.step)} if ahead else None,
        "left": in_the_way(found),
        "facts": facts,
        "open": bool(facts.has_team and facts.started_on),
        "done": finished,
        "all": len(found),
        "width": f"{100 * finished / len(found):.1f}%",
        "counts": queries.counts(found),
    }
    return page(request, "starting/overview.html", context)


@allow(Permission.STARTING)
@require_http_methods(READ_AND_SEND)
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One step: why, how it stands, where it is done. POST says how it stands (`gjort`, `ikke-aktuelt`, `tilbake`)."""
    by = reader(request)
    chosen = access.step_for(by, code)
    wanted = next((name for name in _FORMS if name in request.POST), "")
    forms = _forms(chosen, request, wanted)
    form = forms.get(wanted)
    if form is not None and form.is_valid():
        try:
            _say(chosen, wanted, form, by)
        except Overtaken as error:
            form.told(str(error), queries.seen_of(code), {})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, f"«{chosen.title}» er lagret.", HERE)
    access.note_read(by)
    return _step_page(request, chosen, forms, 422 if form is not None else 200)


def _say(step: Step, wanted: str, form: SeenForm, by: Reader) -> None:
    given = form.cleaned_data
    actions.say(
        step=step, state=_FORMS[wanted], text=given.get("text", ""), day=given.get("day"), seen=form.was_seen, by=by
    )


def _forms(step: Step, request: HttpRequest, wanted: str) -> dict[str, SeenForm]:
    """The forms that this step has; the one that was sent is bound."""
    word, initial = queries.words().get(step.code), {"seen": queries.seen_of(step.code)}
    stands = {"text": word.text, "day": word.day} if word and word.state == "done" else {}

    def bound(name: str) -> Any:
        return request.POST if name == wanted else None

    found: dict[str, SeenForm] = {"tilbake": BackForm(bound("tilbake"), initial=initial, auto_id="back_%s")}
    if step.how != "known":
        found["gjort"] = WordForm(bound("gjort"), initial=initial | stands, step=step)
    if step.skip:
        found["ikke-aktuelt"] = SkipForm(bound("ikke-aktuelt"), initial=initial, auto_id="skip_%s")
    return found


def _step_page(
    request: HttpRequest, step: Step, forms: dict[str, SeenForm], status: int, document: DocumentForm | None = None
) -> HttpResponse:
    by = reader(request)
    standing = next(one for one in queries.standing(by) if one.step.code == step.code)
    permission, place, whom = _PLACES.get(step.where, (None, "", ""))
    context = {
        "one": standing,
        "word_form": forms.get("gjort"),
        "skip_form": forms.get("ikke-aktuelt"),
        "back_form": forms["tilbake"],
        "document_form": (document or DocumentForm()) if step.how == "document" else None,
        "documents": [(row, label(row.kind)) for row in queries.documents(step.code)],
        "history": [_event(row) for row in queries.history(step.code)],
        "place": place,
        "place_url": step.where if permission and by.may(permission) else "",
        "whom": whom,
    }
    return page(request, "starting/step.html", context, status=status)


def _event(row: Any) -> dict[str, Any]:
    return {"when": row.at, "title": row.get_state_display(), "who": row.by_name, "text": row.text}


@allow(Permission.STARTING)
@require_POST
def add_document(request: HttpRequest, code: str) -> HttpResponse:
    """A document is laid by a step."""
    by = reader(request)
    chosen = access.step_for(by, code)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_on(form):
            actions.add_document(step=chosen, taken=form.cleaned_data["file"], by=by)
            return back_with(request, "Dokumentet er lagt ved.", address(chosen))
    return _step_page(request, chosen, _forms(chosen, request, ""), 422, form)


@allow(Permission.STARTING)
@require_GET
def document(request: HttpRequest, document_id: UUID) -> Any:
    """A document, for those who walk the steps."""
    row = access.document_for(reader(request), document_id)
    content = bytes(row.content)
    try:
        check_open(content)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"{HERE}/steg/{row.step}")
    return download([content], size=len(content), stem=f"oppstart-{row.step}", kind=row.kind)
