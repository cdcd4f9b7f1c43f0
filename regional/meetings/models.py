"""The leader team's meetings: when, who is called, what is taken up, what was decided, and who sees to it.

Nothing of any case belongs here. What is written is sealed under a key of the meeting. Approved minutes are frozen by
a trigger; a correction is an addendum.
"""

from uuid import UUID

from django.db import models

from regional.meetings.states import KINDS, PRESENCE, STATES
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row

_READS = holds(Permission.LEADERS_READ)
_MANAGES = holds(Permission.LEADERS_MANAGE)
# Whoever leads the meeting or writes at it, if they have an account here; see the migration.
_WRITES = f"{_MANAGES} OR {_READS} AND meetings_led(meeting_id, {USER})"
_NEVER_DELETED = "SELECT, INSERT, UPDATE"
_STAFF = "Navnet på en ansatt i regionen. Står også i innsynsloggen."
_SETUP = "SELECT, INSERT, UPDATE"


class MeetingRules(AppendOnly):
    """When, what is always on the agenda, and how many must come; the newest one is in force."""

    row_rights = RowRights(people=_READS, may_insert=_MANAGES, purposes={"setup": "SELECT, INSERT"})
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    days_before = models.PositiveSmallIntegerField()
    # Not in the weeks when everybody is away.
    quiet = models.BooleanField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    # Percent of those called that must be there, in person or by a substitute.
    quorum = models.PositiveSmallIntegerField()
    # Does the minute-taker approve too?
    both_approve = models.BooleanField()
    # Titles, in order.
    fixed_items = models.JSONField(default=list)

    class Meta:
        db_table = "meetings_rules"
        indexes = [models.Index(fields=["at"], name="meetings_rules_newest")]

    class Privacy:
        personal = ("by_name",)
        free_text = ("place", "fixed_items")
        safe = ("id", "at", "days_before", "quiet", "starts", "minutes", "quorum", "both_approve")
        open_because = {
            "by_name": _STAFF,
            "place": "Stedet møtene vanligvis holdes.",
            "fixed_items": "Overskriftene på punkter som alltid er med. Ingen personer.",
        }


class Meeting(Row):
    """When and where, who leads it and who writes, and how far it has come."""

    office_rights = _NEVER_DELETED
    row_rights = RowRights(
        people=_READS,
        may_insert=_MANAGES,
        may_change=f"{_MANAGES} OR {_READS} AND {USER} IN (chair_user_id, taker_user_id)",
        purposes={"setup": _SETUP, "reminders": "SELECT", "sharing": "SELECT"},
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    # The reporting deadline that it comes before; none for one between.
    deadline = models.DateField(null=True, blank=True)
    place = SealedTextField(blank=True)
    link = SealedTextField(blank=True)
    state = models.CharField(max_length=9, choices=STATES, default="planned")
    # Kommuner whose turn it is (or was), and the people; empty until it is called.
    chair_kommune = models.UUIDField(null=True, blank=True)
    taker_kommune = models.UUIDField(null=True, blank=True)
    chair_name = SealedTextField(blank=True)
    taker_name = SealedTextField(blank=True)
    chair_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taker_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The kommuner that could have had an office when it was called.
    in_turn = models.JSONField(default=list)
    quorum = models.PositiveSmallIntegerField(default=50)
    both_approve = models.BooleanField(default=False)
    # Counts what a calendar must be told, what changes who comes, and how often the minutes went out.
    sequence = models.PositiveIntegerField(default=0)
    people_version = models.PositiveIntegerField(default=0)
    round = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    called_at = models.DateTimeField(null=True, blank=True)
    # Of one that was held without having been called here: when it was entered, and why only then.
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_why = SealedTextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "meetings_meeting"
        indexes = [models.Index(fields=["state", "starts_at"], name="meetings_when")]

    class Privacy:
        personal = ("chair_name", "taker_name", "chair_user", "taker_user", "made_by_name")
        free_text = ("place", "link", "entered_why")
        safe = (
            "id", "starts_at", "minutes", "deadline", "state", "chair_kommune", "taker_kommune", "in_turn", "quorum",
            "both_approve", "sequence", "people_version", "round", "made_at", "called_at", "entered_at", "sent_at",
            "approved_at",
        )  # fmt: skip
        open_because = {
            "state": "En kode fra en fast liste.",
            "in_turn": "Kommunene som hadde tur, med id.",
            "made_by_name": _STAFF,
        }

    @property
    def key_id(self) -> UUID:
        """The meeting's own."""
        return self.id


class Item(Row):
    """A point on the agenda, and what was said of it. Numbers are made when it is shown."""

    office_rights = _NEVER_DELETED
    row_rights = RowRights(people=_READS, may_insert=_WRITES, may_change=_WRITES, purposes={"setup": _SETUP})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=KINDS)
    # The system matter, the measure or the earlier decision that it is about.
    about = models.UUIDField(null=True, blank=True)
    title = SealedTextField()
    text = SealedTextField(blank=True)
    text_version = models.PositiveIntegerField(default=0)
    said = SealedTextField(blank=True)
    said_version = models.PositiveIntegerField(default=0)
    said_by_name = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    off = models.BooleanField(default=False)

    class Meta:
        db_table = "meetings_item"

    class Privacy:
        personal = ("said_by_name",)
        free_text = ("title", "text", "said")
        safe = ("id", "meeting", "position", "kind", "about", "text_version", "said_version", "said_at", "off")
        open_because = {"kind": "En kode fra en fast liste.", "said_by_name": _STAFF}

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class Invitee(Row):
    """Somebody who is called: to the whole meeting or to one point, and whether they came."""

    office_rights = _NEVER_DELETED
    row_rights = RowRights(people=_READS, may_insert=_WRITES, may_change=_WRITES, purposes={"setup": _SETUP})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitees")
    # In the leader team's own list; the words here are as they were when the meeting was called.
    member = models.UUIDField(null=True, blank=True)
    name = SealedTextField()
    email = SealedTextField(blank=True)
    kommune = models.CharField(max_length=100, blank=True)
    kommune_id = models.UUIDField(null=True, blank=True)
    # What they sit as, in words.
    sits_as = SealedTextField(blank=True)
    coordinator = models.BooleanField(default=False)
    only_item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presence = models.CharField(max_length=10, choices=PRESENCE, blank=True)
    substitute = SealedTextField(blank=True)
    reason = SealedTextField(blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "meetings_invitee"

    class Privacy:
        personal = ("member", "name", "email", "substitute")
        free_text = ("sits_as", "reason")
        safe = ("id", "meeting", "kommune", "kommune_id", "coordinator", "only_item", "presence", "gone_at")
        open_because = {
            "kommune": "Navnet på en kommune.",
            "presence": "En kode fra en fast liste.",
        }

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class Decision(Row):
    """What was decided on a point, who sees to it, and by which day; open until somebody says what came of it."""

    office_rights = _NEVER_DELETED
    row_rights = RowRights(
        people=_READS,
        may_insert=_WRITES,
        may_change=f"{_WRITES} OR {_READS} AND owner_user_id = {USER}",
        purposes={"setup": _SETUP, "reminders": "SELECT, UPDATE"},
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    text = SealedTextField()
    # A person called to the meeting, or a kommune; in words as it was decided.
    owner = SealedTextField()
    owner_email = SealedTextField(blank=True)
    owner_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_kommune = models.UUIDField(null=True, blank=True)
    due = models.DateField()
    # The system matter that it answered, and the measure of the action plan that it became.
    matter = models.UUIDField(null=True, blank=True)
    measure = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    came_of = SealedTextField(blank=True)
    # Entered by mistake: it counts no more, and stays.
    gone_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "meetings_decision"
        indexes = [models.Index(fields=["done_at", "due"], name="meetings_due")]

    class Privacy:
        personal = ("owner", "owner_email", "owner_user", "made_by_name", "done_by_name")
        free_text = ("text", "came_of")
        safe = (
            "id", "meeting", "item", "owner_kommune", "due", "matter", "measure", "made_at", "done_at", "gone_at",
            "told_at",
        )  # fmt: skip
        open_because = {"made_by_name": _STAFF, "done_by_name": _STAFF}

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class Approval(AppendOnly):
    """The chair's or the minute-taker's yes to the minutes as they went out in a round: their own, or noted."""

    row_rights = RowRights(people=_READS, may_insert=_WRITES, purposes={"setup": "SELECT, INSERT"})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="approvals")
    office = models.CharField(max_length=5, choices=[("chair", "Møteleder"), ("taker", "Referent")])
    round = models.PositiveIntegerField()
    name = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    # How it was said, when somebody else noted it.
    how = SealedTextField(blank=True)

    class Meta:
        db_table = "meetings_approval"

    class Privacy:
        personal = ("name", "by_name")
        free_text = ("how",)
        safe = ("id", "meeting", "office", "round", "at")
        open_because = {"office": "En kode fra en fast liste.", "by_name": _STAFF}

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class Addendum(AppendOnly):
    """A correction of approved minutes; the minutes stay as they are."""

    row_rights = RowRights(people=_READS, may_insert=_WRITES, purposes={"setup": "SELECT, INSERT"})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="addenda")
    text = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "meetings_addendum"

    class Privacy:
        personal = ("by_name",)
        free_text = ("text",)
        safe = ("id", "meeting", "at")
        open_because = {"by_name": _STAFF}

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class MeetingPaper(Row):
    """A file that goes with the agenda: the copy made anew by `varde.documents.beside`, never what was sent."""

    office_rights = _NEVER_DELETED
    row_rights = RowRights(people=_READS, may_insert=_WRITES, may_change=_WRITES, purposes={"setup": _SETUP})
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    title = SealedTextField()
    # A code of varde.documents.kinds.
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    # base64; emptied when it is taken away
    file = SealedTextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "meetings_paper"

    class Privacy:
        personal = ("by_name",)
        free_text = ("title", "file")
        safe = ("id", "meeting", "item", "kind", "size", "at", "gone_at")
        open_because = {"kind": "Hva slags fil, fra en fast liste.", "by_name": _STAFF}

    @property
    def key_id(self) -> UUID:
        """The meeting's."""
        return self.meeting_id


class MeetingFeed(Row):
    """An address at which a calendar program reads when the meetings are; only its hash lies here."""

    office_rights = _NEVER_DELETED
    row_rights = RowRights(people=f"user_id = {USER}", purposes={"sharing": "SELECT"})
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "meetings_feed"
        indexes = [models.Index(fields=["secret_hash"], name="meetings_feed_secret")]

    class Privacy:
        personal = ("user",)
        free_text = ()
        safe = ("id", "secret_hash", "made_at", "ended_at")
        open_because = {"secret_hash": "Avtrykket av en tilfeldig adresse. Adressen selv lagres ikke."}
