"""Writing of a matter before it is a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from tenants.triage import notes_actions, notes_queries
from tenants.triage.notes_forms import NoteForm
from tenants.triage.said_views import Place, matter_page, on_matter
from varde.access import reader
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.ui.shortcuts import see_other


@on_matter
def note(request: HttpRequest, place: Place) -> HttpResponse:
    """What has been written, and the form. In a case one writes on its own page; what is sent here is kept anyway."""
    sent = request.POST if request.method == "POST" else None
    if sent is None and place.is_case:
        return see_other(f"{place.home}#notat")
    form = NoteForm(sent)
    if sent is not None and form.is_valid():
        try:
            notes_actions.write(concern=place.concern, text=form.cleaned_data["text"], by=reader(request))
        except (Refused, Destroyed) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Notatet er lagret.")
            return see_other(place.home)
    return matter_page(request, place, "triage/note.html", {"form": form, "done": notes_queries.done(place.concern)})
