"""«Vis hvem som meldte»: a reason each time, and the name on that answer alone."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import reporter_actions, reporter_queries
from tenants.inbox.access import concern_for
from tenants.inbox.home import home_of
from tenants.inbox.reporter_states import REASONS
from varde.access import Permission, allow, reader
from varde.ui.fields import LongTextField
from varde.ui.shortcuts import page, see_other


class WhyForm(forms.Form):
    """Why somebody must know who reported."""

    reason = forms.ChoiceField(
        label="Hvorfor må du vite hvem som meldte?",
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Velg en grunn."},
    )
    text = LongTextField(
        label="Begrunnelse",
        max_length=2000,
        help_text="Kort. Blir liggende i saken sammen med navnet ditt.",
        error_messages={"required": "Skriv kort hvorfor du må vite hvem som meldte."},
    )


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def who_reported(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """GET asks why; each POST logs the reason and shows the name once."""
    found = concern_for(reader(request), concern_id)
    if found.progress == "received" or not reporter_queries.is_given(found):
        messages.info(
            request, f"{reporter_queries.closed_line(found)}." if found.opened_at else "Åpne bekymringen først."
        )
        return see_other(home_of(found).address)
    form = WhyForm(request.POST if request.method == "POST" else None)
    shown = request.method == "POST" and form.is_valid()
    if shown:
        reporter_actions.look(concern=found, by=reader(request), **form.cleaned_data)
    context = {
        "concern": found,
        "home": home_of(found),
        "form": form,
        "identity": reporter_queries.identity(found) if shown else [],
        "callers": reporter_queries.callers(found) if shown else [],
        "written": reporter_queries.written(found) if shown else [],
        "looks": reporter_queries.looks(found),
    }
    return page(request, "inbox/reporter.html", context, status=422 if form.is_bound and not shown else 200)
