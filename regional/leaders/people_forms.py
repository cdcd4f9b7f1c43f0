"""What is typed about who sits, and about places outside the rotation."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms

from regional.leaders.people_actions import PLACE_FIELDS, TERM_FIELDS, Body, Person
from regional.leaders.people_models import CAPACITIES, FIXED, Place, Term
from varde.identity.models import User
from varde.refusal import print_of
from varde.ui.fields import TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

HAS, INSTEAD = "har", "vara"
_HOW = ((HAS, "Har plassen"), (INSTEAD, "Vara, sitter i stedet for en tid eller ett møte"))
_NO_DAY = "Skriv en dag."


class PersonForm(SeenForm):
    """Somebody in a place."""

    optional_said = True
    name = TextField(label="Navn", max_length=120, error_messages={"required": "Skriv navnet."})
    title = TextField(label="Stilling", max_length=120, required=False)
    email = forms.EmailField(
        label="E-post",
        required=False,
        error_messages={"invalid": "Skriv en e-postadresse, for eksempel kari@kommune.no."},
    )
    how = forms.ChoiceField(label="Hvordan?", choices=_HOW, initial=HAS, widget=forms.RadioSelect)
    kommune = forms.ChoiceField(
        label="Fra hvilken kommune?",
        required=False,
        help_text="Bare når det er en annen kommune enn den som har plassen.",
    )
    since = forms.DateField(label="Første dag", widget=DayInput, error_messages={"required": _NO_DAY})
    until = forms.DateField(
        label="Siste dag",
        required=False,
        widget=DayInput,
        help_text="Tom når slutten ikke er bestemt. For ett møte: samme dag.",
    )
    user = forms.ChoiceField(
        label="Konto i Varde", required=False, help_text="Velges når personen selv logger inn i regionen."
    )

    def __init__(self, *args: Any, users: Iterable[User], kommuner: Sequence[str], new: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["how"], self.fields["kommune"]
        else:
            names = [("", "Den som har plassen"), *((name, name) for name in kommuner)]
            cast(forms.ChoiceField, self.fields["kommune"]).choices = names
        accounts = [("", "Ingen"), *((str(user.id), f"{user.name} ({user.email})") for user in users)]
        cast(forms.ChoiceField, self.fields["user"]).choices = accounts

    def person(self) -> Person:
        """What was filled in; of a valid form."""
        data = self.cleaned_data
        return Person(
            name=data["name"],
            title=data["title"],
            email=data["email"],
            since=data["since"],
            until=data["until"],
            user=UUID(data["user"]) if data["user"] else None,
            kommune=data.get("kommune", ""),
            substitute=data.get("how") == INSTEAD,
        )


def initial_of_term(term: Term) -> dict[str, Any]:
    """As it stands, for the form that corrects it."""
    found = {name: getattr(term, name) for name in TERM_FIELDS}
    return found | {"user": str(term.user or ""), "seen": print_of(term, TERM_FIELDS)}


class PlaceForm(SeenForm):
    """A place outside the rotation."""

    optional_said = True
    says_when: ClassVar[dict[str, str]] = {"kommune": "Må fylles ut for en koordinator"}
    body = TextField(
        label="Hvem har plassen?", max_length=120, help_text="En virksomhet eller et verv, for eksempel «Politiet».",
        error_messages={"required": "Skriv hvem plassen er for."},
    )  # fmt: skip
    kommune = forms.ChoiceField(label="Fra hvilken kommune?", required=False)
    capacity = forms.ChoiceField(
        label="Hvordan er de med?", choices=list(CAPACITIES.items()), initial=FIXED, widget=forms.RadioSelect
    )
    coordinator = forms.BooleanField(label="Kommunens TryggEst-koordinator", required=False)
    answers_phone = forms.BooleanField(label="Svarer den felles vakttelefonen", required=False)
    since = forms.DateField(label="Første dag", widget=DayInput, error_messages={"required": _NO_DAY})
    until = forms.DateField(label="Siste dag", required=False, widget=DayInput)

    def __init__(self, *args: Any, kommuner: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = [("", "Ingen kommune"), *((name, name) for name in kommuner)]
        cast(forms.ChoiceField, self.fields["kommune"]).choices = names

    def asked(self) -> Body:
        """What was filled in; of a valid form."""
        return Body(**{name: self.cleaned_data[name] for name in PLACE_FIELDS})


def initial_of_place(place: Place) -> dict[str, Any]:
    """As it stands, for the form that corrects it."""
    return {name: getattr(place, name) for name in PLACE_FIELDS} | {"seen": print_of(place, PLACE_FIELDS)}
