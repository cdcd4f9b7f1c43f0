"""The registration form of a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from shared.codes.forms import CURRENT
from shared.codes.forms import form as form_version
from tenants.cases import access, actions, answers, queries
from tenants.cases.forms import RegistrationForm
from tenants.cases.models import Case
from tenants.cases.panels import brief
from tenants.cases.suggestions import suggested
from tenants.persons.queries import card_of, persons_of
from tenants.triage import police_queries
from tenants.triage.said import newest_of
from varde.access import Permission, Reader, allow, reader
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken
from varde.ui.gone import words
from varde.ui.shortcuts import back_with, page, see_other


def known(case: Case) -> dict[str, tuple[str, ...]]:
    """What is answered, and what the case itself knows where nothing is: a person looks at it before it is saved."""
    said = newest_of(police_queries.said(case.concern))
    cards = [card_of(person) for person in persons_of(case.concern) if person.role == "suspected"]
    police = said.police if said else None
    return suggested(
        category=case.category,
        channel=case.concern.channel,
        suspected=cards,
        police=police,
        first_teller=words(case.concern, "first_teller"),
    ) | queries.answers(case)


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The form, filled with what is known. More ticks than the form asks for are told about, not refused."""
    case = access.case_for(reader(request), case_id)
    version = form_version(CURRENT)
    posted = request.POST if request.method == "POST" else None
    form = RegistrationForm(posted, form=version, known=known(case), initial={"seen": queries.as_seen(case)})
    if posted is not None and form.is_valid():
        given = form.answers()
        try:
            actions.answer(case=case, form=CURRENT, answers=given, seen=form.was_seen, by=reader(request))
        except Destroyed as error:
            messages.error(request, str(error))
            return see_other(f"/saker/{case.id}")
        except Overtaken as error:
            form.told(str(error), queries.as_seen(case), form.as_shown(queries.answers(case)))
        else:
            for sentence in answers.warnings(version, given):
                messages.warning(request, sentence)
            return back_with(request, "Registreringsskjemaet er lagret.", f"/saker/{case.id}")
    saved = queries.answers(case)
    proposed = known(case)
    labels = [question.label for question in answers.gaps(version, saved) if proposed.get(question.key)]
    context = {"case": case, "form": form, "suggested": labels}
    return page(request, "cases/registration.html", context, status=422 if posted is not None else 200)


def form_panel(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What is missing on the form, on the case page."""
    version, given = form_version(CURRENT), queries.answers(case)
    gaps = answers.gaps(version, given)
    context = {"case": case, "gaps": gaps, "warnings": answers.warnings(version, given)}
    html = SafeString(render_to_string("cases/_form.html", context, request))
    return brief(html, waits=f"{len(gaps)} mangler svar" if gaps else "", colour="info")
