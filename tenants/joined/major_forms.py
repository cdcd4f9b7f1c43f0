"""What is typed and chosen about a major matter."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tenants.joined.major_actions import About, Alert, as_seen
from tenants.joined.major_models import SIZES
from tenants.joined.models import MajorMatter
from varde.identity.models import User
from varde.ui.fields import LongTextField, TextField
from varde.ui.gone import words
from varde.ui.seen import SeenForm


class AboutForm(SeenForm):
    """What it is called, why, and the one media contact."""

    name = TextField(
        label="Hva kaller dere den?", max_length=120, help_text="Noe som ikke sier hvem det gjelder eller hvor."
    )
    why = LongTextField(label="Hvorfor er det en stor sak?", max_length=4000)
    media_name = TextField(label="Hvem svarer pressen?", max_length=200, help_text="Én person, og bare den.")
    media_phone = TextField(label="Telefon til den som svarer pressen", max_length=50)

    def about(self) -> About:
        """Of a valid form."""
        return About(**{name: self.cleaned_data[name] for name in About.__dataclass_fields__})


def about_of(major: MajorMatter) -> dict[str, str]:
    """What the form shows of one that is there."""
    return {name: words(major, name) for name in About.__dataclass_fields__} | {"seen": as_seen(major)}


class MatterForm(forms.Form):
    """One more matter, by its name."""

    sak = TextField(label="Nummeret på saken", max_length=60, help_text="Slik: 2026-1A2B3C.")


class PersonForm(forms.Form):
    """Somebody who sees every matter."""

    user = forms.ChoiceField(label="Hvem skal også være med?", error_messages={"invalid_choice": "Velg en på listen."})

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        named = [(key, user.name) for key, user in self.people.items()]
        self.fields["user"].choices = [("", "Velg"), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        """Of a valid form."""
        return self.people[self.cleaned_data["user"]]


class KommuneForm(forms.Form):
    """A kommune that it concerns, and whom to call there."""

    kommune = TextField(label="Hvilken kommune?", max_length=80)
    contact = TextField(label="Hvem ringer dere der?", max_length=200, help_text="Navn, gjerne med rolle.")
    phone = TextField(label="Telefonen til kontakten", max_length=50)


class AlertForm(forms.Form):
    """What leaders are told; there is no field for words, so that nobody can be named."""

    leaders = forms.MultipleChoiceField(
        label="Hvem skal varsles?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Velg ledere på listen.", "required": "Velg minst én leder."},
    )
    size = forms.ChoiceField(label="Hvor mange er berørt, omtrent?", choices=SIZES, widget=forms.RadioSelect)
    kommuner = forms.BooleanField(label="Flere kommuner er berørt", required=False)
    press = forms.BooleanField(label="Pressen er eller kan bli interessert", required=False)

    def __init__(self, *args: Any, leaders: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in leaders}
        named = [(key, user.name) for key, user in self.people.items()]
        self.fields["leaders"].choices = named  # type: ignore[attr-defined]

    def alert(self) -> tuple[Alert, list[User]]:
        """Of a valid form."""
        data = self.cleaned_data
        told = Alert(data["size"], data["kommuner"], data["press"])
        return told, [self.people[key] for key in data["leaders"]]
