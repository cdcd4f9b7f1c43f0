"""The part of a form that takes files, and the reason that is asked for before an original is given out.

In a view (outermost: `@takes_files(protect=...)` from varde.documents.uploads):

    left_out = attach(concern_id=got.concern_id, files=sent_files(request), by=by, again=got.concern_id != chosen)

In its template: enctype="multipart/form-data" on the form, {% include "inbox/_attachments_field.html" %} in it, and
{% include "inbox/_attachments_left_out.html" %} with `left_out` on the answer.
"""

from django import forms
from django.http import HttpRequest

from varde.documents.uploads import SentFile
from varde.ui.fields import TextField

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
