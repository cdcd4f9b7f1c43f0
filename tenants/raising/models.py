"""System matters: what the team raises to the region's leader team, what was said, and how the kommune has it set."""

from uuid import UUID

from django.db import models

from shared.codes.matters import URGENCIES, category_label
from tenants.raising import states
from varde.access.held import holds, is_a
from varde.access.permissions import Permission
from varde.access.roles import Role
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly, Row

_TEAM = holds(Permission.MATTER_RAISE)
_OWN = f"made_by = {USER}"
# A draft is its writer's; what waits is seen by whoever approves too; what was sent is the whole team's.
_SEEN = (
    f"{_TEAM} AND ({_OWN} OR state NOT IN ('draft', 'waiting', 'back')"
    f" OR state IN ('waiting', 'back') AND {is_a(Role.COORDINATOR)})"
)
_OF_MATTER = "EXISTS (SELECT 1 FROM raising_raised r WHERE r.id = raised_id)"
_EMPLOYEE = "Navnet på den ansatte som skrev eller godkjente. Står også i innsynsloggen."


class Raised(Row):
    """A system matter. Its text is sealed under a key of its own, in case somebody is told of in a draft."""

    office_rights = "SELECT, INSERT, UPDATE, DELETE"
    row_rights = RowRights(
        people=_SEEN,
        may_insert=f"{_TEAM} AND {_OWN} AND state = 'draft'",
        may_delete="false",
        purposes={"post": "SELECT, UPDATE", "ledger": "SELECT", "keys": "SELECT, DELETE"},
    )
    title = SealedTextField()
    what = SealedTextField()
    tried = SealedTextField(blank=True)
    wish = SealedTextField(blank=True)
    category = models.CharField(max_length=40)
    urgency = models.CharField(max_length=10, choices=URGENCIES)
    state = models.CharField(max_length=12, choices=states.STATES, default=states.DRAFT)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    approved_by_name = models.CharField(max_length=200, blank=True)
    region = models.UUIDField(null=True)
    region_name = models.CharField(max_length=200, blank=True)
    letter_id = models.UUIDField(null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    # What came from the region until then has been read by somebody.
    read_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "raising_raised"
        indexes = [models.Index(fields=["state", "changed_at"], name="raising_by_state")]

    class Privacy:
        personal = ("made_by", "made_by_name", "approved_by_name")
        free_text = ("title", "what", "tried", "wish")
        safe = (
            "id", "category", "urgency", "state", "version", "made_at", "changed_at", "region", "region_name",
            "letter_id", "sent_at", "read_at", "over_at",
        )  # fmt: skip
        open_because = {
            "state": "Kode fra en fast liste.",
            "category": "Kode fra en fast liste.",
            "urgency": "Kode fra en fast liste.",
            "region_name": "Navnet på regionen den ble sendt til.",
            "made_by_name": _EMPLOYEE,
            "approved_by_name": _EMPLOYEE,
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
    def state_label(self) -> str:
        """In words."""
        return states.label(self.state)

    @property
    def state_color(self) -> str:
        """Of its tag."""
        return states.color(self.state)


class RaisedWord(Row):
    """One thing said of a matter, by the kommune ("out") or the leader team ("in"), or between the kommune's own.

    Of the kommune's own words `sent_at` is empty while they wait for somebody to approve them.
    """

    office_rights = "SELECT, INSERT, UPDATE, DELETE"
    row_rights = RowRights(
        people=_OF_MATTER,
        may_insert=f"{_OF_MATTER} AND way <> 'in' AND made_by = {USER}",
        may_change=f"{_OF_MATTER} AND way <> 'in'",
        may_delete="false",
        purposes={"post": "SELECT, INSERT", "ledger": "SELECT", "keys": "SELECT, DELETE"},
    )
    raised = models.ForeignKey(Raised, on_delete=models.PROTECT, related_name="words")
    way = models.CharField(
        max_length=4, choices=[("out", "fra kommunen"), ("in", "fra lederteamet"), ("own", "internt")]
    )
    said = models.CharField(max_length=12)
    text = SealedTextField(blank=True)
    meeting = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    measures = SealedJSONField(blank=True)
    at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    letter_id = models.UUIDField(null=True, unique=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "raising_word"
        indexes = [models.Index(fields=["raised", "at"], name="raising_words")]

    class Privacy:
        personal = ("made_by", "by_name")
        free_text = ("text", "measures", "meeting", "decision")
        safe = ("id", "raised", "way", "said", "at", "letter_id", "sent_at")
        open_because = {
            "way": "Kode fra en fast liste.",
            "said": "Kode fra en fast liste.",
            "meeting": "Hvilket møte i lederteamet, fra regionen.",
            "decision": "Vedtakets nummer, fra regionen.",
            "by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.raised_id

    @property
    def waits(self) -> bool:
        """Written here, and not approved yet."""
        return self.way == "out" and self.sent_at is None

    @property
    def label(self) -> str:
        """What was said, in words."""
        return states.SAID[self.said]


class RaisedDoubt(Row):
    """A finding of the screening that the writer said is about nobody, per kind, and why. The count travels, nothing
    else."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people=_OF_MATTER,
        may_insert=f"{_OF_MATTER} AND by_user = {USER}",
        may_change="false",
        purposes={"keys": "SELECT, DELETE"},
    )
    raised = models.ForeignKey(Raised, on_delete=models.PROTECT, related_name="doubts")
    word = models.ForeignKey(RaisedWord, on_delete=models.PROTECT, null=True, related_name="doubts")
    kind = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    reason = SealedTextField()
    # Which findings it was said of: a print, so that another finding asks anew.
    found = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "raising_doubt"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "raised", "word", "kind", "count", "found", "at")
        open_because = {
            "kind": "Kode fra en fast liste.",
            "found": "Et avtrykk, ikke det som ble funnet.",
            "by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.raised_id


class RaisingSetting(AppendOnly):
    """Must the coordinator approve what a team member writes, and how many years is a matter kept after its end?

    The newest holds. No years: nobody has decided, and nothing is deleted.
    """

    row_rights = RowRights(
        people=f"{_TEAM} OR {holds(Permission.SETTINGS)}",
        may_insert=holds(Permission.SETTINGS),
        purposes={"keys": "SELECT"},
    )
    approve = models.BooleanField(default=True)
    keep_years = models.PositiveSmallIntegerField(null=True)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "raising_setting"

    class Privacy:
        personal = ("set_by_name",)
        free_text = ()
        safe = ("id", "approve", "keep_years", "set_at")
        open_because = {"set_by_name": _EMPLOYEE}
