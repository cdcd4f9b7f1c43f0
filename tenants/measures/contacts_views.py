"""Contact with partners about a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.cases.access import case_for
from tenants.inbox.mistakes_queries import address, marks_of
from tenants.measures.contacts_actions import note_contact
from tenants.measures.contacts_forms import CaseContactForm
from tenants.measures.contacts_models import CaseContact
from tenants.team.partners_queries import in_use
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Refused
from varde.ui.shortcuts import page, see_other


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has been said with whom; POST notes more."""
    case = case_for(reader(request), case_id)
    form = CaseContactForm(request.POST if request.method == "POST" else None, partners=in_use(), now=now())
    if form.is_bound and form.is_valid():
        try:
            note_contact(case=case, contact=form.case_contact(), by=reader(request))
        except (Refused, Destroyed) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kontakten er loggført i saken.")
            return see_other(f"/saker/{case.id}/kontakter")
    rows = list(CaseContact.objects.filter(case=case).select_related("partner").order_by("-held_on", "-at"))
    open_together(rows)
    marks = marks_of(CaseContact, [row.pk for row in rows])
    shown = [(row, marks.get(row.pk), address(case.concern_id, "kontakt", row.pk)) for row in rows]
    context = {"case": case, "form": form, "contacts": shown}
    return page(request, "measures/contacts.html", context, status=422 if form.is_bound else 200)
