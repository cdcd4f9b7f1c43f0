"""Who is shut out of a matter, and who alone may see it."""

from typing import Any

from django import forms

from tenants.inbox.states import DENIALS
from varde.identity.models import User
from varde.ui.fields import TextField


def _set_choices(field: Any, choices: list[tuple[str, str]]) -> None:
    field.choices = choices


class DenyForm(forms.Form):
    """A person or a service, and why."""

    user = forms.ChoiceField(
        label="Person", required=False, help_text="Har personen flere kontoer med samme navn, stenges alle."
    )
    service = TextField(
        label="Eller en hel tjeneste", required=False, max_length=120, help_text="Som den er skrevet på brukerne."
    )
    kind = forms.ChoiceField(label="Hvorfor", choices=DENIALS, widget=forms.RadioSelect, initial="habilitet")

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.id): person for person in people}
        _set_choices(self.fields["user"], [("", "Velg"), *((key, one.name) for key, one in self.people.items())])

    @property
    def chosen(self) -> User | None:
        """The person; of a valid form."""
        return self.people.get(self.cleaned_data["user"])


class SubstituteForm(forms.Form):
    """The one who sees a covered matter beside its holder."""

    substitute = forms.ChoiceField(
        label="Stedfortreder", error_messages={"invalid_choice": "Velg en i teamet som ikke er stengt ute."}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.id): person for person in people}
        _set_choices(self.fields["substitute"], [("", "Velg"), *((key, one.name) for key, one in self.people.items())])

    @property
    def chosen(self) -> User:
        """The person; of a valid form."""
        return self.people[self.cleaned_data["substitute"]]
