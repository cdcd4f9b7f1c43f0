"""A matter that another kommune has taken over, and what came with one that was taken over here."""

from uuid import UUID

from django.db import models

from tenants.closing.transfer import REASONS
from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import PURPOSE, RowRights
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly


class Transfer(AppendOnly):
    """This matter was sent to another kommune's team. Seen by those who see the matter."""

    # Who counts must know what is counted elsewhere.
    row_rights = RowRights(people=IN_MATTER, purposes={"ledger": "SELECT", "returns": "SELECT"})
    # A matter ends when it is handed over, so that happens once.
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="transfer")
    to_office = models.UUIDField()
    letter_id = models.UUIDField(unique=True)
    reason = models.CharField(max_length=12, choices=REASONS)
    # What the recipient's team was told, kept for those who have to account for it here.
    summary = SealedTextField()
    with_notes = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "closing_transfer"

    class Privacy:
        personal = ("by_user", "by_name", "to_office")
        free_text = ("summary",)
        safe = ("id", "concern", "letter_id", "reason", "with_notes", "at")
        open_because = {
            "reason": "En kode fra en fast liste.",
            "by_name": "Navnet på den ansatte som overførte, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id


class TransferOpened(AppendOnly):
    """An office says that a named person there has opened a letter.

    The post lays it here without reading anything, so an office can claim what it likes: it counts only for the letter
    that went to that office.
    """

    row_rights = RowRights(
        people="EXISTS (SELECT 1 FROM closing_transfer t WHERE t.letter_id = closing_transferopened.letter_id"
        " AND t.to_office = closing_transferopened.office)",
        may_insert="false",
        deposit=f"{PURPOSE} = 'post'",
        purposes={"ledger": "SELECT"},
    )
    letter_id = models.UUIDField()
    office = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "closing_transferopened"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "letter_id", "office", "at")


class Arrival(AppendOnly):
    """What came from the other kommune beside the told words, which lie in the concern: frozen like them."""

    # "keys" lays the tokens of told places anew, and must know which of them are protected.
    row_rights = RowRights(
        people=IN_MATTER, may_insert="false", deposit=f"{PURPOSE} = 'post'", purposes={"keys": "SELECT"}
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="arrival")
    from_office = models.UUIDField()
    reason = models.CharField(max_length=12, choices=REASONS)
    summary = SealedTextField()
    # {"decisions": [{at, category, outcome, reason}], "notes": [{at, text}], "known", "files": as in the letter}
    earlier = SealedJSONField()
    sent_at = models.DateTimeField()
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "closing_arrival"

    class Privacy:
        personal = ()
        free_text = ("summary", "earlier")
        safe = ("id", "concern", "from_office", "reason", "sent_at", "arrived_at")
        open_because = {"reason": "En kode fra en fast liste."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id


class TakenIn(AppendOnly):
    """Somebody here has laid the cards and the warnings that came along in the matter; once."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "closing_takenin"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "at")
        open_because = {"by_name": "Navnet på den ansatte som la kortene inn, ikke på noen i saken."}
