"""What is typed about the table: a change of it, or a new one."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, cast

from django import forms

from regional.leaders.actions import MOST_NAMES, Plan
from regional.leaders.models import INTAKE, SECRETARY
from regional.leaders.rotation import MOST_PERIODS
from regional.leaders.rotation_moves import Rotation
from shared.codes import kommuner
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

# kind of change in the address -> (what it is called, what it does, its fields)
KINDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "inn": (
        "En kommune går inn",
        "En ny runde begynner, og kommunen får hver plass én gang i den.",
        ("new", "outside", "since"),
    ),
    "ut": (
        "En kommune går ut",
        "Plassene deles på dem som er igjen. Det kommunen har hatt, står.",
        ("kommune", "since"),
    ),
    "sammen": (
        "Kommuner slås sammen",
        "De blir én i køen, på plassen til den første av dem.",
        ("several", "new", "since"),
    ),
    "kort": ("En periode blir kortere", "Perioden slutter tidligere, og den neste begynner da.", ("running", "ends")),
    "onske": (
        "En kommune ønsker en plass",
        "Ønsket oppfylles når ingen mister en tur. Periodene bytter da plass innenfor runden.",
        ("kommune", "seat", "wished", "since"),
    ),
    "unntak": (
        "En kommune kan ikke ha en plass",
        "For eksempel fordi kommunen ikke har en egen NAV-leder. Unntaket holdes alltid.",
        ("kommune", "seat", "since", "last"),
    ),
    "forleng": ("Tabellen skal vare lenger", "De samme plassene går videre på omgang.", ("periods",)),
    "vedta": ("Forslaget er vedtatt", "Tabellen blir som i forslaget, og gjelder fra dens første dag.", ()),
    "trekk": ("Forslaget er trukket", "Tabellen som er vedtatt, gjelder videre. Forslaget står i historikken.", ()),
}
_OUTSIDE = "Skriv navnet slik det er i dag, eller kryss av for at det er en virksomhet utenfor."
SOURCE_HELP = "For eksempel «Lederteamet 12.11.2026, sak 4/26»."


def _choice(label: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, error_messages={"required": "Velg en.", "invalid_choice": "Velg en av dem."}, **more
    )


def _fields() -> dict[str, forms.Field]:
    return {
        "kommune": _choice("Kommune"),
        "several": forms.MultipleChoiceField(
            label="Hvilke kommuner?",
            help_text="Den som står først, gir plassen i køen.",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Velg minst to kommuner."},
        ),
        "new": TextField(label="Kommunens navn", max_length=80, error_messages={"required": "Skriv navnet."}),
        "outside": forms.BooleanField(
            label="Dette er ikke en kommune, men en virksomhet utenfor", required=False,
            help_text="For eksempel et interkommunalt selskap som skal ha plass på linje med kommunene.",
        ),
        "seat": _choice("Plass"),
        "wished": _choice("I hvilken periode?"),
        "since": _choice("Fra hvilken periode kan tabellen endres?"),
        "last": _choice("Til og med hvilken periode?", required=False),
        "running": _choice("Hvilken periode?"),
        "ends": forms.IntegerField(label="Siste år i perioden", min_value=1900, max_value=9999),
        "periods": forms.IntegerField(
            label="Hvor mange perioder til sammen?", min_value=2, max_value=MOST_PERIODS
        ),
    }  # fmt: skip


class ChangeForm(SeenForm):
    """One change of the table, and the decision behind it."""

    optional_said = True
    says_when: ClassVar[dict[str, str]] = {"source": "Må fylles ut før du lagrer"}

    def __init__(self, *args: Any, kind: str, rotation: Rotation, members: Sequence[str], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind, self.rotation = kind, rotation
        every = _fields()
        self.fields |= {name: every[name] for name in KINDS[kind][2]}
        self._choose(members, today)
        self.fields["source"] = TextField(label="Hvilket vedtak?", required=False, help_text=SOURCE_HELP)

    def _choose(self, members: Sequence[str], today: date) -> None:
        """Periods are named by their first year, as in the change itself."""
        spans = list(zip(self.rotation.first_years, self.rotation.last_years, self.rotation.periods, strict=True))
        ahead = [(str(first), name) for first, _, name in spans if first > today.year]
        choices = {
            "kommune": [(name, name) for name in members],
            "several": [(name, name) for name in members],
            "seat": [(seat, seat) for seat in self.rotation.holders],
            "since": ahead,
            "wished": ahead,
            "last": [("", "For alltid"), *ahead],
            "running": [(str(first), name) for first, last, name in spans if last > first and last > today.year],
        }
        for name in self.fields.keys() & choices.keys():
            cast(forms.ChoiceField, self.fields[name]).choices = choices[name]
        if self.kind in ("inn", "ut", "sammen"):
            self.fields["since"].label = "Fra hvilken periode?"
        if self.kind == "unntak":
            self.fields["since"].label = "Fra og med hvilken periode?"
        if self.kind == "sammen":
            self.fields["new"].label = "Hva heter kommunen etterpå?"

    def clean(self) -> dict[str, Any]:
        """What only makes sense together."""
        data = super().clean() or self.cleaned_data
        if self.kind == "inn" and data.get("new") and not data["outside"]:
            self._joins(data)
        if self.kind == "sammen" and "several" in data and len(data["several"]) < 2:
            self.add_error("several", "Velg minst to kommuner.")
        if self.kind == "onske" and not self.errors and int(data["since"]) > int(data["wished"]):
            self.add_error("since", "Velg den ønskede perioden, eller en tidligere.")
        if self.kind == "unntak" and not self.errors and data["last"] and int(data["last"]) < int(data["since"]):
            self.add_error("last", "Velg en periode som ikke er før den første.")
        return data

    def _joins(self, data: dict[str, Any]) -> None:
        """Whoever comes in is a kommune that there is, as the table can tell it from the others."""
        try:
            data["new"] = known_kommune(data["new"], self.rotation.kommuner)
        except forms.ValidationError as error:
            self.add_error("new", error)

    def batch(self) -> dict[str, Any]:
        """The change as it is stored; of a valid form of a kind that changes places."""
        data = self.cleaned_data
        since = int(data["since"]) if "since" in data else 0
        held = {"kommune": data.get("kommune"), "seat": data.get("seat")}
        match self.kind:
            case "inn":
                return {"joins": [{"kommune": data["new"], "from": since}]}
            case "ut":
                return {"leaves": [{"kommune": data["kommune"], "from": since}]}
            case "sammen":
                return {"merges": [{"kommune": data["new"], "of": data["several"], "from": since}]}
            case "kort":
                return {"cut_short": [{"from": int(data["running"]), "to": data["ends"]}]}
            case "onske":
                return {"wishes": [held | {"from": int(data["wished"]), "since": since}]}
        until = {"to": int(data["last"])} if data["last"] else {}
        return {"exclusions": [held | {"from": since} | until]}


def known_kommune(text: str, taken: Sequence[str]) -> str:
    """The name of a kommune that is written as its name, its name with the county, or its number. A name of several
    has the county with it, unless the table has it so. Raises ValidationError for what is none, or could be several."""
    found = kommuner.meant(text)
    if not found:
        raise forms.ValidationError(f"Det er ingen kommune som heter «{text}». {_OUTSIDE}")
    if len(found) > 1:
        raise forms.ValidationError(f"Flere kommuner heter det. Skriv {_either(found)}.")
    with_county = kommuner.full_name(found[0])
    return with_county if text.strip().isdigit() or found[0].name in taken or "(" in text else found[0].name


def _either(found: Sequence[kommuner.Kommune]) -> str:
    return " eller ".join(f"«{kommuner.full_name(each)}»" for each in found)


class _NamesField(LongTextField):
    """One name on a line."""

    def clean(self, value: Any) -> list[str]:
        names = [self.name_of(line.strip()) for line in super().clean(value).splitlines() if line.strip()]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise forms.ValidationError(self.twice(name))
            if len(name) > 80:
                raise forms.ValidationError(f"«{name[:40]}…» er for langt. Det er plass til 80 tegn.")
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Det er plass til høyst {MOST_NAMES}.")
        return names

    def name_of(self, line: str) -> str:
        """What the line names."""
        return line

    def twice(self, name: str) -> str:
        """What is said of a name that stands on two lines."""
        return f"{name} står to ganger."


class _KommunerField(_NamesField):
    """One kommune on a line; a number is as good as a name, and tells two of one name apart."""

    def name_of(self, line: str) -> str:
        found = kommuner.meant(line) if line.isdigit() else ()
        return kommuner.full_name(found[0]) if found else line

    def twice(self, name: str) -> str:
        found = kommuner.meant(name)
        return super().twice(name) + (f" Er det to kommuner, så skriv {_either(found)}." if len(found) > 1 else "")


class TableForm(SeenForm):
    """A rotation from its beginning."""

    optional_said = True
    kommuner = _KommunerField(
        label="Kommunene", help_text="Én på hver linje, i den rekkefølgen de står i køen.",
        error_messages={"required": "Skriv minst én kommune."},
    )  # fmt: skip
    seats = _NamesField(
        label="Plassene", help_text="Én på hver linje. Det kan være flere eller færre plasser enn kommuner.",
        error_messages={"required": "Skriv minst én plass."},
    )  # fmt: skip
    first_year = forms.IntegerField(label="Første år", min_value=1900, max_value=2199)
    years = forms.IntegerField(label="År i hver periode", min_value=1, max_value=50, initial=2)
    periods = forms.IntegerField(
        label="Hvor mange perioder?", required=False, min_value=1, max_value=MOST_PERIODS,
        help_text="La feltet stå tomt for en hel runde: like mange perioder som kommuner.",
    )  # fmt: skip
    proposal = forms.BooleanField(label="Dette er et forslag som ikke er vedtatt", required=False)
    source = TextField(label="Hvilket vedtak eller forslag?", help_text=SOURCE_HELP)

    def plan(self) -> Plan:
        """What was filled in; of fields without errors."""
        data = self.cleaned_data
        names = ("source", "kommuner", "seats", "first_year", "years", "periods", "proposal")
        return Plan(**{name: data[name] for name in names})


class BodyForm(SeenForm):
    """An existing group is the leader team."""

    body = TextField(label="Hva heter gruppen?", max_length=120, help_text="For eksempel «Helselederne i regionen».")
    kommuner = _KommunerField(
        label="Kommunene", help_text="Én på hver linje. Hver har én fast plass.",
        error_messages={"required": "Skriv minst én kommune."},
    )  # fmt: skip
    intake = _choice(
        "Hvem tar imot det kommunene melder inn?",
        choices=list(INTAKE.items()),
        initial=SECRETARY,
        widget=forms.RadioSelect,
    )
    holds_from = forms.DateField(label="Fra og med dag", widget=DayInput)
    source = TextField(label="Hvilket vedtak?", help_text=SOURCE_HELP)
