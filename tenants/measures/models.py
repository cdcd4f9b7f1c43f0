"""The plan of measures: each with kind, service, owner, due date, status, legal ground. Texts are sealed."""

from uuid import UUID

from django.db import models

from tenants.cases.models import IMPORTED_CASE, IN_CASE, Case
from tenants.measures.again_models import TakenUpAgain
from tenants.measures.contacts_models import CaseContact
from tenants.measures.requests_models import Request
from tenants.measures.safety_models import SafetyPlan
from tenants.measures.sharing_models import Sharing
from tenants.measures.states import KINDS, STATES
from varde.access.rows import RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row

__all__ = ["CaseContact", "Measure", "Request", "SafetyPlan", "Sharing", "TakenUpAgain"]


class Measure(Row):
    """Something that is done for the person. How it ended is frozen, by a trigger too; see `TakenUpAgain`."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=IN_CASE,
        purposes={"import": "SELECT", "reminders": "SELECT, UPDATE", "returns": "SELECT", "verify": "SELECT"},
        purpose_rows={"import": IMPORTED_CASE},
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    title = SealedTextField()
    kind = models.CharField(max_length=12, choices=KINDS)
    service = SealedTextField(blank=True)
    legal_ground = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="measures")
    due_on = models.DateField()
    status = models.CharField(max_length=8, choices=STATES, default="planned")
    effect = SealedTextField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "measures_measure"
        indexes = [models.Index(fields=["status", "due_on"], name="measures_due")]

    class Privacy:
        personal = ("owner", "made_by_name", "ended_by_name")
        free_text = ("title", "service", "effect")
        safe = (
            "id",
            "case",
            "kind",
            "legal_ground",
            "due_on",
            "status",
            "made_at",
            "ended_at",
            "reminded_at",
        )
        open_because = {
            "kind": "En kode fra en fast liste med tre verdier.",
            "legal_ground": "En kode fra en fast liste over lovhjemler.",
            "status": "En kode fra en fast liste, som fristene velges ut med.",
            "made_by_name": "Navnet på den ansatte som planla tiltaket, ikke på noen i saken.",
            "ended_by_name": "Navnet på den ansatte som avsluttet tiltaket, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id
