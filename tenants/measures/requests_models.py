"""What other services and partners are asked to do in a case, and what they answered; sealed."""

from uuid import UUID

from django.db import models

from tenants.cases.models import Case
from tenants.inbox.models import IN_MATTER, Concern
from tenants.measures.requests_states import HOWS, STATES
from tenants.team.partners_models import Partner
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row

_ASKED = f"recipient_id = {USER} AND NOT matter_denied(concern_id, {USER}) AND NOT request_covered(concern_id)"
# Whoever was asked sees for a while that it was withdrawn, and may neither change it nor open its words.
_GIVEN = f"{_ASKED} AND request_shown(state, answered_at, due_on)"
_LISTED = f"{_ASKED} AND request_listed(answered_at, due_on)"


class Request(Row):
    """One request. A kontaktperson that it is given to sees the row and nothing else of the matter."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"({_LISTED}) OR {IN_MATTER}",
        may_change=f"({_GIVEN}) OR {IN_MATTER}",
        # Else anybody could give themselves a request in a matter, and with it the matter's key. Who was let in by
        # break-glass sends nothing out.
        may_insert=f"matter_held(concern_id, {USER}) "
        "AND (recipient_id IS NULL OR NOT matter_denied(concern_id, recipient_id))",
        purposes={"reminders": "SELECT, UPDATE", "verify": "SELECT"},
    )
    # Both: whoever answers sees no case, and must be able to seal under the matter's key.
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    # One of the two: a partner of the directory, or a kontaktperson here.
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked = SealedTextField()
    ground = models.CharField(max_length=60)
    secrecy = models.CharField(max_length=20)
    due_on = models.DateField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default="sent")
    sent_at = models.DateTimeField()
    sent_by_name = models.CharField(max_length=200)
    received_at = models.DateTimeField(null=True, blank=True)
    received_how = models.CharField(max_length=10, choices=HOWS, blank=True)
    received_by = SealedTextField(blank=True)
    answer = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Who has not been told yet that something is new: the recipient of the request, or its owner of an answer.
    to_tell = models.CharField(max_length=10, blank=True)

    class Meta:
        db_table = "measures_request"
        indexes = [
            models.Index(fields=["recipient", "state"], name="measures_request_given"),
            models.Index(fields=["state", "due_on"], name="measures_request_due"),
        ]

    class Privacy:
        personal = ("recipient", "owner", "sent_by_name", "received_by", "answered_by_name")
        free_text = ("asked", "answer")
        safe = (
            "id", "concern", "case", "partner", "ground", "secrecy", "due_on", "state", "sent_at", "received_at",
            "received_how", "answered_at", "reminded_at", "to_tell",
        )  # fmt: skip
        open_because = {
            "ground": "En kode fra en fast liste over lovhjemler.",
            "secrecy": "En kode fra en fast liste.",
            "state": "En kode fra en fast liste, som påminnelser velges ut med.",
            "received_how": "En kode fra en fast liste.",
            "to_tell": "En kode fra en fast liste: hvem som ikke er varslet ennå.",
            "sent_by_name": "Navnet på den ansatte som spurte, ikke på noen i saken.",
            "answered_by_name": "Navnet på den ansatte som førte svaret inn, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id

    @property
    def to_whom(self) -> str:
        """The name of whoever was asked."""
        if self.recipient is not None:
            service = f" ({self.recipient.service})" if self.recipient.service else ""
            return f"{self.recipient.name}{service}"
        return self.partner.name if self.partner else ""
