"""A machine and the hash of its token. The token itself is shown once and kept nowhere."""

from datetime import datetime

from django.db import models

from varde.access.rows import USER, RowRights
from varde.machines.states import LABELS, holds
from varde.privacy.models import Row


class Machine(Row):
    """A system with a token: the telephone system, or whoever fetches released figures."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"machines_manages({USER})",
        purposes={"machine": "SELECT, UPDATE", "setup": "SELECT, INSERT"},
    )

    name = models.CharField(max_length=100)
    # Codes with blanks between.
    scopes = models.CharField(max_length=100)
    # SHA-256 of 256 random bits: nothing to guess, so nothing to slow down.
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    created_by_name = models.CharField(max_length=200)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "machines_machine"

    class Privacy:
        personal = ("created_by", "created_by_name")
        free_text = ()
        safe = (
            "id", "name", "scopes", "token_hash", "created_at", "last_used_at", "expires_at", "revoked_at",
        )  # fmt: skip
        open_because = {
            "name": "Navnet på et system, ikke på et menneske.",
            "scopes": "Koder fra en fast liste.",
            "token_hash": "Et avtrykk av 256 tilfeldige biter, som ikke kan regnes tilbake.",
            "created_by_name": "Navnet på den ansatte som ga systemet tilgang.",
        }

    def may(self, scope: str) -> bool:
        """Is the token for this?"""
        return scope in self.scopes.split()

    def holds(self, at: datetime) -> bool:
        """May it be used at that moment?"""
        return holds(at, expires_at=self.expires_at, revoked_at=self.revoked_at)

    @property
    def scope_labels(self) -> list[str]:
        """What it may, in words."""
        return [LABELS.get(code, code) for code in self.scopes.split()]
