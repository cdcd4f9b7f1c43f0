"""Contact with partners about a matter, before it is a case and after."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.cases.access import case_for
from tenants.inbox.mistakes_queries import address, marks_of
from tenants.measures.contacts_actions import note_contact
from tenants.measures.contacts_forms import CaseContactForm
from tenants.measures.contacts_models import CaseContact
from tenants.measures.contacts_queries import of_matter
from tenants.measures.outward_access import Place, of_case, of_concern
from tenants.team.partners_queries import in_use
from tenants.triage import said_views
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has been said with whom; POST notes more."""
    return _contacts(request, of_case(case_for(reader(request), case_id)))


@said_views.on_matter
def early_contacts(request: HttpRequest, place: said_views.Place) -> HttpResponse:
    """The same before there is a case."""
    if place.is_case and request.method != "POST":
        return see_other(f"{place.home}/kontakter")
    return _contacts(request, of_concern(place.concern))


def _contacts(request: HttpRequest, place: Place) -> HttpResponse:
    concern = place.concern
    form = CaseContactForm(request.POST if request.method == "POST" else None, partners=in_use(), now=now())
    if form.is_bound and form.is_valid():
        with refusal_on(form, also=Destroyed):
            note_contact(concern=concern, contact=form.case_contact(), by=reader(request))
            return back_with(request, "Kontakten er loggført.", f"{place.base}/kontakter")
    record(by=reader(request), action=Action.VIEW, what="measures.contact", ids=[concern.id])
    rows = of_matter(concern)
    marks = marks_of(CaseContact, [row.pk for row in rows])
    shown = [(row, marks.get(row.pk), address(concern.pk, "kontakt", row.pk)) for row in rows]
    context = {"place": place, "home": place.home, "concern": concern, "form": form, "contacts": shown}
    return page(request, "measures/contacts.html", context, status=422 if form.is_bound else 200)
