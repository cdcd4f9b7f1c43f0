"""Requests for access: those that wait, those of a matter, one of them, and the document."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.inbox.attachments_access import NotChecked, copy_for
from tenants.inbox.home import home_of
from tenants.insight import access, actions, inquiry_panels, queries
from tenants.insight.files import zipped
from tenants.insight.forms import EndForm, ExtendForm, RegisterForm
from tenants.insight.inquiry_access import inquiry_for
from tenants.insight.inquiry_actions import judge
from tenants.insight.inquiry_models import Inquiry
from tenants.insight.models import AccessCopy, AccessRequest
from tenants.insight.states import file_name
from tenants.persons.access import note_listed as note_matters
from tenants.persons.models import Person
from tenants.persons.queries import everybody_in, persons_of, shown_name
from tenants.persons.repeats import repeats_of
from tenants.triage.said_views import Place, matter_page, on_matter
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import ZIP, download
from varde.exits.names import file_name as zip_name
from varde.identity.stepup import fresh
from varde.privacy.errors import CannotOpen, Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


@allow(Permission.INBOX_READ)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Requests that nobody has ended, the first due first: in matters that the reader sees, and those in no matter."""
    by, today = reader(request), day_of(now())
    rows = Paginator(queries.waiting(), PAGE_SIZE).get_page(request.GET.get("side"))
    shown = list(rows.object_list)
    open_together([row.person for row in shown])
    access.note_listed(by, shown)
    lines = [{"row": row, "name": shown_name(row.person), "home": home_of(row.concern)} for row in shown]
    late = [line for line, row in zip(lines, shown, strict=True) if row.due_on < today]
    context = {"late": late, "lines": lines[len(late) :], "page": rows, "query": ""}
    return page(request, "insight/waiting.html", context | inquiry_panels.on_list(by))


@on_matter
def of_matter(request: HttpRequest, place: Place) -> HttpResponse:
    """The requests of a matter, and a new one."""
    sent = request.POST if request.method == "POST" else None
    persons = persons_of(place.concern)
    inquiry = _inquiry_of(request)
    form = _register_form(request, place, persons, inquiry)
    if sent is not None and form.is_valid():
        with refusal_on(form, also=Destroyed):
            made = _registered(request, place, form, inquiry)
            return back_with(
                request, "Kravet er registrert. Gå gjennom opplysningene før noe gis.", f"/innsynskrav/{made.pk}"
            )
    rows = queries.of_matter(place.concern)
    access.note_listed(reader(request), rows)
    context = {
        "form": form,
        "persons": persons,
        "lines": [{"row": row, "name": shown_name(row.person)} for row in rows],
        "statements": queries.statements(place.concern),
        "asks": bool(persons) or place.concern.progress == "closed",
        "inquiry": inquiry,
    }
    return matter_page(request, place, "insight/matter.html", context)


def _inquiry_of(request: HttpRequest) -> Inquiry | None:
    """The request in no matter that somebody came here from. Http404 for one that is hidden or not there."""
    if "krav" not in request.GET:
        return None
    try:
        key = UUID(request.GET["krav"])
    except ValueError as error:
        record(by=reader(request), action=Action.DENIED, what="insight.inquiry")
        raise Http404 from error
    return inquiry_for(reader(request), key)[0]


def _register_form(request: HttpRequest, place: Place, persons: list[Person], inquiry: Inquiry | None) -> RegisterForm:
    today = day_of(now())
    repeats = repeats_of(place.concern, everybody_in(place.concern)) if persons else []
    note_matters(reader(request), "inbox.concern", [each.concern_id for each in repeats])
    initial: dict[str, Any] = {"received_on": today}
    if inquiry is not None:
        # Who asks and who it is, is found out in the matter: what somebody outside of it typed may be untrue.
        initial = {"received_on": inquiry.received_on}
    return RegisterForm(
        request.POST if request.method == "POST" else None,
        persons=persons, repeats=repeats, today=today, initial=initial, newcomer=place.concern.progress == "closed",
    )  # fmt: skip


def _registered(request: HttpRequest, place: Place, form: RegisterForm, inquiry: Inquiry | None) -> AccessRequest:
    """The request in this matter; whoever came from one in no matter has then said that it is the same person."""
    by = reader(request)
    if form.is_newcomer:
        data = form.cleaned_data
        made = actions.register_newcomer(
            concern=place.concern, name=data["new_name"], role=data["new_role"], asked=form.asked(), by=by
        )
    else:
        made = actions.register_all(persons=form.everywhere(), asked=form.asked(), by=by)[0]
    if inquiry is not None:
        judge(inquiry=inquiry, concern=place.concern, same=True, by=by)
    return made


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def one(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """A request: how far it has come, and for a coordinator the way to end it or move its deadline."""
    by = reader(request)
    found = access.request_for(by, access_id)
    sent = request.POST if request.method == "POST" else None
    extending = sent is not None and "utsett" in sent
    end = EndForm(None if extending else sent, prefix="slutt")
    extend = ExtendForm(sent if extending else None, prefix="frist")
    if sent is not None and (extend if extending else end).is_valid():
        with refusal_on(extend if extending else end):
            return _changed(request, found, extend if extending else end)
    return _shown(request, found, end, extend, 422 if sent is not None else 200)


def _changed(request: HttpRequest, found: AccessRequest, form: EndForm | ExtendForm) -> HttpResponse:
    if isinstance(form, ExtendForm):
        actions.extend(request=found, by=reader(request), **form.cleaned_data)
        messages.success(request, "Fristen er flyttet.")
    else:
        actions.end(request=found, by=reader(request), **form.cleaned_data)
        messages.success(request, "Kravet er avsluttet.")
    return see_other(f"/innsynskrav/{found.pk}")


def _shown(request: HttpRequest, found: AccessRequest, end: EndForm, extend: ExtendForm, status: int) -> HttpResponse:
    review = queries.review_of(found)
    context = {
        "row": found,
        "name": shown_name(found.person),
        "concern": found.concern,
        "home": home_of(found.concern),
        "review": review,
        "done": len(review.items) - review.undecided,
        "copies": queries.copies(found),
        "decides": access.may_decide(reader(request), found.concern),
        "end": end,
        "extend": extend,
    }
    return page(request, "insight/request.html", context, status=status)


@allow(Permission.INBOX_READ)
@require_POST
def give(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Make the document."""
    found = access.request_for(reader(request), access_id)
    try:
        actions.give(request=found, by=reader(request))
    except (Refused, Destroyed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Dokumentet er laget. Avtal en trygg måte å gi det på.")
    return see_other(f"/innsynskrav/{found.pk}")


def _copy_of(request: HttpRequest, found: AccessRequest, number: int) -> AccessCopy:
    """The document with this number. Http404 (logged too) for one that was never made."""
    kept = next((row for row in queries.copies(found) if row.number == number), None)
    if kept is None:
        record(by=reader(request), action=Action.DENIED, what="insight.copy", ids=[found.concern_id])
        raise Http404
    return kept


@allow(Permission.INBOX_READ)
@require_GET
def copy(request: HttpRequest, access_id: UUID, number: int) -> Any:
    """A document as it was given; the same bytes every time."""
    by = reader(request)
    found = access.request_for(by, access_id)
    kept = _copy_of(request, found, number)
    try:
        made = base64.b64decode(kept.pdf)
    except Destroyed as error:
        messages.error(request, str(error))
        return see_other(f"/innsynskrav/{found.pk}")
    record(by=by, action=Action.EXPORT, what="insight.copy", ids=[found.concern_id], ground=actions.GROUND)
    return download([made], size=len(made), stem=f"innsyn-{number}", kind="pdf")


@allow(Permission.INBOX_READ)
@fresh
@require_GET
def file(request: HttpRequest, access_id: UUID, number: int, place: int) -> Any:
    """The cleaned copy of a file that was given with a document; the original is never given."""
    by = reader(request)
    found = access.request_for(by, access_id)
    given = (each for row in queries.copies(found) if row.number == number for each in row.files.all())
    attachment = next((each.attachment for each in given if each.attachment.number == place), None)
    if attachment is None:
        record(by=by, action=Action.DENIED, what="insight.file", ids=[found.concern_id])
        raise Http404
    try:
        sent = copy_for(by, attachment)
    except (NotChecked, CannotOpen) as error:
        messages.error(request, str(error))
        return see_other(f"/innsynskrav/{found.pk}")
    said = f"vedlegg {place}"
    record(by=by, action=Action.EXPORT, what="insight.file", ids=[found.concern_id], ground=actions.GROUND, reason=said)
    return download(sent.pieces, size=sent.size, stem=file_name(number, place), kind=sent.kind)


@allow(Permission.INBOX_READ)
@fresh
@require_GET
def whole(request: HttpRequest, access_id: UUID, number: int) -> Any:
    """A document and the cleaned copies that go with it, in one file to hand over; all of them or nothing."""
    by = reader(request)
    found = access.request_for(by, access_id)
    kept = _copy_of(request, found, number)
    try:
        files = [(row.attachment, copy_for(by, row.attachment)) for row in kept.files.all()]
        made = zipped(kept, files)
    except (Destroyed, NotChecked, CannotOpen) as error:
        messages.error(request, str(error))
        return see_other(f"/innsynskrav/{found.pk}")
    said = f"dokument {number} med vedlegg"
    record(by=by, action=Action.EXPORT, what="insight.copy", ids=[found.concern_id], ground=actions.GROUND, reason=said)
    stem = zip_name("innsyn", day_of(kept.at), "zip").removesuffix(".zip")
    return download([made], size=len(made), stem=stem, kind=ZIP)
