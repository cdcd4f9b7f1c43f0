"""A template's file, to look at before it is sent."""

from django import forms

from shared.codes.template_file import LARGEST
from varde.ui.files import TextFileField


class TemplateFileForm(forms.Form):
    """What is to be handed out."""

    file = TextFileField(
        label="Fil med mal (JSON)",
        help_text="Du ser malen før den sendes til kommunene.",
        most=LARGEST * 4,
        too_large="Filen er for stor til å være en mal.",
    )
