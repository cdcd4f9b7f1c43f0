"""Calls at the shared phone. After forwarding a call keeps only reference, time, kommune and state."""

from uuid import UUID

from django.db import models

from regional.hotline.states import KINDS, STATES
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import Row


class Call(Row):
    """A call in the making, a forwarded one without content, or one that was no concern.

    There for its own operator, and without content for those who count calls (see the migration). What is told lies
    under a key of the call's own, which only its operator opens, and which is destroyed when the call is over.
    """

    row_rights = RowRights(people=f"operator = {USER}", purposes={"post": "SELECT, UPDATE"})

    reference = models.CharField(max_length=20, unique=True)
    operator = models.UUIDField()
    operator_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default="open")
    kind = models.CharField(max_length=12, choices=KINDS, blank=True)
    # The told fields: emptied in the same transaction that lays the sealed letter in the post.
    told = SealedJSONField()
    kommune = models.UUIDField(null=True, blank=True)
    letter_id = models.UUIDField(null=True, blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hotline_call"
        indexes = [models.Index(fields=["state", "started_at"], name="hotline_open")]

    class Privacy:
        personal = ("operator", "operator_name", "told")
        free_text = ()
        safe = (
            "id", "reference", "started_at", "ended_at", "state", "kind", "kommune", "letter_id",
            "forwarded_at", "opened_at",
        )  # fmt: skip
        open_because = {
            "reference": "Et tilfeldig nummer som leses opp for den som ringer.",
            "operator_name": "Navnet på den ansatte som tok telefonen, ikke på den som ringte.",
            "state": "En kode fra en fast liste med tre verdier.",
            "kind": "En kode fra en fast liste over samtaler som ikke var en bekymring.",
        }

    @property
    def key_id(self) -> UUID:
        """The call itself."""
        return self.id
