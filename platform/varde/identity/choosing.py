"""Choosing a person in a form."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from varde.identity.models import User


def let_choose(form: forms.Form, names: Iterable[str], people: Iterable[User], empty: str = "Velg") -> dict[str, User]:
    """Offer these people in the fields named; returns them by what the form will say. `empty` is for nobody."""
    found = {str(person.pk): person for person in people}
    for name in names:
        field: Any = form.fields[name]
        field.choices = [("", empty), *((key, person.name) for key, person in found.items())]
    return found


def named_with(people: Iterable[User], asked: object) -> list[tuple[str, str]]:
    """Choices of people for a filter, with whoever the address asks for, who may have left since."""
    found = [(str(person.pk), person.name) for person in people]
    key = as_id(asked)
    if key is not None and str(key) not in {known for known, _ in found}:
        found += [(str(person.pk), f"{person.name} (sluttet)") for person in User.objects.filter(pk=key)]
    return found


def as_id(typed: object) -> UUID | None:
    """An id, as it stands in an address; None for anything else."""
    try:
        return UUID(str(typed))
    except ValueError:
        return None
