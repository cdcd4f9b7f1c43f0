"""System matters as they came from the kommuner, what the leader team says of them, and who takes them in."""

from uuid import UUID

from django.db import models

from regional.matters import states
from shared.codes.matters import URGENCIES, category_label, urgency_label
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly, Row

_READS, _MANAGES = holds(Permission.LEADERS_READ), holds(Permission.LEADERS_MANAGE)
_LEADERS_TAKE_IN = (
    "coalesce((SELECT i.who FROM matters_intake i ORDER BY i.set_at DESC, i.id DESC LIMIT 1), 'secretary') = 'leader'"
)
# What nobody has looked through for personal data, is there for those who take it in alone: also when the kommune ended
# it meanwhile. Of what was sent back the text is gone.
_SEEN = f"{_MANAGES} OR {_READS} AND (taken_in_at IS NOT NULL OR state = 'sent_back' OR {_LEADERS_TAKE_IN})"
_OF_MATTER = "EXISTS (SELECT 1 FROM matters_matter m WHERE m.id = matter_id)"
_EMPLOYEE = "Navnet på den ansatte som gjorde det. Står også i innsynsloggen."


class Matter(Row):
    """A system matter. Sealed under a key of its own, which is ended when it turns out to tell of somebody."""

    office_rights = "SELECT, INSERT, UPDATE, DELETE"
    row_rights = RowRights(
        people=_SEEN,
        may_insert="false",
        may_delete="false",
        purposes={
            "post": "SELECT, INSERT, UPDATE", "ledger": "SELECT", "keys": "SELECT, DELETE",
        },
    )  # fmt: skip
    kommune = models.UUIDField()
    kommune_name = models.CharField(max_length=200)
    # The kommune's own id of it, the same in all letters.
    theirs = models.UUIDField()
    letter_id = models.UUIDField(unique=True)
    title = SealedTextField(blank=True)
    what = SealedTextField(blank=True)
    tried = SealedTextField(blank=True)
    wish = SealedTextField(blank=True)
    category = models.CharField(max_length=40)
    urgency = models.CharField(max_length=10, choices=URGENCIES)
    # Per kind how often the kommune said of a finding that it is about nobody.
    doubts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=states.STATES, default=states.NEW)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True)
    meeting = models.CharField(max_length=200, blank=True)
    # The one it is answered together with.
    into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="similar")
    # What came from the kommune until then has been read.
    read_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "matters_matter"
        indexes = [
            models.Index(fields=["state", "received_at"], name="matters_by_state"),
            models.Index(fields=["kommune", "theirs"], name="matters_theirs"),
        ]

    class Privacy:
        personal = ()
        free_text = ("title", "what", "tried", "wish", "meeting")
        safe = (
            "id", "kommune", "kommune_name", "theirs", "letter_id", "category", "urgency", "doubts", "state", "version",
            "received_at", "taken_in_at", "into", "read_at", "over_at", "changed_at",
        )  # fmt: skip
        open_because = {
            "state": "Kode fra en fast liste.",
            "kommune_name": "Navnet på kommunen.",
            "category": "Kode fra en fast liste.",
            "urgency": "Kode fra en fast liste.",
            "doubts": "Antall per slag. Ingen ord.",
            "meeting": "Hvilket møte i lederteamet.",
        }

    @property
    def key_id(self) -> UUID:
        """Its own."""
        return self.id

    @property
    def category_label(self) -> str:
        """In words."""
        return category_label(self.category)

    @property
    def urgency_label(self) -> str:
        """In words."""
        return urgency_label(self.urgency)

    @property
    def state_label(self) -> str:
        """In words."""
        return states.label(self.state)

    @property
    def state_color(self) -> str:
        """Of its tag."""
        return states.color(self.state)


class MatterWord(Row):
    """One thing said of a matter: to the kommune ("out"), from it ("in"), or a note of the region's own ("own")."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=_OF_MATTER,
        may_insert=f"{_OF_MATTER} AND way <> 'in' AND made_by = {USER}",
        may_change="false",
        purposes={"post": "SELECT, INSERT", "ledger": "SELECT", "keys": "SELECT, DELETE"},
    )
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="words")
    way = models.CharField(max_length=4, choices=[("out", "til kommunen"), ("in", "fra kommunen"), ("own", "internt")])
    said = models.CharField(max_length=12)
    text = SealedTextField(blank=True)
    meeting = SealedTextField(blank=True)
    decision = SealedTextField(blank=True)
    measures = SealedJSONField(blank=True)
    # Of a kommune's word: as of the matter.
    doubts = models.JSONField(default=dict)
    at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    letter_id = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "matters_word"
        indexes = [models.Index(fields=["matter", "at"], name="matters_words")]

    class Privacy:
        personal = ("made_by", "by_name")
        free_text = ("text", "measures", "meeting", "decision")
        safe = ("id", "matter", "way", "said", "doubts", "at", "letter_id")
        open_because = {
            "way": "Kode fra en fast liste.",
            "said": "Kode fra en fast liste.",
            "doubts": "Antall per slag. Ingen ord.",
            "by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.matter_id

    @property
    def label(self) -> str:
        """What was said, in words."""
        return states.SAID[self.said]


class MatterIntake(AppendOnly):
    """Who takes system matters in, and how many years they are kept after they are over. The newest holds.

    No years: nobody has decided, and nothing is deleted.
    """

    row_rights = RowRights(people=_READS, may_insert=_MANAGES, purposes={"keys": "SELECT", "post": "SELECT"})
    who = models.CharField(max_length=10, choices=states.INTAKE)
    keep_years = models.PositiveSmallIntegerField(null=True)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "matters_intake"

    class Privacy:
        personal = ("set_by_name",)
        free_text = ()
        safe = ("id", "who", "keep_years", "set_at")
        open_because = {"who": "Kode fra en fast liste.", "set_by_name": _EMPLOYEE}
