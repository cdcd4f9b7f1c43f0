"""The forms of the register."""

from datetime import date, timedelta
from typing import Any

from django import forms

from shared.codes import elearning
from shared.codes.elearning import Module
from tenants.team.register import CHECKLIST, KINDS, ROLES, months_later
from tenants.team.register_actions import Done
from varde.days import check_been
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

_FIRST = date(1990, 1, 1)
_LAST = date(2100, 1, 1)
_NOBODY = {"invalid_choice": "Velg en av dem som er her nå."}


def _person_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, error_messages=_NOBODY)


class _WithPeople(forms.Form):
    """Fields named in `choosing` choose among these people."""

    choosing: tuple[str, ...] = ()

    def __init__(self, *args: Any, people: list[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.people = let_choose(self, self.choosing, people)

    def chosen(self, name: str) -> User:
        """Of a valid form."""
        return self.people[self.cleaned_data[name]]


class TrainingForm(_WithPeople):
    """What somebody has done."""

    choosing = ("user",)
    user = _person_field("Hvem?")
    kind = forms.ChoiceField(label="Hva?", choices=KINDS, widget=forms.RadioSelect)
    module = forms.ChoiceField(label="Hvilken modul?", required=False, help_text="For e-læring.")
    title = TextField(label="Navn på kurset", required=False)
    holder = TextField(label="Kursholder", required=False)
    done_on = forms.DateField(label="Gjennomført", widget=DayInput)
    until = forms.DateField(label="Gjelder til", required=False, widget=DayInput, help_text="For RITE: må fylles ut.")

    def __init__(self, *args: Any, modules: tuple[Module, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = {one.code: one for one in modules}
        choices = [("", "Ingen"), *((one.code, one.title) for one in modules)]
        self.fields["module"].choices = choices  # type: ignore[attr-defined]

    def clean_done_on(self) -> date:
        """Done, and not in another century."""
        day: date = self.cleaned_data["done_on"]
        with in_form():
            check_been(day, self.today)
        if day < _FIRST:
            raise forms.ValidationError("Se over årstallet.")
        return day

    def clean(self) -> dict[str, Any]:
        """What each kind asks for."""
        data = super().clean() or self.cleaned_data
        kind, done_on, until = data.get("kind"), data.get("done_on"), data.get("until")
        if kind == "module" and not data.get("module"):
            self.add_error("module", "Velg hvilken modul det er.")
        if kind == "course" and not data.get("title"):
            self.add_error("title", "Skriv hva kurset heter.")
        if kind == "rite" and "until" in data and until is None:
            self.add_error("until", "Skriv til hvilken dag sertifiseringen gjelder.")
        if until and (until > _LAST or (done_on and until <= done_on)):
            self.add_error("until", "Dagen må være etter at den ble gjennomført, og innen år 2100.")
        return data

    def done(self) -> Done:
        """Of a valid form; a module ends when its list says so, if no day is given."""
        data = self.cleaned_data
        until = data["until"]
        if data["kind"] == "module" and until is None:
            until = months_later(data["done_on"], self.modules[data["module"]].months)
        module = data["module"] if data["kind"] == "module" else ""
        return Done(data["kind"], data["done_on"], until, module, data["title"], data["holder"])


class WrongForm(forms.Form):
    """What is wrong with what was entered."""

    reason = TextField(
        label="Hva er feil?",
        max_length=300,
        help_text="Kort. Blir stående i registeret sammen med navnet ditt.",
        error_messages={"required": "Skriv hva som er feil."},
    )


class ModulesForm(SeenForm):
    """The list of modules, one on a line."""

    modules = LongTextField(label="Moduler", max_length=20_000, help_text="Én på hver linje: kode; navn; måneder.")

    def clean_modules(self) -> tuple[Module, ...]:
        """The modules themselves, or the line that is wrong."""
        with in_form():
            return elearning.typed(self.cleaned_data["modules"])


class HoursForm(forms.Form):
    """Hours a week of a role."""

    role = forms.ChoiceField(label="Rolle", choices=[("", "Velg"), *ROLES])
    hours = forms.DecimalField(label="Timer i uken", min_value=0, max_value=80, max_digits=4, decimal_places=1)
    valid_from = forms.DateField(label="Fra", widget=DayInput)


class MandateForm(SeenForm):
    """The mandate as it was decided."""

    text = LongTextField(label="Mandatet")
    decided_on = forms.DateField(label="Vedtatt", widget=DayInput)
    decided_by = TextField(label="Vedtatt av", help_text="For eksempel kommunedirektøren eller kommunestyret.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_decided_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["decided_on"]
        if not _FIRST <= day <= self.today:
            raise forms.ValidationError("Skriv dagen mandatet ble vedtatt.")
        return day


class RoutineForm(SeenForm, _WithPeople):
    """A routine."""

    choosing = ("owner",)
    title = TextField(label="Hva heter rutinen?")
    place = TextField(label="Hvor ligger den?", required=False, max_length=300)
    owner = _person_field("Hvem eier den?")
    review_on = forms.DateField(label="Gås gjennom igjen", widget=DayInput)
    reviewed = forms.BooleanField(label="Gått gjennom i dag", required=False)

    def clean_review_on(self) -> date:
        """Not past, not in another century."""
        day: date = self.cleaned_data["review_on"]
        if not self.today <= day <= self.today + timedelta(days=365 * 5):
            raise forms.ValidationError("Velg en dag fra i dag og høyst fem år fram.")
        return day


class HeirForm(_WithPeople):
    """Who takes over, and when."""

    choosing: tuple[str, ...] = ("heir",)
    heir = _person_field("Hvem tar over?")
    last_day = forms.DateField(label="Siste dag", widget=DayInput)

    def clean_last_day(self) -> date:
        """Not past."""
        day: date = self.cleaned_data["last_day"]
        if not self.today <= day <= self.today + timedelta(days=730):
            raise forms.ValidationError("Datoen er passert, eller mer enn to år fram.")
        return day


class HandOverForm(HeirForm):
    """Who leaves as well."""

    choosing = ("leaving", "heir")
    leaving = _person_field("Hvem slutter som koordinator?")
    field_order = ("leaving", "heir", "last_day")


class ChecklistForm(SeenForm):
    """What is done."""

    done = forms.MultipleChoiceField(
        label="Hva er gjort?", choices=CHECKLIST, required=False, widget=forms.CheckboxSelectMultiple
    )
