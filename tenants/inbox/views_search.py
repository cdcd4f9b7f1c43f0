"""Search. What is searched for goes by POST: a name must not stand in an address, a history or a log."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import search
from tenants.inbox.access import found_for
from varde.access import Permission, allow, reader
from varde.ui.fields import TextField
from varde.ui.shortcuts import page


class SearchForm(forms.Form):
    """A name, a number or a place."""

    sok = TextField(
        label="Navn, telefon, fødselsnummer eller sted",
        max_length=200,
        help_text="Hele ord. Du får bare treff i det du har tilgang til, og søket blir logget. "
        "Hvem som meldte, er ikke med i søket.",
    )

    def clean_sok(self) -> str:
        """Something to search for."""
        typed: str = self.cleaned_data["sok"]
        if not search.wanted(typed):
            raise forms.ValidationError("Skriv minst ett helt navn, eller et nummer med åtte eller elleve siffer.")
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
    rows = found_for(reader(request), search.wanted(form.cleaned_data["sok"]))
    return page(request, "inbox/search.html", {"form": form, "rows": rows, "searched": True})
