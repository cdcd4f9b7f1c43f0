"""Requests from people who may be in no matter: sealed each under a key of its own, and what was said of each match.

All coordinators see them, and whoever sees a matter in which the person may be. How one was answered is seen by whoever
answered, and no one else: that no letter was sent would tell of a matter that only they see.
"""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.insight.inquiry import ASKERS, KINDS, STATES, TERM_KINDS
from tenants.insight.states import IDENTITIES
from varde.access.held import is_a
from varde.access.roles import Role
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row

_CODE = "En kode fra en fast liste."
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."
_COORDINATOR = is_a(Role.COORDINATOR)
# The last word counts: nobody speaks in another's name or later than now.
_NOW = "by_name = (SELECT own_name()) AND at <= clock_timestamp() + interval '1 minute'"


class Inquiry(Row):
    """Somebody asks what is kept about them, and nobody knows yet whether there is anything."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"inquiry_open(id, {USER})",
        may_insert=_COORDINATOR,
        may_change=_COORDINATOR,
        purposes={"reminders": "SELECT"},
    )
    name = SealedTextField()
    id_number = SealedTextField(blank=True)
    # As they said it: a day, or what is known of one.
    born_on = SealedTextField(blank=True)
    phone = SealedTextField(blank=True)
    address = SealedTextField(blank=True)
    asker = models.CharField(max_length=10, choices=ASKERS)
    asker_name = SealedTextField(blank=True)
    identity = models.CharField(max_length=12, choices=IDENTITIES)
    received_on = models.DateField()
    due_on = models.DateField()
    # Set by every answer: what only others see is answered for by then.
    final_on = models.DateField(null=True, blank=True)
    # Why the deadline was moved, or that the request was withdrawn.
    reason = SealedTextField(blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "insight_inquiry"
        indexes = [models.Index(fields=["state", "due_on"], name="insight_inquiries_due")]

    class Privacy:
        personal = ("name", "id_number", "born_on", "phone", "address", "asker_name", "made_by_name", "ended_by_name")
        free_text = ("reason",)
        safe = (
            "id", "asker", "identity", "received_on", "due_on", "final_on", "state", "made_at", "ended_at",
        )  # fmt: skip
        open_because = {
            "asker": _CODE,
            "identity": _CODE,
            "state": _CODE,
            "made_by_name": _EMPLOYEE,
            "ended_by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """Its own: it belongs to no matter."""
        return self.pk


class InquiryTerm(AppendOnly):
    """A number, or the first or last word of a name, as a keyed token: what is searched for."""

    row_rights = RowRights(people=f"inquiry_open(inquiry_id, {USER})", may_insert=_COORDINATOR)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=10, choices=TERM_KINDS)
    token = models.BinaryField()

    class Meta:
        db_table = "insight_inquiryterm"

    class Privacy:
        personal = ("token",)
        free_text = ()
        safe = ("id", "inquiry", "kind")
        open_because = {
            "kind": "Kode fra en fast liste: om avtrykket er av et nummer eller et navn.",
            "token": "Nøklet avtrykk (HMAC) under kontorets søkenøkkel, kuttet til 10 byte.",
        }


class InquiryVerdict(AppendOnly):
    """Somebody who sees a matter said whether it is the same person. The last one counts."""

    row_rights = RowRights(people=IN_MATTER, may_insert=f"matter_held(concern_id, {USER}) AND {_NOW}")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "insight_inquiryverdict"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "concern", "inquiry", "same", "at")
        open_because = {"by_name": _EMPLOYEE}


class InquiryAnswer(AppendOnly):
    """How a request was answered, for whoever answered it alone."""

    row_rights = RowRights(people=f"by_user = {USER}", may_insert=f"by_user = {USER} AND {_COORDINATOR}")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "insight_inquiryanswer"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "inquiry", "kind", "at")
        open_because = {"kind": _CODE, "by_name": _EMPLOYEE}
