"""What people say against what is written: those of a matter with a new one, and one to answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox.home import home_of
from tenants.insight import access, gather, queries, statements_actions
from tenants.insight.forms import AnswerForm, StatementForm
from tenants.insight.gather import Found
from tenants.persons.models import Person
from tenants.persons.queries import persons_of, shown_name
from tenants.triage.said_views import Place, done, matter_page, on_matter
from varde.access import Permission, allow, reader
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other


@on_matter
def of_matter(request: HttpRequest, place: Place) -> HttpResponse:
    """Every statement beside the text it is about, and a new one."""
    sent = request.POST if request.method == "POST" else None
    persons = persons_of(place.concern)
    form = StatementForm(sent, persons=persons, items=_items(place, persons))
    if sent is not None and form.is_valid():
        with refusal_on(form, also=Destroyed):
            statements_actions.state(person=form.chosen, word=form.word(), by=reader(request))
            return done(
                request, place, "innvendinger", "Det personen sier, er ført. Teksten det gjelder, står som før."
            )
    rows = queries.statements(place.concern)
    context = {
        "form": form,
        "persons": persons,
        "lines": [{"row": row, "name": shown_name(row.person)} for row in rows],
    }
    return matter_page(request, place, "insight/statements.html", context)


def _items(place: Place, persons: list[Person]) -> list[Found]:
    return list(gather.everything(place.concern, persons[0]).items) if persons else []


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """A statement; for a coordinator the answer, or the end of a restriction."""
    by = reader(request)
    found = access.statement_for(by, statement_id)
    sent = request.POST if request.method == "POST" else None
    ending = sent is not None and "opphev" in sent
    form = AnswerForm(None if ending else sent, kind=found.kind)
    if sent is not None and (ending or form.is_valid()):
        try:
            if ending:
                statements_actions.end_restriction(statement=found, by=by)
            else:
                statements_actions.answer(statement=found, by=by, **form.cleaned_data)
        except Refused as error:
            if ending:
                messages.error(request, str(error))
                return see_other(f"/innvendinger/{found.pk}")
            form.add_error(None, str(error))
        else:
            return back_with(request, "Lagret.", f"/innboks/{found.concern_id}/innvendinger")
    context = {
        "row": found,
        "name": shown_name(found.person),
        "home": home_of(found.concern),
        "concern": found.concern,
        "form": form,
        "decides": access.may_decide(by, found.concern),
    }
    return page(request, "insight/statement.html", context, status=200 if sent is None else 422)
