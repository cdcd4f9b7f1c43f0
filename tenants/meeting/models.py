"""Meetings of the team: who comes, what is taken up, what was said and decided.

What is about a matter is seen with the matter, sealed under its key and told to nobody else: the same meeting has fewer
points for somebody who does not see it. The rest is sealed under a key of the meeting. Approved minutes are frozen by a
trigger.
"""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.meeting.agenda import KINDS
from tenants.meeting.states import STATES
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row

_TEAM = holds(Permission.CASES)
# A point about a matter is there with the matter, another one for the team.
_ON_AGENDA = f"CASE WHEN concern_id IS NULL THEN {_TEAM} ELSE {IN_MATTER} END"
# Deleting a row that others hang on would tell that there are some which whoever deletes does not see.
NEVER_DELETED = "SELECT, INSERT, UPDATE"
_EMPLOYEE = "Navnet på en ansatt i teamet. Står også i innsynsloggen."


class Meeting(Row):
    """When and where, who leads it and who writes, and how far it has come."""

    office_rights = NEVER_DELETED
    row_rights = RowRights(people=_TEAM, purposes={"verify": "SELECT"})
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = SealedTextField(blank=True)
    link = SealedTextField(blank=True)
    chair = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    minute_taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=STATES, default="planned")
    # What is written that is about no matter.
    general = SealedTextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    # Counts what a calendar must be told: another time, another place, called off, on again.
    sequence = models.PositiveIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "meeting_meeting"
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_when")]

    class Privacy:
        personal = ("chair", "minute_taker", "made_by_name", "approved_by_name")
        free_text = ("place", "link", "general")
        safe = ("id", "starts_at", "minutes", "state", "version", "sequence", "made_at", "approved_at")
        open_because = {
            "state": "En kode fra en fast liste, som listen over møter velges ut med.",
            "made_by_name": _EMPLOYEE,
            "approved_by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The meeting's own."""
        return self.id


class Participant(Row):
    """Somebody who comes: a colleague with an account, or somebody invited by name and service."""

    office_rights = NEVER_DELETED
    row_rights = RowRights(people=_TEAM, purposes={"verify": "SELECT"})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = SealedTextField(blank=True)
    service = SealedTextField(blank=True)
    # Does not come after all. The row stays: what they might hear hangs on it, seen or not.
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "meeting_participant"

    class Privacy:
        personal = ("user", "name", "gone_by_name")
        free_text = ("service",)
        safe = ("id", "meeting", "gone_at")
        open_because = {"gone_by_name": _EMPLOYEE}

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class Item(Row):
    """A point on the agenda and what was said of it. Numbers are made when it is shown."""

    office_rights = NEVER_DELETED
    row_rights = RowRights(people=_ON_AGENDA, purposes={"verify": "SELECT"})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField()
    why = models.CharField(max_length=8, choices=KINDS)
    title = SealedTextField(blank=True)
    off = models.BooleanField(default=False)
    minutes = SealedTextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by_name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "meeting_item"

    class Privacy:
        personal = ("added_by_name", "written_by_name")
        free_text = ("title", "minutes")
        safe = ("id", "meeting", "concern", "position", "why", "off", "version", "added_at")
        open_because = {
            "why": "En kode fra en fast liste: hvorfor punktet står på saklisten.",
            "added_by_name": _EMPLOYEE,
            "written_by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's, or the meeting's for a point about no matter."""
        return self.concern_id or self.meeting_id


class Hearing(Row):
    """On which ground somebody from outside may hear a point about a matter."""

    office_rights = NEVER_DELETED
    row_rights = RowRights(people=_ON_AGENDA)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="hearings")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    reason = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    # Recorded by mistake: it counts no more, and stays.
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    gone_reason = SealedTextField(blank=True)

    class Meta:
        db_table = "meeting_hearing"

    class Privacy:
        personal = ("participant", "by_name", "gone_by_name")
        free_text = ("reason", "gone_reason")
        safe = ("id", "item", "concern", "ground", "at", "gone_at")
        open_because = {
            "ground": "En kode fra en fast liste over lovhjemler.",
            "by_name": _EMPLOYEE,
            "gone_by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id or self.item.meeting_id


class Decision(Row):
    """What was decided on a point. In a matter it took the place of a step that was done, or is a task of its own
    (`own_task`); a task, and what is about no matter, waits here until somebody says what came of it."""

    office_rights = NEVER_DELETED
    row_rights = RowRights(people=_ON_AGENDA, purposes={"reminders": "SELECT"})
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = SealedTextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    own_task = models.BooleanField(default=False, db_default=False)
    # Does it in place of the owner, who was shut out of the matter. Approved minutes still say who it was given to.
    heir = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    came_of = SealedTextField(blank=True)
    # Entered by mistake: it counts no more, and stays.
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    gone_reason = SealedTextField(blank=True)

    class Meta:
        db_table = "meeting_decision"
        indexes = [models.Index(fields=["done_at", "due_at"], name="meeting_due")]

    class Privacy:
        personal = ("owner", "heir", "made_by_name", "done_by_name", "gone_by_name")
        free_text = ("text", "came_of", "gone_reason")
        safe = ("id", "item", "meeting", "concern", "due_at", "own_task", "made_at", "done_at", "gone_at")
        open_because = {"made_by_name": _EMPLOYEE, "done_by_name": _EMPLOYEE, "gone_by_name": _EMPLOYEE}

    @property
    def key_id(self) -> UUID:
        """The matter's, or the meeting's."""
        return self.concern_id or self.meeting_id

    @property
    def is_task(self) -> bool:
        """Does somebody have to say that it is done?"""
        return self.own_task or self.concern_id is None

    @property
    def whose(self) -> str:
        """Who does it, by name."""
        return f"{self.owner.name} (nå {self.heir.name})" if self.heir else self.owner.name
