"""What is typed about set-ups, numbers, words and the agreement."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, cast
from uuid import UUID

from django import forms

from regional.lines import setup as rules
from regional.lines.greetings import LONGEST, NAME
from regional.lines.models import Line
from regional.lines.numbers import NotANumber, ours, several
from regional.lines.setup import KINDS, MOST_RULES, SERVICES, WHENS, Kind, Rule, Service, Setup, When
from shared.registry.models import Office
from varde.rotas.models import WEEKDAYS
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import ClockInput, DayInput
from varde.worktime import exact

NOW, LATER = "now", "later"
_FROM = (("now", "Med en gang"), ("later", "Fra et senere tidspunkt"))
FALLBACKS: tuple[Kind, ...] = ("form", "hotline", "krisesenter", "legevakt")


class FromForm(SeenForm):
    """Something that holds at once, or from a time to come."""

    begins = forms.ChoiceField(label="Når skal det gjelde fra?", choices=_FROM, initial=NOW, widget=forms.RadioSelect)
    day = forms.DateField(label="Dag", required=False, widget=DayInput)
    clock = forms.TimeField(label="Klokken", required=False, widget=ClockInput)

    def since(self) -> datetime | None:
        """The time, None for at once; of a valid form."""
        if self.cleaned_data.get("begins") != LATER:
            return None
        return exact(self.cleaned_data["day"], self.cleaned_data["clock"])

    def clean(self) -> dict[str, Any]:
        """A time to come needs a day and an hour that the clock shows."""
        data = super().clean() or self.cleaned_data
        if data.get("begins") != LATER:
            return data
        for name, sentence in (("day", "Velg hvilken dag."), ("clock", "Velg klokkeslett.")):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, sentence)
        if data.get("day") and data.get("clock") is not None and not self.errors:
            try:
                exact(data["day"], data["clock"])
            except ValueError as error:
                self.add_error("clock", str(error))
        return data


class SetupForm(FromForm):
    """Who answers, for one kommune or several: up to four rules, and what holds when none is open."""

    optional_said = True
    kommuner = forms.MultipleChoiceField(
        label="For hvilke kommuner?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Velg minst én kommune.", "invalid_choice": "Velg en av regionens kommuner."},
    )
    fallback = forms.ChoiceField(
        label="Hvem svarer ellers?",
        choices=[(kind, KINDS[kind]) for kind in FALLBACKS],
        initial="form",
        widget=forms.RadioSelect,
        help_text="«Bare skjema»: ingen telefon, men siden sier hvordan man melder, og hvem man ringer når det haster.",
    )

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["kommuner"])
        field.choices = [(str(office.id), _named(office)) for office in offices]
        for number in range(1, MOST_RULES + 1):
            self.fields |= _rule_fields(number)
        self.fieldsets = [
            ("Hvem det gjelder for, og fra når", "", ["kommuner", "begins", "day", "clock"]),
            *(
                (_legend(number), "" if number > 1 else "Den øverste som er åpen, svarer.", _names(number))
                for number in range(1, MOST_RULES + 1)
            ),
            ("Når ingen av dem er åpne", "", ["fallback"]),
        ]

    def clean(self) -> dict[str, Any]:
        """A rule with hours needs days and hours; the whole must be a set-up."""
        data = super().clean()
        for number in range(1, MOST_RULES + 1):
            if data.get(f"service_{number}") and data.get(f"when_{number}") == "hours":
                for name in ("opens", "closes"):
                    if data.get(f"{name}_{number}") is None and f"{name}_{number}" not in self.errors:
                        self.add_error(f"{name}_{number}", "Skriv klokkeslettet.")
        if not self.errors:
            try:
                rules.check(self.setup())
            except rules.BadSetup as error:
                self.add_error(None, str(error))
        return data

    def setup(self) -> Setup:
        """What was filled in; of fields without errors."""
        chosen = [number for number in range(1, MOST_RULES + 1) if self.cleaned_data.get(f"service_{number}")]
        return Setup(tuple(map(self._rule, chosen)), cast(Kind, self.cleaned_data["fallback"]))

    def _rule(self, number: int) -> Rule:
        data = self.cleaned_data
        service, when = cast(Service, data[f"service_{number}"]), cast(When, data[f"when_{number}"] or "always")
        if when != "hours":
            return Rule(service, when)
        return Rule(
            service,
            when,
            tuple(data[f"days_{number}"]),
            data[f"opens_{number}"],
            data[f"closes_{number}"],
            bool(data[f"holidays_{number}"]),
        )

    def chosen(self) -> list[UUID]:
        """The kommuner."""
        return [UUID(key) for key in self.cleaned_data["kommuner"]]


def _legend(number: int) -> str:
    return "Først svarer" if number == 1 else f"Deretter svarer ({number})"


def _names(number: int) -> list[str]:
    return [f"{name}_{number}" for name in ("service", "when", "days", "opens", "closes", "holidays")]


def _rule_fields(number: int) -> dict[str, forms.Field]:
    first = number == 1
    found: list[forms.Field] = [
        forms.ChoiceField(
            label="Tjeneste",
            choices=([] if first else [("", "Ingen flere")]) + list(SERVICES.items()),
            required=first,
        ),
        forms.ChoiceField(label="Når?", choices=list(WHENS.items()), required=False),
        forms.TypedMultipleChoiceField(
            label="Ukedager",
            choices=list(enumerate(WEEKDAYS)),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        forms.TimeField(label="Fra", required=False, widget=ClockInput),
        forms.TimeField(
            label="Til", required=False, widget=ClockInput, help_text="Samme eller tidligere: til neste dag."
        ),
        forms.BooleanField(label="Også på helligdager", required=False),
    ]
    return dict(zip(_names(number), found, strict=True))


def initial_of(setup: Setup) -> dict[str, Any]:
    """The form filled in with a set-up."""
    found: dict[str, Any] = {"fallback": setup.fallback}
    for number, rule in enumerate(setup.rules, 1):
        values = (rule.service, rule.when, list(rule.days), rule.opens, rule.closes, rule.on_holidays)
        found |= dict(zip(_names(number), values if rule.when == "hours" else values[:2], strict=False))
    return found


_DAYTIME = Rule("own", "hours", (0, 1, 2, 3, 4), time(8), time(15, 30))
# What most regions choose between; each can be changed before it is saved.
TEMPLATES: dict[str, tuple[str, Setup]] = {
    "felles": ("Felles vakttelefon", Setup((Rule("hotline", "open"),), "form")),
    "egen": ("Kommunens egen telefon på dagtid", Setup((_DAYTIME,), "form")),
    "krisesenter": ("Krisesenteret hele døgnet", Setup((Rule("krisesenter"),), "form")),
    "blandet": (
        "Blandet: egen telefon på dagtid, så vakttelefonen, ellers krisesenteret",
        Setup((_DAYTIME, Rule("hotline", "open"), Rule("krisesenter")), "form"),
    ),
}


class LineForm(SeenForm):
    """What a line is called and for whom."""

    name = TextField(label="Navn på linjen", max_length=80, help_text="For eksempel «Felles vakttelefon».")
    service = forms.ChoiceField(label="Tjeneste", choices=list(SERVICES.items()), widget=forms.RadioSelect)
    kommune = forms.ChoiceField(
        label="Kommune", required=False, help_text="La stå når linjen er felles for alle kommunene."
    )
    shared_with = TextField(
        label="Deler nummer med",
        required=False,
        max_length=80,
        help_text="For eksempel «Legevakten i Gjøvik». Da spør hilsenen om det gjelder TryggEst.",
    )

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Alle kommunene"), *((str(office.id), _named(office)) for office in offices)]
        cast(forms.ChoiceField, self.fields["kommune"]).choices = choices

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        data = self.cleaned_data
        chosen = UUID(data["kommune"]) if data["kommune"] else None
        return {"name": data["name"], "service": data["service"], "kommune": chosen, "shared_with": data["shared_with"]}


class RenameForm(SeenForm):
    """What can be changed of a line that is in use."""

    name, shared_with = LineForm.base_fields["name"], LineForm.base_fields["shared_with"]


class PointForm(FromForm):
    """A number leads to another line."""

    number = TextField(label="Telefonnummer", max_length=40)
    line = forms.ChoiceField(label="Skal lede til", required=False)
    sure = forms.BooleanField(
        label="Ja, lagre selv om noen da ringer forgjeves", required=False, widget=forms.HiddenInput
    )
    field_order = ["number", "line", "begins", "day", "clock", "sure"]

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Ingen linje: nummeret er ute av bruk"), *((str(line.id), line.name) for line in lines)]
        cast(forms.ChoiceField, self.fields["line"]).choices = choices

    def ask(self, why: str) -> None:
        """It would have somebody ring in vain: said, and asked about before it is stored."""
        self.fields["sure"].widget = forms.CheckboxInput()
        self.add_error("sure", f"{why} Kryss av her og lagre igjen hvis det er riktig.")

    def clean_number(self) -> str:
        """As the telephone system has it."""
        try:
            return ours(str(self.cleaned_data["number"]))
        except NotANumber as error:
            raise forms.ValidationError(str(error)) from error


class RingForm(FromForm):
    """What rings for a line."""

    apparatus = LongTextField(
        label="Telefoner som ringer samtidig",
        required=False,
        max_length=600,
        help_text="Ett nummer på hver linje. Den første som svarer, får samtalen. Står det tomt, ringer ingen.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ["apparatus", "begins", "day", "clock"]

    def clean_apparatus(self) -> list[str]:
        """Each as the telephone system has it."""
        try:
            return several(str(self.cleaned_data["apparatus"]))
        except NotANumber as error:
            raise forms.ValidationError(str(error)) from error


class WordsForm(SeenForm):
    """A greeting in one language."""

    text = LongTextField(
        label="Hilsen",
        required=False,
        max_length=LONGEST,
        help_text=f"Skriv {NAME} der navnet til den som svarer, skal stå. Tom tekst: da gjelder Vardes egen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AgreementForm(SeenForm):
    """May the operators act themselves in the acute phase?"""

    allowed = forms.TypedChoiceField(
        label="Kan operatørene handle selv når det er akutt?",
        choices=[("ja", "Ja, avtalen åpner for det"), ("nei", "Nei")],
        coerce=lambda said: said == "ja",
        widget=forms.RadioSelect,
        help_text="For eksempel tilby plass på krisesenteret i natt eller be legevakten rykke ut.",
    )
    agreement = TextField(label="Hvilken avtale?", required=False, max_length=200)
    from_day = forms.DateField(label="Fra og med", widget=DayInput)
    until_day = forms.DateField(
        label="Til og med",
        required=False,
        widget=DayInput,
        help_text="Tomt: til noe annet blir ført inn. Etter et nei for noen dager gjelder det som sto før. Et ja "
        "erstatter hvert ja før det.",
    )


def _named(office: Office) -> str:
    return office.name if office.has_team else f"{office.name} (ikke åpnet ennå)"
