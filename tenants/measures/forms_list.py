"""What is chosen among the measures and the requests that wait; and, among the cases, who has been asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q

from shared.codes.categories import categories
from tenants.measures.requests_models import Request
from tenants.measures.states import KINDS, OPEN, STATES
from tenants.team.partners_queries import in_use
from tenants.team.queries import in_service, services
from tenants.triage.queries import owners
from varde.identity.choosing import named_with
from varde.ui.filters import DUE, SOON, FilterForm, Part

_NONE = Q(pk__in=[])


def _partners() -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in in_use()]


class MeasureFilter(FilterForm):
    """Which measures and requests: whose, by when, of what kind, and how the case hurries."""

    vis = forms.ChoiceField(label="Hvilke", choices=[("", "Alle du ser"), ("mine", "Bare mine")], required=False)
    frist = forms.ChoiceField(label="Frist", choices=DUE, required=False)
    tilstand = forms.ChoiceField(
        label="Tilstand", choices=[("", "Alle"), *((code, label) for code, label in STATES if code in OPEN)],
        required=False,
    )  # fmt: skip
    slag = forms.ChoiceField(label="Slag tiltak", choices=[("", "Alle"), *KINDS], required=False)
    hastegrad = forms.ChoiceField(label="Sakens hastegrad", required=False)
    eier = forms.ChoiceField(label="Ansvarlig", required=False)
    tjeneste = forms.ChoiceField(label="Tjenesten til den ansvarlige", required=False)
    part = forms.ChoiceField(label="Forespørsel til", required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.choices("hastegrad", [(one.code, one.label) for one in categories()])
        self.choices("eier", named_with(owners(), data.get("eier")))
        self.choices("tjeneste", [(one, one) for one in services()])
        self.choices("part", _partners())

    def measures(self, today: date) -> Q:
        """The measures that are chosen; a partner is asked by a request, and has no measure."""
        chosen = self.chosen
        wanted = _NONE if "part" in chosen else self._both(today)
        if "tilstand" in chosen:
            wanted &= Q(status=chosen["tilstand"])
        if "slag" in chosen:
            wanted &= Q(kind=chosen["slag"])
        return wanted

    def requests(self, today: date) -> Q:
        """The requests that are chosen; state and kind are those of a measure."""
        chosen = self.chosen
        wanted = _NONE if {"tilstand", "slag"} & chosen.keys() else self._both(today)
        return wanted & Q(partner=UUID(chosen["part"])) if "part" in chosen else wanted

    def _both(self, today: date) -> Q:
        chosen, wanted = self.chosen, Q()
        if "frist" in chosen:
            wanted &= Q(due_on__lt=today if chosen["frist"] == "over" else today + SOON)
        if "hastegrad" in chosen:
            wanted &= Q(case__category=chosen["hastegrad"])
        if "eier" in chosen:
            wanted &= Q(owner=UUID(chosen["eier"]))
        if "tjeneste" in chosen:
            wanted &= Q(owner__in=in_service(chosen["tjeneste"]))
        return wanted


def _partner_field(_: Mapping[str, Any]) -> forms.Field:
    return forms.ChoiceField(label="Samarbeidspart som er spurt", choices=[("", "Alle"), *_partners()], required=False)


# Of cases.
PARTNER = Part(
    "part", _partner_field, lambda key, _: Q(Exists(Request.objects.filter(case=OuterRef("pk"), partner=UUID(key))))
)
