"""The setting of the leader chain."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tenants.inbox import chain_actions
from tenants.inbox.callbacks_forms import NUMBER
from tenants.inbox.told import leader_chain
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.ui.fields import TextField
from varde.ui.shortcuts import page

USUAL = ("Nærmeste leder", "Virksomhetsleder", "Kommunedirektør")


class ChainForm(forms.Form):
    """Some lines of a position and its phone, the nearest leader first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, chain_actions.MOST + 1):
            hint = f"For eksempel {USUAL[at - 1].lower()}." if at <= len(USUAL) else ""
            self.fields[f"title_{at}"] = TextField(
                label=f"{at}. Stilling", required=False, max_length=80, help_text=hint
            )
            self.fields[f"phone_{at}"] = TextField(
                label=f"{at}. Telefon", required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
            )

    def clean(self) -> dict[str, Any]:
        """A number needs a position, and must be one that can be dialled."""
        data = super().clean() or self.cleaned_data
        for at in range(1, chain_actions.MOST + 1):
            title, phone = data.get(f"title_{at}", ""), data.get(f"phone_{at}", "")
            if phone and not title:
                self.add_error(f"title_{at}", "Skriv hvem nummeret går til, med stilling og ikke navn.")
            if phone and not NUMBER.fullmatch(phone):
                self.add_error(f"phone_{at}", "Skriv et telefonnummer med sifre, for eksempel 61 18 95 00.")
        return data

    @property
    def chain(self) -> list[chain_actions.Line]:
        """The filled lines of a valid form, in order."""
        data = self.cleaned_data
        every = [(data[f"title_{at}"], data[f"phone_{at}"]) for at in range(1, chain_actions.MOST + 1)]
        return [line for line in every if line[0]]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """For the page."""
        return [(self[f"title_{at}"], self[f"phone_{at}"]) for at in range(1, chain_actions.MOST + 1)]


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def leaders(request: HttpRequest) -> HttpResponse:
    """The chain as employees see it, and the form that changes it."""
    by, posted = reader(request), request.POST if request.method == "POST" else None
    own = chain_actions.lines()
    initial = {
        f"{name}_{at}": line[0 if name == "title" else 1]
        for at, line in enumerate(own, 1)
        for name in ("title", "phone")
    }
    form = ChainForm(posted, initial=initial)
    if posted is not None and form.is_valid():
        changed = chain_actions.set_lines(chain=form.chain, by=by)
        messages.success(request, "Lederkjeden er lagret." if changed else "Ingenting er endret.")
        return HttpResponseRedirect("/team/lederkjede", status=303)
    record(by=by, action=Action.VIEW, what="inbox.leader_chain")
    context = {
        "form": form,
        "now": leader_chain(False, own),
        "without": leader_chain(True, own),
        "newest": chain_actions.newest(),
    }
    return page(request, "inbox/chain.html", context, status=422 if posted is not None else 200)
