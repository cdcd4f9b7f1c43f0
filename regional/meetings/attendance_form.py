"""Who came: two fields for each of those who are called."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from regional.meetings.held_actions import Came
from regional.meetings.models import Invitee
from regional.meetings.shown import place_of
from regional.meetings.states import PRESENCE
from varde.ui.fields import TextField
from varde.ui.gone import words
from varde.ui.seen import SeenForm


class AttendanceForm(SeenForm):
    """Everybody is put forward as present until it is entered; `seen` is the version of the list."""

    def __init__(self, *args: Any, people: Sequence[Invitee], noted: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.people = people
        self.says_when: dict[str, str] = {}
        self.fieldsets: list[tuple[str, str, list[str]]] = []
        for one in people:
            here, note = f"p-{one.id}", f"n-{one.id}"
            self.fields[here] = forms.ChoiceField(
                label="Oppmøte", choices=PRESENCE[1:], initial=one.presence or ("" if noted else "present")
            )
            said = words(one, "substitute") if one.presence == "substitute" else words(one, "reason")
            self.fields[note] = TextField(label="Hvem møtte i stedet, eller hvorfor borte", required=False)
            self.fields[note].initial = said
            self.says_when[note] = "Navnet må fylles ut ved vara"
            where = place_of(one)
            legend = f"{words(one, 'name')}, {where}" if where else words(one, "name")
            self.fieldsets.append((legend, "", [here, note]))

    def clean(self) -> dict[str, Any]:
        """A substitute has a name."""
        data = super().clean() or self.cleaned_data
        for one in self.people:
            if data.get(f"p-{one.id}") == "substitute" and not data.get(f"n-{one.id}"):
                self.add_error(f"n-{one.id}", "Skriv hvem som møtte.")
        return data

    def came(self) -> dict[UUID, Came]:
        """Of a valid form."""
        return {one.id: self._of(one) for one in self.people}

    def _of(self, one: Invitee) -> Came:
        presence, note = self.cleaned_data[f"p-{one.id}"], self.cleaned_data[f"n-{one.id}"]
        return Came(
            presence, substitute=note if presence == "substitute" else "", reason=note if presence == "absent" else ""
        )
