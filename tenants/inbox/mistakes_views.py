"""«Feilført» and «Trekk tilbake»: the row as it stands, and why."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import mistakes_actions, mistakes_queries
from tenants.inbox.access import concern_for
from tenants.inbox.home import home_of
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.privacy.errors import Destroyed
from varde.ui.fields import LongTextField
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page


class MistakeForm(forms.Form):
    """What is wrong."""

    reason = LongTextField(
        label="Hva er feil?",
        max_length=2000,
        help_text="Kort. Blir liggende i saken sammen med navnet ditt.",
        error_messages={"required": "Skriv kort hvorfor."},
    )


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, concern_id: UUID, slug: str, row_id: UUID) -> HttpResponse:
    """Mark a row of the matter; Http404 (logged) for one that is not of it."""
    by = reader(request)
    concern, kind = concern_for(by, concern_id), mistakes_queries.kind_of(slug)
    row = mistakes_queries.row_of(kind, concern, row_id) if kind else None
    if kind is None or row is None:
        record(by=by, action=Action.DENIED, what="inbox.mistake", ids=[row_id])
        raise Http404
    form = MistakeForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].label = kind.asked.why
    if form.is_bound and form.is_valid():
        with refusal_on(form, also=Destroyed):
            mistakes_actions.mark(concern=concern, kind=kind, row=row, reason=form.cleaned_data["reason"], by=by)
            return back_with(request, kind.asked.done, kind.back(row))
    record(by=by, action=Action.VIEW, what="inbox.mistake", ids=[concern.pk])
    says = [{"label": label, "value": value} for label, value in _says(kind, row) if value]
    context = {
        "concern": concern, "home": home_of(concern), "back": kind.back(row), "asked": kind.asked, "says": says,
        "mark": mistakes_queries.mark_of(row), "form": form,
    }  # fmt: skip
    return page(request, "inbox/mistake.html", context, status=422 if form.is_bound else 200)


def _says(kind: mistakes_queries.Kind, row: object) -> list[tuple[str, str]]:
    try:
        return kind.says(row)
    except Destroyed as gone:
        return [("Innhold", str(gone))]
