"""The declaration of confidentiality that every operator signs before anything opens."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.identity.models import User
from varde.privacy.models import AppendOnly

_HOST = holds(Permission.HOTLINE_MANAGE)
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."


class DeclarationText(AppendOnly):
    """The host's own text, and for how many months a signature holds. The newest counts; without one, the shipped."""

    row_rights = RowRights(people="true", may_insert=f"{_HOST} AND {said_now('set_by_name', 'set_at')}")
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    months = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "phone_declarationtext"

    class Privacy:
        personal = ("set_by_name",)
        free_text = ("title", "text")
        safe = ("id", "sha256", "months", "set_at")
        open_because = {
            "title": "Overskriften på erklæringen alle operatører leser.",
            "text": "Erklæringen alle operatører leser, uten noe om noen.",
            "set_by_name": _EMPLOYEE,
            "sha256": "Fingeravtrykk av erklæringen, som ikke sier noe om noen.",
        }


class Declaration(AppendOnly):
    """One signature: who, when, and the very text. It holds until a day, for the text in force, and for the role that
    the person had then."""

    row_rights = RowRights(
        people=f"user_id = {USER} OR {_HOST}",
        may_insert=(
            f"user_id = {USER} AND {holds(Permission.HOTLINE)} AND {said_now('name', 'signed_at')}"
            " AND signed_at > clock_timestamp() - interval '1 hour' AND sha256 = phone_declaration_now()"
            " AND sha256 = encode(sha256(convert_to(title || chr(10) || text, 'UTF8')), 'hex')"
            " AND valid_until <= (signed_at + interval '10 years')::date"
        ),
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    valid_until = models.DateField()

    class Meta:
        db_table = "phone_declaration"
        indexes = [models.Index(fields=["user", "signed_at"], name="phone_declaration_user")]

    class Privacy:
        personal = ("user", "name")
        free_text = ("title", "text")
        safe = ("id", "sha256", "signed_at", "valid_until")
        open_because = {
            "name": _EMPLOYEE,
            "title": "Overskriften på erklæringen alle operatører leser.",
            "text": "Erklæringen slik den var da den ble signert, den samme for alle.",
            "sha256": "Fingeravtrykk av teksten som ble signert.",
        }
