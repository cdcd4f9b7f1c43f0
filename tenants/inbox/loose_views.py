"""A call back without a matter: who sees it is asked here, since no matter says so."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import callbacks_access, callbacks_actions
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.callbacks_forms import CallbackForm
from tenants.inbox.callbacks_views import LIST
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page


class LooseForm(CallbackForm):
    """Whom to call, and whether it is about a colleague."""

    about_staff = forms.BooleanField(
        label="Gjelder det noen som arbeider her?",
        required=False,
        help_text="Da ser bare du og den som skal ringe, dette. Ellers ser også koordinatorene det.",
    )
    fieldsets = [("Hvem", "", ["who", "phone", "about_staff"]), *CallbackForm.fieldsets[1:]]

    def plan(self) -> Plan:
        """Of a valid form."""
        return replace(super().plan(), about_staff=self.cleaned_data["about_staff"])


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, and what was typed in it when something is to be put right."""
    by, posted = reader(request), request.POST if request.method == "POST" else None
    form = LooseForm(posted, initial={"owner": str(by.user_id)}, owners=callbacks_access.owners(None), now=now())
    if posted is not None and form.is_valid():
        with refusal_on(form, "owner"):
            callbacks_actions.plan(plan=form.plan(), concern=None, by=by)
            return back_with(request, "Lagt på listen.", LIST.address)
    context: dict[str, Any] = {"form": form, "concern": None, "home": LIST}
    return page(request, "inbox/callback_new.html", context, status=422 if posted is not None else 200)
