"""What is typed about closing, giving out and the ledger. What the rules say no to is the action's answer."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import MaxValueValidator

from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm

_BOUNDS = ("invalid", "min_value", "max_value")
_NOBODY = "Skriv ingenting om enkeltpersoner eller saker."


def _yes(label: str, must: str, help_text: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, error_messages={"required": must})


class CloseForm(SeenForm):
    """Closing a half-year; `lacking`: who would be left out."""

    without = _yes("", "Kryss av for at halvåret skal lukkes uten dem, eller vent til tallene er kommet.")
    sure = _yes("Jeg vet at halvåret ikke kan åpnes igjen", "Kryss av for at du vet at halvåret ikke kan åpnes igjen.")

    def __init__(self, *args: Any, lacking: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["without"].label = f"Lukk uten det som mangler fra {', '.join(lacking)}"
        self.fields[
            "without"
        ].help_text = "Det de sender senere, blir med i halvåret etter. En annen person må godkjenne."
        if not lacking:
            del self.fields["without"]


class AskForm(SeenForm):
    """Asking for a release."""


class ApproveForm(SeenForm):
    """A second person's yes to what the page shows."""

    sure = _yes("", "Kryss av for at du har sett gjennom det du godkjenner.")

    def __init__(self, *args: Any, said: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = said


class WithdrawForm(SeenForm):
    """A release is to be shown no more."""

    reason = LongTextField(
        label="Hvorfor trekkes den tilbake?", max_length=300, help_text=f"Alle som ser tallene, ser dette. {_NOBODY}"
    )
    sure = _yes(
        "Jeg vet at det utgivelsen sa, er kjent, også om den ikke vises", "Kryss av for at du vet hva det betyr."
    )


class SettleForm(SeenForm):
    """Something that was given out is not safe any more."""

    because = LongTextField(label="Hva har skjedd?", max_length=300, help_text=f"Kommer i hovedboken. {_NOBODY}")
    sure = _yes(
        "Jeg vet at det som er gitt ut, ikke kan tas tilbake, og at det fra nå regnes som kjent",
        "Kryss av for at du vet hva det betyr.",
    )


class RuleForm(SeenForm):
    """Another rule from now on. `kommuner`: how many there are in the region."""

    threshold = forms.IntegerField(
        label="Minste tall som kan vises",
        min_value=5,
        max_value=20,
        help_text="Fra 5 til 20.",
        error_messages=dict.fromkeys(_BOUNDS, "Skriv et helt tall fra 5 til 20."),
    )
    coalition = forms.IntegerField(
        label="Hvor mange kommuner som kan slå seg sammen",
        min_value=1,
        help_text="Ingen av dem skal kunne regne ut de andres små tall, heller ikke sammen.",
    )
    min_contributors = forms.IntegerField(label="Minste antall kommuner i en tabell", min_value=3)

    def __init__(self, *args: Any, kommuner: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, least, most in (("coalition", 1, max(1, kommuner - 2)), ("min_contributors", 3, max(3, kommuner))):
            field = cast(forms.IntegerField, self.fields[name])
            said = f"fra {least} til {most}" if most > least else f"{most}"
            field.max_value = most
            field.validators.append(MaxValueValidator(most))
            field.widget.attrs["max"] = most
            field.error_messages |= dict.fromkeys(_BOUNDS, f"Skriv et helt tall, {said}.")
            field.help_text = f"{field.help_text} {said.capitalize()} her.".strip()


class OutsideForm(SeenForm):
    """A figure that others have published. Which figure, of which period, and between what it must be."""

    figure = forms.ChoiceField(label="Hvilket tall?", error_messages={"invalid_choice": "Velg et av tallene."})
    period = forms.ChoiceField(label="For hvilken periode?", error_messages={"invalid_choice": "Velg en periode."})
    kommuner = forms.MultipleChoiceField(
        label="Hvilke kommuner gjelder det?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Velg ingen når det gjelder hele regionen.",
        error_messages={"invalid_choice": "Velg blant kommunene."},
    )
    low = forms.IntegerField(label="Minst", min_value=0, max_value=1_000_000)
    high = forms.IntegerField(
        label="Høyst",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="Det samme som «minst» når det er sagt nøyaktig. La det stå tomt når det er sagt «minst».",
    )
    source = TextField(
        label="Hvor er det offentliggjort?",
        max_length=200,
        help_text=f"For eksempel: Kommunens årsmelding for 2025, side 12. {_NOBODY}",
    )
    fieldsets: ClassVar[Any] = [
        ("Tallet", "", ["figure", "period", "kommuner"]),
        ("Hva som er sagt", "", ["low", "high"]),
        ("Kilden", "", ["source"]),
    ]

    def __init__(
        self,
        *args: Any,
        figures: Sequence[tuple[str, Any]],
        periods: Sequence[tuple[str, str]],
        kommuner: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose = [("", "Velg")]
        for name, choices in (("figure", [*choose, *figures]), ("period", [*choose, *periods]), ("kommuner", kommuner)):
            cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """The most is not less than the least."""
        data = super().clean() or self.cleaned_data
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", "Det høyeste tallet kan ikke være lavere enn det laveste.")
        return data
