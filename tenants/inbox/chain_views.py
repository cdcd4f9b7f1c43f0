"""The setting of the leader chain."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox import chain_actions, chain_queries
from tenants.inbox.told import leader_chain
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.refusal import Overtaken
from varde.ui.fields import TextField
from varde.ui.numbers import check_phone
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import back_with, page

USUAL = ("Nærmeste leder", "Virksomhetsleder", "Kommunedirektør")


class ChainForm(SeenForm):
    """Some lines of a position and its phone, the nearest leader first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, chain_queries.MOST + 1):
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
        for at in range(1, chain_queries.MOST + 1):
            title, phone = data.get(f"title_{at}", ""), data.get(f"phone_{at}", "")
            if phone and not title:
                self.add_error(f"title_{at}", "Skriv hvem nummeret går til, med stilling og ikke navn.")
            try:
                check_phone(phone, emergency=True)
            except ValueError as error:
                self.add_error(f"phone_{at}", str(error))
        return data

    @property
    def chain(self) -> list[chain_queries.Line]:
        """The filled lines of a valid form, in order."""
        data = self.cleaned_data
        every = [(data[f"title_{at}"], data[f"phone_{at}"]) for at in range(1, chain_queries.MOST + 1)]
        return [line for line in every if line[0]]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """For the page."""
        return [(self[f"title_{at}"], self[f"phone_{at}"]) for at in range(1, chain_queries.MOST + 1)]


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def leaders(request: HttpRequest) -> HttpResponse:
    """The chain as employees see it, and the form that changes it."""
    by, posted = reader(request), request.POST if request.method == "POST" else None
    form = ChainForm(posted, initial=_now())
    if posted is not None and form.is_valid():
        try:
            changed = chain_actions.set_lines(chain=form.chain, seen=form.was_seen, by=by)
        except Overtaken as error:
            form.told(str(error), _now()["seen"], _now())
        else:
            return back_with(
                request, "Lederkjeden er lagret." if changed else "Ingenting er endret.", "/team/lederkjede"
            )
    own = chain_queries.lines()
    record(by=by, action=Action.VIEW, what="inbox.leader_chain")
    context = {
        "form": form,
        "now": leader_chain(False, own),
        "without": leader_chain(True, own),
        "newest": chain_queries.newest(),
    }
    return page(request, "inbox/chain.html", context, status=422 if posted is not None else 200)


def _now() -> dict[str, str]:
    """What the form shows of the chain that counts."""
    newest = chain_queries.newest()
    stands = dict.fromkeys(
        (f"{name}_{at}" for at in range(1, chain_queries.MOST + 1) for name in ("title", "phone")), ""
    )
    for at, (title, phone) in enumerate(chain_queries.lines(), 1):
        stands |= {f"title_{at}": title, f"phone_{at}": phone}
    return stands | {"seen": str(newest.pk) if newest else ""}
