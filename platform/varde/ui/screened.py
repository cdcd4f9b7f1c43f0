"""Forms whose text is screened for what may be about a person: the writer changes it, or says why it is about nobody.

    class AnswerForm(ScreenedForm):
        screened = ("text",)
        text = LongTextField(label="Svaret")

    form = AnswerForm(request.POST, words=…)      or  ConfirmForm(request.POST, texts={"Tittel": …}, words=…)
    form.reasons                                  {kind: why}, of a valid form; the action asks for them again

What was found is shown in its place (`ui/components/screened.html`); nothing is cut or changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from shared.codes.screening import Kind, Look, Piece, Words, kind_of, look
from varde.refusal import print_of_values
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import resent

ASK = "Noe i teksten kan handle om en person. Se over det som er merket. Endre det, eller skriv hvorfor det kan stå."
WHY = "Skriv hvorfor dette ikke er personopplysninger."
_MOST = 300


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with what was found in it: its name, and the pieces that it is cut into."""

    label: str
    pieces: list[Piece]


class ScreenedForm(forms.Form):
    """`screened`: its fields that are looked through. A finding that was not shown before is shown first."""

    screened: ClassVar[tuple[str, ...]] = ()
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, words: Words | None = None, texts: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.look: Look = look(self._typed() if texts is None else texts, words)
        for code, count in self.look.counts.items():
            self.fields[f"why_{code}"] = self._why(kind_of(code), count)

    def _typed(self) -> dict[str, str]:
        """A text that is too long is refused as such, and is not looked through at all."""
        names = self.screened if self.is_bound else ()
        told = {str(self.fields[name].label): str(self.data.get(self.add_prefix(name), "")) for name in names}
        return {label: text for label, text in told.items() if len(text) <= LongTextField.default_max}

    def _why(self, kind: Kind, count: int) -> TextField:
        times = f" ({count} steder)" if count > 1 else ""
        return TextField(
            label=f"{kind.label}{times}: hvorfor er dette ikke personopplysninger?",
            help_text=f"{kind.why} {kind.advice}",
            required=not self.is_bound or self._was_shown(),
            error_messages={"required": WHY},
            max_length=_MOST,
        )

    @property
    def marked(self) -> list[Marked]:
        """The texts in which something was found."""
        return [Marked(name, self.look.pieces(name)) for name, hits in self.look.hits.items() if hits]

    @property
    def found_print(self) -> str:
        """Of what was found; another finding is another print."""
        return print_of(self.look)

    @property
    def reasons(self) -> dict[str, str]:
        """Per kind why it is about nobody. Of a valid form."""
        return {code: str(self.cleaned_data.get(f"why_{code}", "")) for code in self.look.counts}

    def clean(self) -> dict[str, Any]:
        """Show a finding once; from then on its reason is required."""
        data = super().clean() or self.cleaned_data
        if self.look.found and not self._was_shown():
            self.data = resent(self.data, {self.add_prefix("shown"): self.found_print})
            for code in self.look.counts:
                self.fields[f"why_{code}"].required = True
            self.add_error(None, ASK)
        return data

    def _was_shown(self) -> bool:
        return self.data.get(self.add_prefix("shown")) == self.found_print


class ConfirmForm(ScreenedForm):
    """For texts that are stored already: only the questions. What was found stands beside it on the page from the
    start."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown"] = self.found_print


def print_of(found: Look) -> str:
    """A short print of what was found, whatever stands around it."""
    return print_of_values({code: found.words_of(code) for code in found.counts})
