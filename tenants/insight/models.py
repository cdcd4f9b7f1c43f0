"""Requests for access, what was decided on each item, the documents that were given, and what people say against it.

All in a matter and sealed under its key. Somebody who is part of several matters gets one document of each: a document
of two would be read by those who see only one.
"""

from uuid import UUID

from django.db import models

from tenants.inbox.attached import Attachment
from tenants.inbox.models import IN_MATTER, Concern
from tenants.insight.states import ANSWERS, ASKERS, CHOICES, IDENTITIES, STATEMENT_KINDS, STATES
from tenants.persons.models import Person
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row

_CODE = "En kode fra en fast liste."
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."
# Who was let in by break-glass gives nothing out.
_HELD = f"matter_held(concern_id, {USER})"


class AccessRequest(Row):
    """Somebody asks to see what is kept about a person (`person`, a card of the matter)."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_MATTER, may_insert=_HELD, purposes={"reminders": "SELECT"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=10, choices=ASKERS)
    asker_name = SealedTextField(blank=True)
    identity = models.CharField(max_length=12, choices=IDENTITIES)
    received_on = models.DateField()
    due_on = models.DateField()
    # Why the deadline was moved, or why the request was refused.
    reason = SealedTextField(blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="open")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "insight_request"
        indexes = [models.Index(fields=["state", "due_on"], name="insight_due")]

    class Privacy:
        personal = ("person", "asker_name", "made_by_name", "ended_by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "asker", "identity", "received_on", "due_on", "state", "made_at", "ended_at")
        open_because = {
            "asker": _CODE,
            "identity": _CODE,
            "state": _CODE,
            "made_by_name": _EMPLOYEE,
            "ended_by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class ItemDecision(Row):
    """What was chosen for one item of a request. `item` names the row and the line; it counts for the text that
    `seen` is the print of."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_MATTER, may_insert=_HELD)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="decisions")
    item = models.CharField(max_length=120)
    choice = models.CharField(max_length=8, choices=CHOICES)
    text = SealedTextField(blank=True)
    ground = models.CharField(max_length=20, blank=True)
    reason = SealedTextField(blank=True)
    seen = SealedTextField()
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "insight_decision"
        constraints = [models.UniqueConstraint(fields=["request", "item"], name="insight_once")]

    class Privacy:
        personal = ("by_name",)
        free_text = ("text", "reason")
        safe = ("id", "concern", "request", "item", "choice", "ground", "seen", "version", "at")
        open_because = {
            "item": "Navnet på en tabell og et tilfeldig nummer. Sier ikke hva som står der.",
            "choice": _CODE,
            "ground": _CODE,
            "by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class AccessCopy(AppendOnly):
    """The document as it was given: the bytes, and their print to hold another copy against."""

    row_rights = RowRights(people=IN_MATTER, may_insert=_HELD)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    # base64
    pdf = SealedTextField()
    sha256 = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "insight_copy"

    class Privacy:
        personal = ("by_name",)
        free_text = ("pdf",)
        safe = ("id", "concern", "request", "number", "sha256", "at")
        open_because = {"by_name": _EMPLOYEE}

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class AccessFile(AppendOnly):
    """A file whose cleaned copy was given beside a document. Both are of the same matter, by a trigger."""

    row_rights = RowRights(people=IN_MATTER, may_insert=_HELD)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(AccessCopy, on_delete=models.PROTECT, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "insight_file"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "concern", "copy", "attachment")


class Statement(Row):
    """A person's word against what is written, or about the use of it. The word is frozen by a trigger; it stands
    beside the text it is about and never in its place."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_MATTER, may_insert=_HELD)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=STATEMENT_KINDS)
    # The item it is about, as `ItemDecision.item`; "" for the matter as a whole. `about` is what it said then.
    item = models.CharField(max_length=120, blank=True)
    about = SealedTextField(blank=True)
    text = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)
    reason = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "insight_statement"

    class Privacy:
        personal = ("person", "by_name", "answered_by_name")
        free_text = ("about", "text", "reason")
        safe = ("id", "concern", "kind", "item", "at", "answer", "answered_at", "ended_at")
        open_because = {
            "kind": _CODE,
            "item": "Navnet på en tabell og et tilfeldig nummer. Sier ikke hva som står der.",
            "answer": _CODE,
            "by_name": _EMPLOYEE,
            "answered_by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


# The tables of what stands in a file of its own.
from tenants.insight import inquiry_models  # noqa: E402, F401
