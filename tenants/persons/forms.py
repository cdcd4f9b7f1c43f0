"""What is typed about a person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from tenants.persons.access import card_named
from tenants.persons.card import REPORTER, Card
from tenants.persons.models import Person
from tenants.persons.queries import shown_name, whole_card
from tenants.persons.states import (
    ADDRESS_REASONS,
    ANSWERS,
    KNOWN,
    PROTECTION,
    RELATIONS,
    ROLES,
    SERVICES,
    check_named,
    checked_id_number,
)
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.refusals import refusal_on
from varde.ui.seen import SeenForm

_NOT_SAID = [("", "Ikke oppgitt")]
_CARD = (
    "known", "name", "id_number", "phone", "protection", "address", "relation", "own_child", "services",
    "description", "notes",
)  # fmt: skip


class PersonForm(SeenForm):
    """A card. `seen` is the version that the page showed."""

    role = forms.ChoiceField(
        label="Rolle i saken",
        choices=ROLES,
        help_text="Kortet til en melder er forseglet. Det vises bare med grunn, under «Vis hvem som meldte».",
    )
    known = forms.ChoiceField(label="Hvor kjent er personen?", choices=KNOWN, widget=forms.RadioSelect, initial="known")
    name = TextField(label="Navn", required=False, help_text="Kan stå tomt, eller det dere vet: «Ukjent mann, nabo?»")
    id_number = TextField(
        label="Fødselsnummer eller D-nummer", required=False, max_length=20, help_text="Bare når dere trenger det."
    )
    phone = TextField(label="Telefon", required=False, max_length=60)
    protection = forms.ChoiceField(
        label="Adressesperre",
        choices=PROTECTION,
        initial="none",
        help_text="Med sperre vises adressen ingen steder. Skriv den heller ikke i notatene.",
    )
    address = TextField(label="Adresse", required=False)
    relation = forms.ChoiceField(label="Relasjon til den utsatte", choices=_NOT_SAID + RELATIONS, required=False)
    own_child = forms.ChoiceField(
        label="Er personen den utsattes eget barn?", choices=_NOT_SAID + ANSWERS, required=False
    )
    services = forms.ChoiceField(label="Tjenester fra kommunen", choices=_NOT_SAID + SERVICES, required=False)
    description = LongTextField(label="Beskrivelse", required=False, max_length=4000)
    notes = LongTextField(label="Notater", required=False, max_length=8000)

    def __init__(self, *args: Any, before: Card | None = None, sealed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = before if sealed else None
        if sealed:
            self._seal()
        elif before is not None and before.protected:
            self.fields["address"].help_text = (
                "Adressen er skjermet og vises ikke. La feltet stå tomt for å beholde den. "
                "Oppheves sperren, må adressen skrives på nytt."
            )

    def _seal(self) -> None:
        """Of whoever reported nothing is shown, so nothing that is left empty is changed."""
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [(REPORTER, dict(ROLES)[REPORTER])]
        fields["role"].help_text = "Det som står på kortet, er forseglet. Felt du lar stå tomme, endres ikke."
        for name in ("known", "protection", "relation", "own_child", "services"):
            fields[name].required, fields[name].initial = False, ""
            fields[name].choices = [("", "Som før"), *(each for each in fields[name].choices if each[0])]

    def clean_id_number(self) -> str:
        """The digits; a sentence when they cannot be right."""
        with in_form():
            return checked_id_number(self.cleaned_data["id_number"])

    def clean(self) -> dict[str, Any]:
        """A known person has a name; the exposed person is nobody's relation to themselves.

        Of a sealed card it is not asked: a fault would say whether a name stands there.
        """
        data = super().clean() or self.cleaned_data
        if self.kept is None:
            known, name, description = (data.get(each, "") for each in ("known", "name", "description"))
            with refusal_on(self, "name"):
                check_named(known or "known", name, description)
        if data.get("role") == "exposed" and (data.get("relation") or data.get("own_child") == "yes"):
            self.add_error("relation", "Den utsatte har ingen relasjon til seg selv. Velg «Ikke oppgitt».")
        return data

    def card(self) -> Card:
        """Of a valid form."""
        typed = {name: self.cleaned_data[name] for name in _CARD}
        if self.kept is not None:
            return replace(self.kept, **{name: value for name, value in typed.items() if value})
        return Card(**typed)


def initial_of(person: Person) -> dict[str, Any]:
    """What the form shows of a card; a protected address is not among it, and nothing of whoever reported."""
    if person.role == REPORTER:
        return {"role": REPORTER, "seen": str(person.version)}
    card = whole_card(person)
    shown = {name: getattr(card, name) for name in _CARD} | {"role": person.role, "seen": str(person.version)}
    return shown | ({"address": ""} if card.protected else {})


def form_of(person: Person, typed: Mapping[str, Any] | None = None) -> PersonForm:
    """The form that changes a card, as it was typed or as the card stands."""
    known: dict[str, Any] = {"before": whole_card(person), "sealed": person.role == REPORTER}
    return PersonForm(typed, **known) if typed is not None else PersonForm(initial=initial_of(person), **known)


class OtherForm(forms.Form):
    """Which other card is the same person. Any card that the reader sees may come; the action says what is wrong."""

    other = forms.CharField(label="Hvilket kort gjelder samme person?", widget=forms.Select)

    def __init__(self, *args: Any, persons: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.pk), f"{shown_name(each)}, {each.get_role_display().lower()}") for each in persons]
        self.fields["other"].widget = forms.Select(choices=[("", "Velg"), *named])

    def clean_other(self) -> Person:
        """The card; hidden and absent are answered alike."""
        found = card_named(self.cleaned_data["other"])
        if found is None:
            raise forms.ValidationError("Velg et kort i denne saken.")
        return found


class PartForm(forms.Form):
    """Why two cards are not one person."""

    reason = LongTextField(
        label="Hvorfor er det ikke samme person?",
        max_length=2000,
        help_text="Kort. Blir liggende i saken sammen med navnet ditt.",
        error_messages={"required": "Skriv kort hvorfor kortene skilles."},
    )


class ReasonForm(forms.Form):
    """Why somebody must see what is protected."""

    reason = forms.ChoiceField(
        label="Hvorfor trenger du adressen?",
        choices=ADDRESS_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Velg en grunn."},
    )
    text = LongTextField(
        label="Begrunnelse",
        max_length=2000,
        help_text="Kort. Blir liggende i saken sammen med navnet ditt. Skriv ikke adressen her.",
        error_messages={"required": "Skriv kort hvorfor du trenger adressen."},
    )
