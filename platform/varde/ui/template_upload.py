"""A risk template comes as a file that is looked at before anything is done with it: in the region as in an office."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse

from shared.codes.template_file import LARGEST, BadTemplate, load
from varde.refusal import Refused
from varde.ui.files import TextFileField

type Show = Callable[..., HttpResponse]
"""The page with the form given; `status`, `faults` or `preview` and `text` by name."""


class TemplateFileForm(forms.Form):
    """A file to look at first."""

    file = TextFileField(
        label="Fil med mal (JSON)",
        help_text="Du får se over malen før noe skjer med den.",
        most=LARGEST * 4,
        too_large="Filen er for stor til å være en mal.",
    )


def template_upload(request: HttpRequest, *, show: Show, keep: Callable[[str], HttpResponse]) -> HttpResponse:
    """POST of a file shows what is in it, or says what is wrong; POST of its text keeps it."""
    if request.method != "POST":
        return show(TemplateFileForm())
    form = TemplateFileForm(request.POST, request.FILES)
    try:
        if "text" in request.POST:
            return keep(request.POST["text"])
        if not form.is_valid():
            return show(form, status=422)
        text = form.cleaned_data["file"]
        return show(form, preview=load(text), text=text)
    except BadTemplate as bad:
        return show(TemplateFileForm(), faults=bad.faults, status=422)
    except Refused as error:
        return refused(show, error)


def refused(show: Show, error: Refused) -> HttpResponse:
    """The page, with the sentence that says why not."""
    form = TemplateFileForm({})
    form.add_error(None, str(error))
    del form.errors["file"]
    return show(form, status=422)
