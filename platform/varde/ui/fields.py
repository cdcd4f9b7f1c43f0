"""Form fields that keep what people type and say plainly what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from varde.text import clean_text


@contextmanager
def in_form() -> Iterator[None]:
    """What a rule says no to is the error of the field that is being cleaned, in the rule's own words."""
    try:
        yield
    except ValueError as error:
        raise ValidationError(str(error)) from error


class TextField(forms.CharField):
    """One line of text; control characters, lone surrogates and length are answered in Norwegian."""

    default_max = 200
    multiline = False

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        self._limit = max_length or self.default_max
        kwargs.setdefault("empty_value", "")
        super().__init__(strip=False, **kwargs)
        # Django's own NUL message would come first and say less.
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value: Any) -> str:
        """The cleaned text; ValidationError with the sentence of `clean_text`."""
        try:
            text = clean_text(str(value or ""), self._limit)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not self.multiline and "\n" in text:
            raise ValidationError("Her er det plass til én linje.")
        return text


class LongTextField(TextField):
    """Several lines in a text area."""

    default_max = 20_000
    multiline = True
    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A counter, not a `maxlength`: browsers cut pasted text without a word."""
        return {**super().widget_attrs(widget), "data-limit": str(self._limit)}
