"""The decision sheet in a matter, a case or not yet, and the page outside where a recipient opens a one-time link.

The page outside is csrf-exempt like the receipt's: it acts for nobody who is logged in, and must work without cookies.
GET looks nothing up, so a mail program that visits links opens none.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from shared.registry.queries import facts
from tenants.cases.access import case_for
from tenants.inbox.limits import wait_for_link
from tenants.measures import sharing_actions as actions
from tenants.measures import sharing_queries as queries
from tenants.measures.outward_access import Place, of_case, of_concern
from tenants.measures.requests_queries import ground_label
from tenants.measures.sharing_forms import CodeForm, SharingForm
from tenants.measures.sharing_models import Sharing
from tenants.triage import said_views
from varde.access import Permission, allow, anyone, as_purpose, reader
from varde.address import address_of
from varde.audit.actions import Action, record
from varde.clock import now
from varde.notify.mail import address
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Refused
from varde.tenancy.door import need_office
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

DOES_NOT_WORK = (
    "Lenken eller koden virker ikke. Den kan være skrevet feil, utløpt eller trukket tilbake. Ring den som sendte den."
)


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was shared, and the sheet; POST shares. A link is shown in the answer and never again."""
    return _sharing(request, of_case(case_for(reader(request), case_id)))


@said_views.on_matter
def early_sharing(request: HttpRequest, place: said_views.Place) -> HttpResponse:
    """The same before there is a case."""
    if place.is_case and request.method != "POST":
        return see_other(f"{place.home}/deling")
    return _sharing(request, of_concern(place.concern))


def _sharing(request: HttpRequest, place: Place) -> HttpResponse:
    form = SharingForm(request.POST if request.method == "POST" else None, now=now())
    if form.is_bound and form.is_valid():
        with refusal_on(form, also=Destroyed):
            row, link = actions.share(concern=place.concern, decision=form.decision(), by=reader(request))
            if link is None:
                return back_with(request, "Delingen er loggført.", f"{place.base}/deling")
            url = address(need_office(), f"/delt/{link.secret}")
            context = {"place": place, "home": place.home, "row": row, "url": url, "code": link.code}
            return page(request, "measures/sharing_made.html", context, status=201)
    return _sheet(request, place, form)


def _sheet(request: HttpRequest, place: Place, form: SharingForm) -> HttpResponse:
    record(by=reader(request), action=Action.VIEW, what="measures.sharing", ids=[place.concern.id])
    found = queries.of_matter(place.concern, now())
    open_together(row for row, _, _ in found)
    shown = [(*each, ground_label(each[0].ground)) for each in found]
    context = {"place": place, "home": place.home, "form": form, "shared": shown}
    return page(request, "measures/sharing.html", context, status=422 if form.is_bound else 200)


@allow(Permission.CASES)
@require_POST
def revoke(request: HttpRequest, case_id: UUID, sharing_id: UUID) -> HttpResponse:
    """Take a link back."""
    return _revoke(request, of_case(case_for(reader(request), case_id)), sharing_id)


@require_POST
@said_views.on_matter
def early_revoke(request: HttpRequest, place: said_views.Place, sharing_id: UUID) -> HttpResponse:
    """The same before there is a case."""
    return _revoke(request, of_concern(place.concern), sharing_id)


def _revoke(request: HttpRequest, place: Place, sharing_id: UUID) -> HttpResponse:
    by = reader(request)
    row = Sharing.objects.filter(concern=place.concern, pk=sharing_id).first()
    if row is None:
        record(by=by, action=Action.DENIED, what="measures.sharing", ids=[sharing_id])
        raise Http404
    try:
        actions.revoke(sharing=row, by=by)
    except Refused as error:
        messages.error(request, str(error))
        response = _sheet(request, place, SharingForm(now=now()))
        response.status_code = 422
        return response
    return back_with(request, "Lenken er trukket tilbake.", f"{place.base}/deling")


@csrf_exempt
@anyone
@as_purpose("sharing")
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """The recipient's page: asks for the code, shows the text once. Every link that does not work looks the same."""
    office = facts(need_office())
    context: dict[str, object] = {"office": office, "form": CodeForm()}
    if request.method != "POST":
        return _outside(page(request, "measures/shared_ask.html", context))
    # The database counts wrong codes per link. This is for somebody who tries links that do not exist.
    wait = wait_for_link(office.id, address_of(request))
    if wait is not None:
        response = page(request, "measures/shared_ask.html", context | {"wait": wait}, status=429)
        response["Retry-After"] = str(wait)
        return _outside(response)
    by = reader(request)
    found = queries.tried(key[:200], request.POST.get("code", ""))
    if found.answer == "open":
        record(by=by, action=Action.VIEW, what="measures.sharing.opened", ids=[found.concern_id or ""])
        return _outside(page(request, "measures/shared.html", {"office": office, "row": queries.opened()}))
    if found.answer == "used":
        record(by=by, action=Action.DENIED, what="measures.sharing.opened")
        return _outside(page(request, "measures/shared_used.html", {"office": office, "at": found.opened_at}, 410))
    record(by=by, action=Action.DENIED, what="measures.sharing")
    response = page(request, "measures/shared_ask.html", context | {"refused": DOES_NOT_WORK}, status=422)
    response.stands = True  # type: ignore[attr-defined]  # the wrong code is counted
    return _outside(response)


def _outside(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: it goes to nobody as a referrer."""
    response["Referrer-Policy"] = "no-referrer"
    return response
