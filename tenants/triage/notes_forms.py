"""What is typed of a matter before it is a case."""

from typing import Any

from django import forms

from varde.ui.fields import LongTextField


class NoteForm(forms.Form):
    """A note. Its field has an id of its own: on the page of a concern there is a message with a text beside it."""

    text = LongTextField(
        label="Hva har dere fått vite?", max_length=20_000, help_text="Teksten kan ikke endres etterpå."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "notat_%s"
