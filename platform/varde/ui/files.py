"""A small file of text, as a field."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

_MESSAGES = {
    "required": "Velg en fil.",
    "missing": "Velg en fil.",
    "invalid": "Velg en fil.",
    "empty": "Filen er tom.",
}


class TextFileField(forms.FileField):
    """Gives the text of the file; `most` bytes, and `too_large` is the sentence for more."""

    def __init__(self, *, most: int, too_large: str, **kwargs: Any) -> None:
        super().__init__(error_messages=_MESSAGES, **kwargs)
        self._most, self._too_large = most, too_large

    def clean(self, data: Any, initial: Any = None) -> str:
        """The text; ValidationError in words."""
        sent: UploadedFile[Any] = super().clean(data, initial)
        if (sent.size or 0) > self._most:
            raise forms.ValidationError(self._too_large)
        try:
            return bytes(sent.read()).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError("Filen er ikke ren tekst (UTF-8).") from error
