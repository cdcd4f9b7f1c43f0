"""The classes: how long what is kept, on which ground, and who decided it when."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.kept import actions, queries
from tenants.kept.forms import ClassForm
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.refusal import Overtaken, Refused
from varde.ui.shortcuts import back_with, page


@allow(Permission.SETTINGS, Permission.AUDIT_REVIEW)
@require_GET
def classes(request: HttpRequest) -> HttpResponse:
    """All classes, and the changes; the privacy officer reads them too."""
    by = reader(request)
    record(by=by, action=Action.VIEW, what="kept.class")
    decides = by.may(Permission.SETTINGS)
    context = {"classes": queries.classes().values(), "history": _history(""), "may_decide": decides}
    return page(request, "kept/classes.html", context)


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One class: GET shows it with its changes; POST decides on it, also unchanged."""
    by, chosen = reader(request), queries.classes().get(code)
    if chosen is None:
        raise Http404
    form = ClassForm(request.POST if request.method == "POST" else None, chosen=chosen)
    if form.is_bound and form.is_valid():
        try:
            actions.decide_class(chosen=chosen, wanted=form.wanted(), seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = ClassForm(chosen=queries.classes()[code]).initial
            form.told(str(error), stands["seen"], stands)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Vedtatt. Tiden gjelder også for det som alt er avsluttet.", "/team/oppbevaring")
    record(by=by, action=Action.VIEW, what="kept.class")
    context = {"chosen": chosen, "form": form, "history": _history(code)}
    return page(request, "kept/class.html", context, status=422 if form.is_bound else 200)


def _history(code: str) -> list[dict[str, object]]:
    found = []
    for row in queries.history(code)[:100]:
        said = queries.as_class(row)
        text = f"{said.time}. Tiden begynner {said.starts_in_words.lower()}. {said.then_in_words}. {said.ground}"
        found.append({"when": row.decided_at, "title": row.name, "who": row.decided_by_name, "text": text})
    return found
