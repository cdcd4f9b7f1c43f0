"""Choosing a person in a form."""

from collections.abc import Iterable
from typing import Any

from django import forms

from varde.identity.models import User


def let_choose(form: forms.Form, names: Iterable[str], people: Iterable[User], empty: str = "Velg") -> dict[str, User]:
    """Offer these people in the fields named; returns them by what the form will say. `empty` is for nobody."""
    found = {str(person.pk): person for person in people}
    for name in names:
        field: Any = form.fields[name]
        field.choices = [("", empty), *((key, person.name) for key, person in found.items())]
    return found
