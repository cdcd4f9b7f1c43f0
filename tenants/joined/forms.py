"""What is chosen and written when two matters are joined, and when they are parted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from tenants.inbox.models import Concern
from tenants.joined import queries
from tenants.joined.actions import Wish
from tenants.joined.duties import Duty, open_duties
from tenants.persons.models import Person
from tenants.persons.queries import persons_of, shown_name
from tenants.triage.forms import StepForm
from varde.identity.models import User
from varde.refusal import print_of_values
from varde.ui.dates import short_date
from varde.ui.fields import LongTextField, TextField

_STALE = {"invalid_choice": "Noe har endret seg siden du åpnet siden. Se over listen på nytt."}


class FindForm(forms.Form):
    """The other matter by its name."""

    andre = TextField(label="Nummeret på den andre saken", max_length=60, help_text="Slik: 2026-1A2B3C.")


class JoinForm(forms.Form):
    """Why, and what becomes of what is left. A question without anything to choose is left out."""

    andre = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = LongTextField(label="Hvorfor hører de sammen?", max_length=4000, help_text="Kan ikke endres etterpå.")
    carried = forms.MultipleChoiceField(
        label="Hva skal føres videre?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Det du ikke krysser av, avsluttes.",
        error_messages=_STALE,
    )
    ended_because = LongTextField(
        label="Hvorfor avsluttes resten?", required=False, max_length=2000, help_text="Bare når noe ikke føres videre."
    )
    cards = forms.MultipleChoiceField(
        label="Hvilke personkort skal følge med?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Står den samme personen der fra før, slår du kortene sammen etterpå.",
        error_messages=_STALE,
    )
    members = forms.MultipleChoiceField(
        label="Hvem skal også settes på saken?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_STALE,
    )

    def __init__(self, data: QueryDict | None = None, *, gone: Concern, kept: Concern) -> None:
        self.people = {str(user.pk): user for user in queries.lacking_members(gone, kept)}
        duties, cards = open_duties(gone), persons_of(gone)
        chosen = {
            "andre": str(kept.pk),
            "seen": print_of_values([duty.key for duty in duties]),
            "carried": [duty.key for duty in duties],
            "cards": [str(card.pk) for card in cards],
            "members": list(self.people),
        }
        super().__init__(data, initial=chosen)
        self._offer("carried", _duty_choices(duties), "ended_because")
        self._offer("cards", _card_choices(cards))
        self._offer("members", _people_choices(list(self.people.values())) if queries.case_of(kept) else [])

    def _offer(self, name: str, choices: list[tuple[str, str]], *with_it: str) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            return
        for each in (name, *with_it):
            del self.fields[each]

    def clean(self) -> dict[str, Any]:
        """What is not carried on ends for a reason."""
        data = super().clean() or self.cleaned_data
        if "carried" in self.fields and "carried" not in self.errors and "ended_because" not in self.errors:
            left = {key for key, _ in self.fields["carried"].choices} - set(data["carried"])  # type: ignore[attr-defined]
            if left and not data["ended_because"]:
                self.add_error("ended_because", "Skriv hvorfor det som ikke føres videre, avsluttes.")
        return data

    def wish(self) -> Wish:
        """Of a valid form."""
        data = self.cleaned_data
        return Wish(
            reason=data["reason"],
            carried=data.get("carried", ()),
            ended_because=data.get("ended_because", ""),
            cards=data.get("cards", ()),
            members=[self.people[key] for key in data.get("members", ())],
            seen=data["seen"] if "seen" in self.data else None,
        )


def _duty_choices(duties: Sequence[Duty]) -> list[tuple[str, str]]:
    return [(each.key, f"{_said(each)} {each.becomes}".rstrip()) for each in duties]


def _said(duty: Duty) -> str:
    return f"{duty.kind}: {duty.text} ({duty.owner.name}, frist {short_date(duty.due)})."


def _card_choices(cards: Sequence[Person]) -> list[tuple[str, str]]:
    return [(str(card.pk), f"{shown_name(card)} ({card.get_role_display()})") for card in cards]


def _people_choices(people: Sequence[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), user.name) for user in people]


class SplitForm(StepForm):
    """Why they are two after all, and who does what next."""

    reason = LongTextField(label="Hvorfor skal de skilles?", max_length=4000, help_text="Kan ikke endres etterpå.")
    field_order = ["reason", "text", "owner", "due_day", "due_hour"]
    fieldsets: list[tuple[str, str, list[str]]] = [
        ("Grunn", "", ["reason"]),
        ("Neste steg", "", ["text", "owner", "due_day", "due_hour"]),
    ]
