"""What is typed about the agreement. Each form gives the terms as they would be; the rules say what may stand."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.no import orgnr

from regional.cooperation.agreement_queries import in_order
from regional.cooperation.amend_form import AmendForm
from regional.cooperation.lends_forms import OfficeForm, TeamForm
from regional.cooperation.rhythm import DEADLINES, MOST_MEETINGS, REPORTING, Reporting, Settings
from regional.cooperation.shares import LARGEST_WEIGHT, hundredths
from regional.cooperation.terms import PHONES, SHARINGS, Party, Phone, Sharing, Task, Terms
from shared.codes.cooperation import DUTIES, models
from shared.codes.cooperation import forms as legal_forms
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.widgets import DayInput

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.?", re.ASCII)


class OrganisationField(TextField):
    """Nine digits, typed with or without spaces."""

    def to_python(self, value: Any) -> str:
        """The digits; ValidationError for a number that cannot be one."""
        text = orgnr.compact(super().to_python(value))
        if not text:
            return ""
        try:
            return str(orgnr.validate(text))
        except BadNumber as error:
            raise ValidationError(
                "Dette er ikke et gyldig organisasjonsnummer. Det har ni siffer og står i Brønnøysundregistrene."
            ) from error


class BasisForm(AmendForm):
    """Name, model, legal form, dates, meetings and reporting, and what else the parties agree."""

    title = TextField(label="Navn på avtalen", max_length=200)
    model = forms.ChoiceField(label="Modell", widget=forms.RadioSelect)
    form = forms.ChoiceField(label="Rettslig form", widget=forms.RadioSelect)
    starts_on = forms.DateField(label="Avtalen begynner", required=False, widget=DayInput)
    meetings_per_year = forms.IntegerField(label="Møter i lederteamet per år", min_value=1, max_value=MOST_MEETINGS)
    reporting = forms.ChoiceField(label="Rapportering", choices=list(REPORTING.items()), widget=forms.RadioSelect)
    deadlines = TextField(
        label="Frister for rapporten",
        required=False,
        help_text="Dag og måned, for eksempel 31.01, 31.07. Tomt gir de vanlige fristene.",
    )
    text = LongTextField(label="Det ellers er avtalt", required=False)
    fieldsets = (
        (
            "Avtalen",
            "Den løper til noen sier den opp. Skal den vare til en bestemt dag, velger du dagen i steget «Avtalen "
            "avsluttes for alle». Da slutter tilgangen samme dag.",
            ["title", "model", "form", "starts_on"],
        ),
        ("Møter og rapport", "", ["meetings_per_year", "reporting", "deadlines"]),
        ("Annet", "", ["text"]),
        ("Utgaven", "", ["from_day", "why"]),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["model"]).choices = [
            (one.code, f"{one.title}. {one.text}{' Frarådes av Bufdir.' if one.warning else ''}")
            for one in models().values()
        ]
        cast(forms.ChoiceField, self.fields["form"]).choices = [(one.code, one.label) for one in legal_forms().values()]

    def clean_deadlines(self) -> tuple[tuple[int, int], ...]:
        """(month, day) each, in the order of the year."""
        with in_form():
            return tuple(
                sorted(_month_and_day(part) for part in self.cleaned_data["deadlines"].split(",") if part.strip())
            )

    def made(self) -> Terms:
        data = self.cleaned_data
        reporting = cast(Reporting, data["reporting"])
        settings = Settings(data["meetings_per_year"], reporting, data["deadlines"] or DEADLINES[reporting])
        names = ("title", "model", "form", "starts_on", "text")
        return replace(self.terms, settings=settings, **{name: data[name] for name in names})


def basis_of(terms: Terms) -> dict[str, Any]:
    """The form filled in."""
    names = ("title", "model", "form", "starts_on", "text")
    settings = terms.settings
    usual = settings.deadlines == DEADLINES[settings.reporting]
    return {name: getattr(terms, name) for name in names} | {
        "meetings_per_year": settings.meetings_per_year,
        "reporting": settings.reporting,
        "deadlines": "" if usual else ", ".join(f"{day:02}.{month:02}" for month, day in settings.deadlines),
    }


def _month_and_day(text: str) -> tuple[int, int]:
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise ValueError("Skriv fristene som dag og måned, for eksempel 31.01, 31.07.")
    month, day = int(found[2]), int(found[1])
    try:
        date(2000, month, day)
    except ValueError as error:
        raise ValueError("En av fristene er ikke en dag i året.") from error
    return month, day


class PartiesForm(AmendForm):
    """Each party's organisation number, phone, grant, first day and part of the grant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = in_order(self.terms.parties)
        self.fieldsets = []
        for party in parties:
            added = _party_fields(party, self.terms.sharing)
            self.fields |= added
            self.fieldsets.append((f"{party.name}{' (vertskommune)' if party.host else ''}", "", list(added)))
        self.fields["sharing"] = forms.ChoiceField(
            label="Andelene er skrevet som",
            choices=list(SHARINGS.items()),
            widget=forms.RadioSelect,
            initial=self.terms.sharing,
        )
        self.fields["new_name"] = TextField(label="Navn", required=False, max_length=80)
        self.fields["new_organisation"] = OrganisationField(label="Organisasjonsnummer", required=False)
        self.fieldsets += [
            ("Andeler av tilskuddet", "For eksempel 60 og 40. Prosent må bli 100 til sammen.", ["sharing"]),
            (
                "En part som ikke bruker Varde",
                "Kommuner som bruker Varde, blir med gjennom steget «En kommune blir med».",
                ["new_name", "new_organisation"],
            ),
            ("Utgaven", "", ["from_day", "why"]),
        ]

    def clean(self) -> dict[str, Any]:
        """Shares are read by how they are written."""
        data = super().clean() or self.cleaned_data
        for party in self.terms.parties:
            name = f"share_{party.id}"
            try:
                data[name] = _weight(data.get(name, ""), data.get("sharing", "percent"))
            except ValueError as error:
                self.add_error(name, str(error))
        if data.get("new_organisation") and not data.get("new_name"):
            self.add_error("new_name", "Skriv navnet på parten.")
        return data

    def made(self) -> Terms:
        data = self.cleaned_data
        kept = [party for party in self.terms.parties if not data.get(f"remove_{party.id}")]
        parties = [self._party(party) for party in kept]
        if data["new_name"]:
            new = Party(uuid4(), data["new_name"], data["new_organisation"], on_platform=False, phone="none")
            parties.append(new)
        left = {party.id for party in parties}
        tasks = tuple(replace(t, who={k: v for k, v in t.who.items() if k in left}) for t in self.terms.tasks)
        sharing = cast(Sharing, data["sharing"])
        return replace(self.terms, parties=tuple(parties), tasks=tasks, sharing=sharing)

    def _party(self, party: Party) -> Party:
        data = self.cleaned_data
        return replace(
            party,
            organisation=data[f"organisation_{party.id}"],
            phone=cast(Phone, data[f"phone_{party.id}"]),
            phone_number=data[f"number_{party.id}"],
            grant=data[f"grant_{party.id}"],
            starts_on=data[f"starts_{party.id}"],
            weight=data[f"share_{party.id}"],
        )


def _party_fields(party: Party, sharing: Sharing) -> dict[str, forms.Field]:
    key = party.id
    found: dict[str, forms.Field] = {
        f"organisation_{key}": OrganisationField(
            label="Organisasjonsnummer", required=False, initial=party.organisation
        ),
        f"share_{key}": TextField(
            label="Andel av tilskuddet", required=False, max_length=20, initial=_typed(party.weight, sharing)
        ),
        f"grant_{key}": forms.IntegerField(
            label="Eget tilskudd per år (kroner)",
            required=False,
            min_value=0,
            initial=party.grant,
            help_text="Når kommunen får tilskudd selv, og ikke bare en andel.",
        ),
        f"phone_{key}": forms.ChoiceField(label="Telefon", choices=list(PHONES.items()), initial=party.phone),
        f"number_{key}": TextField(label="Telefonnummer", required=False, max_length=20, initial=party.phone_number),
        f"starts_{key}": forms.DateField(label="Med fra", required=False, widget=DayInput, initial=party.starts_on),
    }
    if not party.on_platform:
        found[f"remove_{key}"] = forms.BooleanField(label="Er ikke part lenger", required=False)
    return found


def _typed(weight: int, sharing: Sharing) -> str:
    if not weight:
        return ""
    if sharing == "weights":
        return str(weight)
    return f"{weight // 100},{weight % 100:02}".rstrip("0").rstrip(",")


def _weight(text: Any, sharing: str) -> int:
    typed = str(text or "").strip()
    if not typed:
        return 0
    if sharing == "percent":
        return hundredths(typed)
    if not typed.isascii() or not typed.isdigit() or int(typed) > LARGEST_WEIGHT:
        raise ValueError("Skriv vekten som et helt tall.")
    return int(typed)


class TasksForm(AmendForm):
    """Who is responsible, consulted and informed of each task."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldsets = []
        for number, task in enumerate(self.terms.tasks):
            names = []
            for party in in_order(self.terms.parties):
                name = f"who_{number}_{party.id}"
                self.fields[name] = forms.ChoiceField(
                    label=party.name,
                    required=False,
                    choices=[("", "Ikke med"), *DUTIES.items()],
                    initial=task.who.get(party.id, ""),
                )
                names.append(name)
            self.fields[f"drop_{number}"] = forms.BooleanField(label="Ta oppgaven ut av avtalen", required=False)
            self.fieldsets.append((task.title, task.text, [*names, f"drop_{number}"]))
        self.fields["new_title"] = TextField(label="Oppgave", required=False, max_length=120)
        self.fields["new_text"] = TextField(label="Hva den går ut på", required=False, max_length=300)
        self.fieldsets += [
            ("Ny oppgave", "Alle partene informeres til du velger noe annet.", ["new_title", "new_text"]),
            ("Utgaven", "", ["from_day", "why"]),
        ]

    def made(self) -> Terms:
        data = self.cleaned_data
        tasks = [
            replace(task, who=self._who(number))
            for number, task in enumerate(self.terms.tasks)
            if not data[f"drop_{number}"]
        ]
        if data["new_title"]:
            everybody = {party.id: "I" for party in self.terms.parties}
            tasks.append(Task(f"own_{uuid4().hex[:8]}", data["new_title"], data["new_text"], everybody))
        return replace(self.terms, tasks=tuple(tasks))

    def _who(self, number: int) -> Mapping[UUID, str]:
        said = {party.id: self.cleaned_data[f"who_{number}_{party.id}"] for party in self.terms.parties}
        return {party: duty for party, duty in said.items() if duty}


PARTS: dict[str, tuple[str, type[AmendForm]]] = {
    "grunnlag": ("Navn, modell, form og møter", BasisForm),
    "parter": ("Parter og andeler", PartiesForm),
    "oppgaver": ("Hvem gjør hva", TasksForm),
    "team": ("Felles operativt team", TeamForm),
    "utlan": ("Folk i regionens kontor", OfficeForm),
}
