"""Forms that two people may have open at once: the second is told, and has both texts on the page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from varde.ui.dates import date_and_time


def resent(data: Mapping[str, Any], values: Mapping[str, str]) -> QueryDict:
    """What was sent, with some values in it changed: for a form that is shown again."""
    again = cast(QueryDict, data).copy()
    for name, value in values.items():
        again[name] = value
    return again


class SeenForm(forms.Form):
    """Carries what stood there when the page was opened (a version, a row's id or a print; see `varde.refusal`).

    `theirs` is what stands now where it differs from what was typed; `ui/form.html` shows it above the fields.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    theirs: Sequence[Mapping[str, str]] = ()

    @property
    def was_seen(self) -> str | None:
        """What the page showed, "" for nothing; None when the page did not say."""
        given = self.data.get(self.add_prefix("seen"))
        return None if given is None else str(given)

    def seen_version(self, stands: int) -> int:
        """The same where versions are counted: the one that `stands` when the page did not say, -1 for no number."""
        given = self.was_seen
        if given is None:
            return stands
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1

    def told(self, sentence: str, seen: str, stands: Mapping[str, Any] | None = None) -> None:
        """Show the sentence and what `stands` now (field: value), and let the next sending know of it.

        The form has been validated; what was typed stays in it.
        """
        self.theirs = self._unlike(stands or {})
        self.data = resent(self.data, {self.add_prefix("seen"): seen})
        self.add_error(None, sentence)

    def _unlike(self, stands: Mapping[str, Any]) -> list[dict[str, str]]:
        rows = []
        for name, field in self.fields.items():
            if name in stands and not field.widget.is_hidden:
                said = in_words(field, stands[name])
                if said != in_words(field, self.cleaned_data.get(name)):
                    rows.append({"label": str(field.label), "value": said})
        return rows


def in_words(field: forms.Field, value: Any) -> str:
    """What a value of the field says to a person; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = dict(_flat(choices))
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in chosen)
    if isinstance(field, forms.BooleanField):
        return "Ja" if value else "Nei"
    if isinstance(value, time):
        return value.strftime("%H.%M")
    return date_and_time(value) if isinstance(value, date) else str(value)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), strip_tags(label) if isinstance(label, SafeString) else str(label)
