"""The part of a form that takes files, «Legg ved», and the reason that is asked for before an original is given out.

In a view (outermost: `@takes_files(protect=...)` from varde.documents.uploads):

    left_out = attach(concern_id=got.concern_id, files=sent_files(request), by=by, again=got.concern_id != chosen)

In its template: enctype="multipart/form-data" on the form, {% include "inbox/_attachments_field.html" %} in it, and
{% include "inbox/_attachments_left_out.html" %} with `left_out` on the answer.
"""

from uuid import uuid4

from django import forms
from django.http import HttpRequest

from varde.documents.uploads import SentFile
from varde.ui.fields import LongTextField, TextField

FIELD = "attachments"


def sent_files(request: HttpRequest) -> list[SentFile]:
    """The files of the form, in order. Files of a view that was not prepared for them are not ours."""
    return [file for file in request.FILES.getlist(FIELD) if isinstance(file, SentFile)]


class OriginalForm(forms.Form):
    """Why an original leaves."""

    reason = TextField(
        label="Hvorfor trenger du originalen?",
        help_text="Står i innsynsloggen. Skriv ikke navn.",
        max_length=200,
    )


class LaterForm(forms.Form):
    """What is said of files that come after the report; the files themselves are read by `sent_files`."""

    came_from = LongTextField(
        label="Hvem kom det fra, og hva er det?",
        help_text=(
            "For eksempel: Vedtak om verge, levert av vergen i dag. "
            "Kom det fra den som meldte, skriv «melderen» og ikke navnet."
        ),
        max_length=500,
    )
    # Sent once more, also after a lost answer, the same file is the same.
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=lambda: uuid4().hex)
