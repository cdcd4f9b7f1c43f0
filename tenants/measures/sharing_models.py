"""Decisions to share something out of the team, and the one-time links that carry it; sealed."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.measures.sharing_states import CONSENTS, WAYS
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row


class Sharing(Row):
    """What was shared, with whom, on which ground, and what became of the link. What was decided is frozen."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=IN_MATTER,
        # Who was let in by break-glass shares nothing.
        may_insert=f"matter_held(concern_id, {USER})",
        # The recipient's page sees the one row that its link and code opened in this very transaction.
        purposes={"sharing": "SELECT"},
        purpose_rows={"sharing": "id = (SELECT sharing_opened())"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    recipient = SealedTextField()
    why = SealedTextField()
    consent = models.CharField(max_length=10, choices=CONSENTS)
    consent_why = SealedTextField(blank=True)
    text = SealedTextField()
    way = models.CharField(max_length=10, choices=WAYS)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    # Only keyed hashes: neither link nor code can be read from the database.
    link_hash = models.CharField(max_length=64, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    # The transaction that opened it: only that one may read the row without being a person.
    opened_in = models.BigIntegerField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "measures_sharing"
        indexes = [models.Index(fields=["link_hash"], name="measures_sharing_link")]

    class Privacy:
        personal = ("recipient", "made_by", "made_by_name", "revoked_by_name")
        free_text = ("why", "consent_why", "text")
        safe = (
            "id", "concern", "ground", "consent", "way", "made_at", "link_hash", "code_hash", "expires_at",
            "wrong_tries", "opened_at", "opened_in", "revoked_at",
        )  # fmt: skip
        open_because = {
            "ground": "En kode fra en fast liste over lovhjemler.",
            "consent": "En kode fra en fast liste.",
            "way": "En kode fra en fast liste.",
            "link_hash": "Nøklet avtrykk av lenken, ikke lenken.",
            "code_hash": "Nøklet avtrykk av koden, ikke koden.",
            "made_by_name": "Navnet på den ansatte som delte, ikke på noen i saken.",
            "revoked_by_name": "Navnet på den ansatte som trakk lenken, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id
