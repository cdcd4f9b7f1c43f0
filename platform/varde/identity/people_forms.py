"""Forms for those who manage people."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from varde.access.roles import ROLES, Role, roles_of
from varde.identity import lending
from varde.identity.models import User
from varde.tenancy.door import OfficeRef
from varde.text import norwegian
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


class LenderField(forms.TypedChoiceField):
    """On behalf of which kommune somebody is here: one of those in the same agreement, or none."""

    def __init__(self) -> None:
        help_text = "Bare for en som er utlånt hit. Kontoen virker så lenge avtalen låner ut folk med disse rollene."
        super().__init__(
            label="Handler på vegne av", required=False, coerce=UUID, empty_value=None, help_text=help_text
        )

    def offer(self, office: OfficeRef, now: UUID | None = None) -> bool:
        """The kommuner to choose from, and the one that stands there now; False when there are none."""
        found = {each.id: each.name for each in lending.lenders(office)}
        if now is not None and now not in found:
            found[now] = f"{lending.name_of(now)} (låner ikke ut folk hit nå)"
        by_name = sorted(found.items(), key=lambda each: norwegian(each[1]))
        self.choices = [("", f"{office.name} selv"), *((str(key), name) for key, name in by_name)]
        return bool(found)


class LenderForm(SeenForm):
    """Field `for_office`."""

    for_office = LenderField()

    def __init__(self, *args: Any, office: OfficeRef, now: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["for_office"]
        self.any = field.offer(office, now)


class InviteForm(RolesForm):
    """Fields `name`, `email`, `service`, `for_office` where somebody may be lent, `roles`."""

    name = TextField(label="Navn", max_length=120)
    email = forms.EmailField(label="E-post", max_length=254)
    service = TextField(label="Tjeneste", max_length=120, required=False, help_text="For eksempel hjemmetjenesten.")
    for_office = LenderField()
    field_order = ["name", "email", "service", "for_office", "roles"]

    def __init__(self, *args: Any, office: OfficeRef, **kwargs: Any) -> None:
        super().__init__(*args, kind=office.kind, **kwargs)
        field: Any = self.fields["for_office"]
        if not field.offer(office) and not self.data.get("for_office"):  # else who was to be lent would be our own
            del self.fields["for_office"]

    def clean_email(self) -> str:
        """Nobody has two accounts in an office."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("Det finnes alt en konto med denne e-posten.")
        return email
