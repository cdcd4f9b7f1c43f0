"""What one shift writes to the next, and who has read it."""

from uuid import UUID

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row

_OPERATOR = holds(Permission.HOTLINE)


class ShiftNote(Row):
    """A note to the next shift, with what was counted when it was written. Kept for two weeks under a key of its own.

    It should say nothing of what a caller said, and it is sealed in case it does. Nobody changes one.
    """

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=f"{_OPERATOR} AND (SELECT phone_declared(access_user()))",
        may_insert=f"user_id = {USER} AND {_OPERATOR} AND (SELECT phone_declared(access_user()))",
        may_change="false",
        purposes={"keys": "SELECT, DELETE"},
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    text = SealedTextField()
    counted = models.JSONField(default=list)

    class Meta:
        db_table = "phone_shiftnote"
        indexes = [models.Index(fields=["written_at"], name="phone_shiftnote_when")]

    class Privacy:
        personal = ("user", "name")
        free_text = ("text",)
        safe = ("id", "written_at", "counted")
        open_because = {
            "name": "Navnet på den ansatte som skrev. Står også i innsynsloggen.",
            "counted": "Bare antall, med navnet på det som er talt.",
        }

    @property
    def key_id(self) -> UUID:
        """The note itself."""
        return self.id


class NoteRead(Row):
    """Somebody has read a note."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=f"{_OPERATOR} AND (SELECT phone_declared(access_user()))",
        may_insert=f"user_id = {USER} AND {_OPERATOR} AND (SELECT phone_declared(access_user()))",
        may_change="false",
        purposes={"keys": "SELECT, DELETE"},
    )
    note = models.ForeignKey(ShiftNote, on_delete=models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "phone_noteread"
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="phone_read_once")]

    class Privacy:
        personal = ("user", "name")
        free_text = ()
        safe = ("id", "note", "at")
        open_because = {"name": "Navnet på den ansatte som leste. Står også i innsynsloggen."}
