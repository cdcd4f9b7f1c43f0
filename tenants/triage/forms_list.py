"""What is chosen among the next steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q

from tenants.inbox.states import CHANNELS
from tenants.team.queries import in_service, services
from tenants.triage import queries
from tenants.triage.filter_parts import rated, stopped
from tenants.triage.states import CATEGORIES
from varde.identity.choosing import named_with
from varde.ui.filters import DUE, FilterForm, until


class DueFilter(FilterForm):
    """Which next steps: whose, by when, how the matter hurries, and whether it stands still."""

    vis = forms.ChoiceField(label="Hvilke steg", choices=[("", "Alle du ser"), ("mine", "Bare mine")], required=False)
    frist = forms.ChoiceField(label="Frist", choices=DUE, required=False)
    hastegrad = forms.ChoiceField(label="Hastegrad", choices=[("", "Alle"), *CATEGORIES], required=False)
    eier = forms.ChoiceField(label="Eier", required=False)
    tjeneste = forms.ChoiceField(label="Tjenesten til den som eier", required=False)
    kanal = forms.ChoiceField(label="Kanal", required=False)
    stopp = forms.ChoiceField(
        label="Stoppet", choices=[("", "Alle"), ("ja", "Stoppet nå"), ("nei", "Ikke stoppet")], required=False
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.choices("eier", named_with(queries.owners(), data.get("eier")))
        self.choices("tjeneste", [(one, one) for one in services()])
        self.choices("kanal", [(code, label.capitalize()) for code, label in CHANNELS])

    def among(self, now: datetime) -> Q:
        """The steps that are chosen."""
        chosen, wanted = self.chosen, Q()
        if "frist" in chosen:
            wanted &= Q(due_at__lt=until(chosen["frist"], now))
        if "hastegrad" in chosen:
            wanted &= Q(rated("concern_id", [chosen["hastegrad"]]))
        if "eier" in chosen:
            wanted &= Q(owner=UUID(chosen["eier"]))
        if "tjeneste" in chosen:
            wanted &= Q(owner__in=in_service(chosen["tjeneste"]))
        if "kanal" in chosen:
            wanted &= Q(concern__channel=chosen["kanal"])
        if "stopp" in chosen:
            still = Q(stopped("concern_id"))
            wanted &= still if chosen["stopp"] == "ja" else ~still
        return wanted
