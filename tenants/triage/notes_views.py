"""Writing of a matter before it is a case."""

from django.http import HttpRequest, HttpResponse

from tenants.triage import notes_actions, notes_queries
from tenants.triage.notes_forms import NoteForm
from tenants.triage.said_views import Place, matter_page, on_matter
from varde.access import reader
from varde.privacy.errors import Destroyed
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, see_other


@on_matter
def note(request: HttpRequest, place: Place) -> HttpResponse:
    """What has been written, and the form. In a case one writes on its own page; what is sent here is kept anyway."""
    sent = request.POST if request.method == "POST" else None
    if sent is None and place.is_case:
        return see_other(f"{place.home}#notat")
    form = NoteForm(sent)
    if sent is not None and form.is_valid():
        with refusal_on(form, also=Destroyed):
            notes_actions.write(concern=place.concern, text=form.cleaned_data["text"], by=reader(request))
            return back_with(request, "Notatet er lagret.", place.home)
    return matter_page(request, place, "triage/note.html", {"form": form, "done": notes_queries.done(place.concern)})
