"""A document that is laid by a step: what it is, told by its bytes, and whether it may be given to anybody."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from varde.documents.intake import shown_name
from varde.documents.kinds import HEAD_BYTES, KINDS, TAIL_BYTES, recognise
from varde.documents.scanner import Verdict, may_open, scan
from varde.refusal import Refused

MOST = 5 * 1024 * 1024
TAKEN = ("pdf", "docx", "odt", "txt", "jpeg", "png")
ACCEPT = ".pdf,.docx,.odt,.txt,.jpg,.jpeg,.png"
_CHOOSE = "Velg en fil."


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was taken: the name it came with in one short line, the code of its kind, and its bytes."""

    name: str
    kind: str
    content: bytes


class DocumentField(forms.FileField):
    """Gives a `Taken`; ValidationError in words for what is not a document, too large or known to be harmful."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": _CHOOSE, "missing": _CHOOSE, "invalid": _CHOOSE, "empty": "Filen er tom."}
        super().__init__(error_messages=messages, widget=forms.FileInput(attrs={"accept": ACCEPT}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Taken:
        """What was sent."""
        sent: UploadedFile[Any] = super().clean(data, initial)
        if (sent.size or 0) > MOST:
            raise forms.ValidationError(f"Filen er større enn {MOST // 1024 // 1024} MB.")
        content = bytes(sent.read())
        kind = recognise(content[:HEAD_BYTES], content[-TAIL_BYTES:])
        if kind is None or kind.code not in TAKEN:
            raise forms.ValidationError("Vi tar imot PDF, Word, OpenDocument, ren tekst og bilder (JPEG, PNG).")
        if scan([content]).verdict is Verdict.INFECTED:
            raise forms.ValidationError("Filen inneholder skadevare og ble ikke lagret.")
        return Taken(shown_name(sent.name) or "dokument", kind.code, content)


def check_open(content: bytes) -> None:
    """Asked each time it is fetched: raise Refused for a file that is not known to be clean."""
    if not may_open(scan([content]).verdict):
        raise Refused("Filen er ikke virussjekket ennå. Prøv igjen om litt.")


def label(kind: str) -> str:
    """«PDF»"""
    return KINDS[kind].label
