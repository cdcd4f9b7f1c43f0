"""What is typed when somebody is asked, and when somebody answers."""

from datetime import date, datetime
from typing import Any

from django import forms

from shared.codes import legal
from tenants.measures.requests_actions import Ask, Move
from tenants.measures.requests_states import HOWS, MOVES, NO_NAMES, NOBODY_NAMED, STATES, check_answer, check_receipt
from tenants.team.partners_models import Partner
from varde.days import check_to_come
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.refusals import refusal_on
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

# A kontaktperson works in the kommune.
OWN_SECRECY = "fvl_13"


def day_to_come(day: date, now: datetime, kept: date | None = None) -> date:
    """Not past; a date that stands already may stay. ValidationError with a sentence."""
    if day != kept:
        with in_form():
            check_to_come(day, day_of(now))
    return day


def ground_choices(now: datetime) -> list[tuple[str, str]]:
    """The grounds for sharing that are in force."""
    found = legal.grounds(day_of(now))
    return [(each.code, f"{each.label} ({each.citation})" if each.act else each.label) for each in found]


class AskForm(forms.Form):
    """A request as it is sent."""

    to = forms.ChoiceField(label="Hvem spør dere?", error_messages={"invalid_choice": "Velg en som er i bruk."})
    asked = LongTextField(
        label="Hva ber dere om?", max_length=4000, help_text="Skriv bare det mottakeren trenger. De ser ikke saken."
    )
    ground = forms.ChoiceField(
        label="Hva gir dere lov til å spørre?",
        error_messages={"required": "Velg grunnlaget. Uten grunnlag kan dere ikke dele noe om personen."},
    )
    due_on = forms.DateField(label="Når trenger dere svar?", widget=DayInput)
    owner = forms.ChoiceField(
        label="Hvem følger opp?", error_messages={"invalid_choice": "Velg en som har tilgang til saken."}
    )

    def __init__(
        self,
        *args: Any,
        partners: list[Partner],
        contacts: list[User],
        owners: list[User],
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.partners = {f"p-{row.id}": row for row in partners}
        self.contacts = {f"k-{user.id}": user for user in contacts}
        self.people = let_choose(self, ["owner"], owners)
        fields: Any = self.fields
        fields["to"].choices = [
            ("", "Velg"),
            ("Kontaktpersoner i kommunen (svarer i Varde)", [(k, _named(u)) for k, u in self.contacts.items()]),
            ("Samarbeidsparter (dere ringer eller skriver selv)", [(k, p.name) for k, p in self.partners.items()]),
        ]
        fields["ground"].choices = [("", "Velg"), *ground_choices(now), (NOBODY_NAMED, NO_NAMES)]

    def clean_due_on(self) -> date:
        """Not past."""
        return day_to_come(self.cleaned_data["due_on"], self.now)

    def ask(self) -> Ask:
        """Of a valid form."""
        data = self.cleaned_data
        partner = self.partners.get(data["to"])
        return Ask(
            partner=partner,
            recipient=self.contacts.get(data["to"]),
            asked=data["asked"],
            ground=data["ground"],
            secrecy=partner.secrecy if partner else OWN_SECRECY,
            due_on=data["due_on"],
            owner=self.people[data["owner"]],
        )


def _named(user: User) -> str:
    return f"{user.name}, {user.service}" if user.service else user.name


class RequestMoveForm(forms.Form):
    """What came back, as the team notes it."""

    to = forms.ChoiceField(label="Hva har skjedd?", widget=forms.RadioSelect)
    who = TextField(label="Hvem hos mottakeren?", max_length=200, required=False)
    how = forms.ChoiceField(label="Hvordan fikk dere vite det?", choices=HOWS[:-1])
    text = LongTextField(
        label="Hva ble svaret?", required=False, max_length=8000, help_text="Må fylles ut ved svar og avslag."
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, label) for code, label in STATES if code in MOVES[state]]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who and what are asked for where they belong."""
        data = super().clean() or self.cleaned_data
        to = data.get("to", "")
        for check, name in ((check_receipt, "who"), (check_answer, "text")):
            with refusal_on(self, name):
                check(to, data.get(name, ""))
        return data

    def move(self) -> Move:
        """Of a valid form."""
        data = self.cleaned_data
        return Move(data["to"], data["who"], data["how"], data["text"])


class AnswerForm(forms.Form):
    """What the kontaktperson answers."""

    to = forms.ChoiceField(label="Hva vil du si?", widget=forms.RadioSelect)
    text = LongTextField(
        label="Svaret ditt",
        required=False,
        max_length=8000,
        help_text="Må fylles ut når du svarer eller sier nei. Skriv bare det de spør om.",
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [("received", "Jeg har fått den og ser på den"), ("answered", "Her er svaret"), ("refused", "Nei")]
        self.fields["to"].choices = [each for each in said if each[0] in MOVES[state]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An answer has words."""
        data = super().clean() or self.cleaned_data
        with refusal_on(self, "text"):
            check_answer(data.get("to", ""), data.get("text", ""))
        return data

    def move(self) -> Move:
        """Of a valid form."""
        return Move(self.cleaned_data["to"], text=self.cleaned_data["text"])


class FollowForm(SeenForm):
    """Who follows up, and until when."""

    owner = forms.ChoiceField(
        label="Hvem følger opp?", error_messages={"invalid_choice": "Velg en som har tilgang til saken."}
    )
    due_on = forms.DateField(label="Når trenger dere svar?", widget=DayInput)

    def __init__(self, *args: Any, owners: list[User], now: datetime, kept: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.kept = now, kept
        self.people = let_choose(self, ["owner"], owners)

    def clean_due_on(self) -> date:
        """Not past, or as it stands."""
        return day_to_come(self.cleaned_data["due_on"], self.now, self.kept)
