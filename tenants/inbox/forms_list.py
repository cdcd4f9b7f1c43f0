"""What is chosen in the inbox. Urgency and the next step belong to a later room, which adds them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q

from tenants.inbox.callbacks_access import owners
from tenants.inbox.states import CHANNELS, PROGRESS
from varde.identity.choosing import named_with
from varde.ui.filters import DUE, FilterForm, Parts, until
from varde.ui.widgets import DayInput

# What later rooms let the inbox be chosen by.
PARTS = Parts()
HEAPS = [("", "Åpne"), ("sortering", "Til sortering"), ("lukket", "Avsluttede")]
_OPEN = [(code, label) for code, label in PROGRESS if code not in ("closed", "returned")]


class InboxFilter(FilterForm):
    """Which concerns: where they stand, by which way and when they came, and what later rooms add."""

    parts = PARTS
    # Chosen by the links above the list: some of them show only where there is something.
    vis = forms.ChoiceField(label="Hvilke bekymringer", choices=HEAPS, required=False, widget=forms.HiddenInput)
    tilstand = forms.ChoiceField(label="Tilstand", choices=[("", "Alle åpne"), *_OPEN], required=False)
    kanal = forms.ChoiceField(label="Kanal", required=False)
    fra = forms.DateField(label="Kom fra og med", required=False, widget=DayInput)
    til = forms.DateField(label="Kom til og med", required=False, widget=DayInput)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.choices("kanal", [(code, label.capitalize()) for code, label in CHANNELS])

    def among(self, now: datetime) -> Q:
        """The concerns that are chosen."""
        chosen = self.chosen
        wanted = self.parts.narrowed(chosen, now)
        if "tilstand" in chosen and not chosen.get("vis"):
            wanted &= Q(progress=chosen["tilstand"])
        if "kanal" in chosen:
            wanted &= Q(channel=chosen["kanal"])
        if "fra" in chosen:
            wanted &= Q(received_at__date__gte=chosen["fra"])
        if "til" in chosen:
            wanted &= Q(received_at__date__lte=chosen["til"])
        return wanted


class CallbackFilter(FilterForm):
    """Of those who wait to be called."""

    vis = forms.ChoiceField(label="Hvilke", choices=[("", "Venter"), ("ferdige", "Ferdige")], required=False)
    eier = forms.ChoiceField(label="Hvem ringer", required=False)
    frist = forms.ChoiceField(label="Frist", choices=DUE, required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.choices("eier", named_with(owners(None), data.get("eier")))

    def among(self, now: datetime) -> Q:
        """Those that are chosen."""
        chosen, wanted = self.chosen, Q()
        if "eier" in chosen:
            wanted &= Q(owner=UUID(chosen["eier"]))
        if "frist" in chosen and not chosen.get("vis"):
            wanted &= Q(due_at__lt=until(chosen["frist"], now))
        return wanted
