"""Search. What is searched for goes by POST: a name must not stand in an address, a history or a log."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import search, search_named
from tenants.inbox.access import found_for
from varde.access import Permission, allow, reader
from varde.ui.fields import TextField
from varde.ui.shortcuts import page

NOTHING = (
    "Skriv minst ett helt navn, et nummer med åtte eller elleve siffer, et saksnummer som «Sak 2026-1A2B3C», "
    "en referanse som «V-7K3M-2Q» eller en kvittering på seksten siffer."
)


class SearchForm(forms.Form):
    """A name, a number, a place, or what a matter is called."""

    sok = TextField(
        label="Navn, telefon, fødselsnummer, sted eller saksnummer",
        max_length=200,
        help_text="Hele ord. Du kan også søke på vakttelefonens referanse eller melderens kvittering. "
        "Du får bare treff i det du har tilgang til, og søket blir logget. Hvem som meldte, er ikke med i søket.",
    )

    def clean_sok(self) -> str:
        """Something to search for."""
        typed: str = self.cleaned_data["sok"]
        if not search.wanted(typed) and not search_named.looks_named(typed):
            raise forms.ValidationError(NOTHING)
        return typed


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return page(request, "inbox/search.html", {"form": form})
    if not form.is_valid():
        return page(request, "inbox/search.html", {"form": form}, status=422)
    found = found_for(reader(request), form.cleaned_data["sok"])
    return page(request, "inbox/search.html", {"form": form, "found": found})
