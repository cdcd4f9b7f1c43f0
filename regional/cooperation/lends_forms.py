"""What is typed about who lends people to whom."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from regional.cooperation.agreement_queries import in_order
from regional.cooperation.amend_form import AmendForm
from regional.cooperation.terms import TEAM, Lend, Party
from varde.access.roles import ROLES, roles_of
from varde.ui.widgets import DayInput

_ENDS = "Tomt varer til avtalen endres."


class _LendsForm(AmendForm):
    """For each party what is lent, from when until when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldsets = []
        for party in in_order(self.terms.parties):
            held = self.held(party)
            what = f"what_{party.id}"
            self.fields[what] = self.field(party, held)
            names = [what, f"from_{party.id}", f"until_{party.id}"]
            for name, label, day, note in zip(
                names[1:], ("Fra", "Til og med"), _days(held), ("Tomt er fra utgaven gjelder.", _ENDS), strict=True
            ):
                self.fields[name] = forms.DateField(
                    label=label, required=False, widget=DayInput, initial=day, help_text=note
                )
            self.fieldsets.append((party.name, "", names))
        self.fieldsets.append(("Utgaven", "", ["from_day", "why"]))

    def held(self, party: Party) -> Lend | None:
        """What the agreement says now of this party."""
        return next((one for one in self.terms.lends if self.is_of(one, party)), None)

    def is_of(self, lend: Lend, party: Party) -> bool:
        """Is this lend chosen at this party? Those of the other form are kept as they are."""
        return False

    def field(self, party: Party, held: Lend | None) -> forms.Field:
        """What is lent, to choose."""
        return forms.Field(initial=held and held.roles)

    def days(self, party: Party) -> Mapping[str, date | None]:
        """The first and the last day, of a valid form."""
        data = self.cleaned_data
        return {"starts_on": data[f"from_{party.id}"], "ends_on": data[f"until_{party.id}"]}


def _days(held: Lend | None) -> tuple[date | None, date | None]:
    return (held.starts_on, held.ends_on) if held else (None, None)


class TeamForm(_LendsForm):
    """Whose people work in each kommune's cases: its own, or those of another party."""

    note = (
        "Sakene blir alltid liggende i kommunen der personen bor. Begge kommunene må si ja hos seg. De som lånes "
        "ut, ser bare sakene de får i den andre kommunen, og bare så lenge avtalen og utlånet gjelder."
    )

    def is_of(self, lend: Lend, party: Party) -> bool:
        return lend.borrower == party.id

    def field(self, party: Party, held: Lend | None) -> forms.Field:
        others = [
            (str(other.id), f"Folk fra {other.name}")
            for other in in_order(self.terms.parties)
            if other.id != party.id and other.on_platform
        ]
        return forms.ChoiceField(
            label="Hvem arbeider i sakene?", required=False, choices=[("", "Eget team"), *others],
            initial=str(held.lender) if held else "",
        )  # fmt: skip

    def made(self) -> Any:
        kept = tuple(one for one in self.terms.lends if one.borrower is None)
        lends = tuple(
            Lend(UUID(lender), party.id, held.roles if (held := self.held(party)) else TEAM, **self.days(party))
            for party in self.terms.parties
            if (lender := self.cleaned_data[f"what_{party.id}"])
        )
        return replace(self.terms, lends=(*lends, *kept))


class OfficeForm(_LendsForm):
    """What people of each party are in the region's own office."""

    note = (
        "Kommunen må si ja hos seg. Folkene mister tilgangen i samme øyeblikk som utlånet eller avtalen slutter. "
        "En kommune som ikke låner ut noen, kan likevel være med i lederteamet uten konto her."
    )

    def is_of(self, lend: Lend, party: Party) -> bool:
        return lend.lender == party.id and lend.borrower is None

    def field(self, party: Party, held: Lend | None) -> forms.Field:
        choices = [(role.value, ROLES[role].label) for role in roles_of("region")]
        return forms.MultipleChoiceField(
            label="Låner ut folk som er", required=False, widget=forms.CheckboxSelectMultiple, choices=choices,
            initial=list(held.roles) if held else [],
        )  # fmt: skip

    def made(self) -> Any:
        kept = tuple(one for one in self.terms.lends if one.borrower is not None)
        lends = tuple(
            Lend(party.id, None, tuple(roles), **self.days(party))
            for party in self.terms.parties
            if (roles := self.cleaned_data[f"what_{party.id}"])
        )
        return replace(self.terms, lends=(*kept, *lends))
