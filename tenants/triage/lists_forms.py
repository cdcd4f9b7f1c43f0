"""A checklist's file."""

from django import forms

from shared.codes.checklists import LARGEST

_EMPTY = "Velg en fil."


class ChecklistFileForm(forms.Form):
    """A file to look at before it is taken into use."""

    file = forms.FileField(
        label="Fil med sjekkliste (JSON)",
        help_text="For eksempel en liste regionen har delt. Du ser den før den tas i bruk.",
        error_messages={"required": _EMPTY, "missing": _EMPTY, "invalid": _EMPTY, "empty": "Filen er tom."},
    )

    def clean_file(self) -> str:
        """The text of the file."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST * 4:
            raise forms.ValidationError("Filen er for stor til å være en sjekkliste.")
        try:
            return str(sent.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError("Filen er ikke ren tekst (UTF-8).") from error
