"""The office's deadlines per category, and who has changed them."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from shared.codes.categories import categories
from tenants.team import rota_queries
from tenants.triage import actions, queries
from tenants.triage.deadlines_forms import DeadlineForm, in_words
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken
from varde.ui.shortcuts import back_with, page


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: HttpRequest) -> HttpResponse:
    """GET shows them with an example of each; POST changes them from now on."""
    by, posted = reader(request), request.method == "POST"
    data = request.POST if posted else None
    form = _form(data)
    if posted and form.is_valid():
        try:
            changed = actions.set_deadlines(hours=form.hours(), counting=form.counting(), seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = {name: field.initial for name, field in _form().fields.items()}
            form.told(str(error), queries.newest_rule(), stands)
        else:
            return back_with(request, "Fristene er lagret." if changed else "Ingen frister er endret.", "/team/frister")
    record(by=by, action=Action.VIEW, what="triage.deadline")
    labels = {each.code: each.label for each in categories()}
    history = [
        {
            "when": row.valid_from,
            "title": f"{labels[row.category]}: {in_words(row.hours, row.counting)}",
            "who": row.set_by,
        }
        for row in queries.history()[:100]
    ]
    context = {"form": form, "history": history}
    return page(request, "triage/deadlines.html", context, status=422 if posted else 200)


def _form(data: QueryDict | None = None) -> DeadlineForm:
    seen = {"seen": queries.newest_rule()}
    return DeadlineForm(data, initial=seen, rules=queries.rules(), calendar=rota_queries.calendar(), now=now())
