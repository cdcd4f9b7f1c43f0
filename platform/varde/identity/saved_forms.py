"""The name of a kept choice."""

from django import forms

from varde.ui.fields import TextField


class NameForm(forms.Form):
    """What somebody calls it."""

    navn = TextField(label="Navn på utvalget", max_length=60)
