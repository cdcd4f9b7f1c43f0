"""The choices about what would go on by itself, as part of the form that ends a matter here."""

from typing import Any

from django import forms

from tenants.closing.loose import CALLS, Ends
from tenants.closing.loose_queries import Loose
from varde.identity.models import User
from varde.ui.seen import SeenForm, in_words

LEGEND = "Det som fortsatt venter"
_SAYS = "Resten trekkes tilbake. En kontaktperson ser at forespørselen er trukket; samarbeidsparter sier dere fra til."
_STALE = {"invalid_choice": "Noe har endret seg siden du åpnet siden. Se over listen på nytt."}


class LooseForm(SeenForm):
    """What waits, with a choice for each; nothing is asked where nothing waits."""

    def __init__(self, *args: Any, loose: Loose, owners: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loose = loose
        self.fields["seen"].initial = loose.print
        if loose.going_on:
            self.fields["go_on"] = forms.MultipleChoiceField(
                label="Hva skal fortsette?",
                choices=loose.going_on,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_SAYS,
                error_messages=_STALE,
            )
        still = [(str(one.id), f"{one.name} ringer") for one in owners]
        for key, who in loose.called:
            self.fields[_name(key)] = forms.ChoiceField(
                label=f"Ring tilbake: {who}",
                choices=[("", "Velg"), *CALLS, *still],
                error_messages={
                    "required": "Velg om det er gjort, eller hvem som fortsatt ringer.",
                    "invalid_choice": "Velg en som har tilgang.",
                },
            )

    @property
    def loose_names(self) -> list[str]:
        """The fields that this form has of its own."""
        return [name for name in self.fields if name == "go_on" or name.startswith("ring_")]

    def ends(self) -> Ends:
        """Of a valid form."""
        data = self.cleaned_data
        calls = {key: data[_name(key)] for key, _ in self.loose.called}
        return Ends(data.get("go_on", ()), calls, self.was_seen)

    def settled(self) -> list[str]:
        """What becomes of each, in words; of a valid form."""
        ends = self.ends()
        lines = [f"{'Fortsetter' if key in ends.go_on else 'Trekkes'}: {text}." for key, text in self.loose.going_on]
        for key, who in self.loose.called:
            lines.append(f"Ring tilbake: {who}. {in_words(self.fields[_name(key)], ends.calls[key])}.")
        return lines


def _name(key: str) -> str:
    return f"ring_{key}"
