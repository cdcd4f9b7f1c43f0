"""Forms for those who manage people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from varde.access.roles import ROLES, Role, roles_of
from varde.identity.models import User
from varde.ui.fields import TextField
from varde.ui.seen import SeenForm


class RolesForm(SeenForm):
    """Field `roles`: those of this type of office."""

    roles = forms.MultipleChoiceField(label="Roller", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["roles"]
        field.choices = [(role.value, f"{ROLES[role].label}. {ROLES[role].sentence}") for role in roles_of(kind)]

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(value) for value in self.cleaned_data["roles"]]


class InviteForm(RolesForm):
    """Fields `name`, `email`, `service`, `roles`."""

    name = TextField(label="Navn", max_length=120)
    email = forms.EmailField(label="E-post", max_length=254)
    service = TextField(label="Tjeneste", max_length=120, required=False, help_text="For eksempel hjemmetjenesten.")
    field_order = ["name", "email", "service", "roles"]

    def clean_email(self) -> str:
        """Nobody has two accounts in an office."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("Det finnes alt en konto med denne e-posten.")
        return email
