"""Notes from one shift to the next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.phone import handover_access, handover_actions, handover_panels, handover_queries
from regional.phone.access import declared
from regional.phone.facts import facts
from regional.phone.forms import NoteForm
from regional.phone.handover import warnings
from varde.access import Permission, allow, reader
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
NOTES = "/vakttelefon/overlevering"


@allow(Permission.HOTLINE)
@require_http_methods(READ_AND_SEND)
@declared
def notes(request: HttpRequest) -> HttpResponse:
    """What is counted now, a new note, and those of the last two weeks."""
    by = reader(request)
    form = NoteForm(request.POST if request.method == "POST" else None)
    doubts: list[str] = []
    if form.is_bound and form.is_valid():
        doubts = warnings(form.cleaned_data["text"], handover_queries.known_names())
        if doubts and form.must_look():
            form.ask()
        else:
            with refusal_on(form):
                handover_actions.write(text=form.cleaned_data["text"], by=by)
                return back_with(request, "Notatet ligger klart til neste vakt.", NOTES)
    rows = handover_access.recent(by)
    read = {
        row.id for row in rows if row.user_id == by.user_id or any(r.user_id == by.user_id for r in row.reads.all())
    }
    context = {"form": form, "doubts": doubts, "facts": facts(by), "notes": rows, "read": read}
    return page(request, "phone/handover.html", context, status=422 if form.is_bound else 200)


@allow(Permission.HOTLINE)
@require_GET
@declared
def unread(request: HttpRequest) -> HttpResponse:
    """The part that stands at the top of the console; empty when everything is read."""
    return _unread(request)


def _unread(request: HttpRequest) -> HttpResponse:
    return HttpResponse(handover_panels.unread(request, reader(request)), headers={"Cache-Control": "no-store"})


@allow(Permission.HOTLINE)
@require_POST
@declared
def mark(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Read."""
    by = reader(request)
    handover_actions.mark_read(note=handover_access.note_for(note_id, by), by=by)
    if "HX-Request" in request.headers:
        return _unread(request)
    return back_with(request, "Notatet er merket som lest.", NOTES)
