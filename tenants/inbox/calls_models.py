"""Calls that are going on, what was no concern, and whom to call back."""

from uuid import UUID

from django.db import models

from tenants.inbox.calls_states import NO_MATTER, TRIES
from tenants.inbox.models import IN_MATTER, Concern
from varde.access.held import holds, is_a
from varde.access.permissions import Permission
from varde.access.roles import Role
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.keyring import purpose_id
from varde.privacy.models import AppendOnly, Row
from varde.tenancy.door import need_office

# A call back belongs to a matter and is seen like it, or to none yet. Then whoever rings may ring about a colleague: it
# is there for its maker, its owner and the coordinators, and for the first two alone when it is said to be about staff.
# When neither of the two works here any more it is the coordinators' too: nobody who waits is left with nobody.
_LOOSE = (
    f"({holds(Permission.INBOX_READ)} AND (made_by = {USER} OR owner_id = {USER}"
    f" OR ((NOT about_staff OR NOT (team_has(made_by) OR team_has(owner_id))) AND {is_a(Role.COORDINATOR)})))"
)
_SEEN = f"CASE WHEN concern_id IS NULL THEN {_LOOSE} ELSE matter_open(concern_id, {USER}) END"
# A try of a loose one is there with the call back; the rights of that table are asked in turn.
_TRY_SEEN = (
    "CASE WHEN concern_id IS NULL THEN EXISTS (SELECT 1 FROM inbox_callback c WHERE c.id = callback_id)"  # noqa: S608
    f" ELSE matter_open(concern_id, {USER}) END"
)


class Call(Row):
    """A call while it goes on: there for whoever answered it alone, and gone when it has become a concern or nothing.

    The coordinators see one whose operator does not work here any more. `told` holds {"fields": {name: text}, "aside":
    {window: {name: text}}}: what another window wrote at the same time.
    """

    row_rights = RowRights(
        people=f"(operator = {USER} OR NOT calls_answered_by(operator) AND {is_a(Role.COORDINATOR)})",
        purposes={"reminders": "SELECT, UPDATE"},
    )
    operator = models.UUIDField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    told = SealedJSONField()
    # The matter that it is if it becomes one; so what the log says of its beginning is hidden with the matter.
    becomes = models.UUIDField(null=True, editable=False)
    # When the operator, and the coordinators, were told that it lies unfinished; empty again when it is written on.
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "inbox_call"
        indexes = [models.Index(fields=["operator", "started_at"], name="inbox_own_calls")]

    class Privacy:
        personal = ("operator",)
        free_text = ("told",)
        safe = ("id", "started_at", "saved_at", "version", "becomes", "reminded_at", "escalated_at")

    @property
    def key_id(self) -> UUID:
        """The office's key for what is being written: it is no matter yet."""
        return purpose_id(need_office(), "draft")


class CallEnd(AppendOnly):
    """A call that was no concern: when and what it was instead, and not a word of it. Counted by month."""

    row_rights = RowRights(people=holds(Permission.CONCERN_REGISTER))
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=NO_MATTER)

    class Meta:
        db_table = "inbox_callend"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "at", "kind")
        open_because = {"kind": "En kode fra en fast liste, uten innhold."}


class Callback(Row):
    """Somebody who is to be called back, and how that is safe. Until it is done who calls and when may change, and what
    was written be put right, by a trigger too only with what stood before kept as a `CallbackVersion`. Its owner sees
    it, by a trigger too."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=_SEEN, purposes={"verify": "SELECT", "reminders": "SELECT, UPDATE"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="callbacks", null=True, blank=True)
    who = SealedTextField()
    phone = SealedTextField()
    safe_ways = SealedTextField(blank=True)
    not_on_voicemail = SealedTextField(blank=True)
    interpreter = SealedTextField(blank=True)
    listening = SealedTextField(blank=True)
    due_at = models.DateTimeField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    about_staff = models.BooleanField(default=False)
    # Whoever reported the matter: `who` says no more than that, and the number stands sealed in the concern alone.
    to_reporter = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    # When the owner, and when those after them, were told that the time is past; empty again when it gets a new time.
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "inbox_callback"
        indexes = [models.Index(fields=["done_at", "due_at"], name="inbox_callback_due")]

    class Privacy:
        personal = ("who", "phone", "owner", "made_by", "made_by_name")
        free_text = ("safe_ways", "not_on_voicemail", "interpreter", "listening")
        safe = (
            "id", "concern", "due_at", "about_staff", "to_reporter", "made_at", "done_at", "reminded_at",
            "escalated_at",
        )  # fmt: skip
        open_because = {"made_by_name": "Navn på den ansatte som skrev det opp, ikke på den som skal ringes."}

    @property
    def key_id(self) -> UUID:
        """The matter's; without one the office's own for calls back."""
        return self.concern_id or purpose_id(need_office(), "callback")


class CallbackTry(AppendOnly):
    """Somebody tried to call back, and what came of it."""

    row_rights = RowRights(people=_TRY_SEEN)
    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="tries")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()
    result = models.CharField(max_length=12, choices=TRIES)
    note = SealedTextField(blank=True)
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_callbacktry"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("note",)
        safe = ("id", "callback", "concern", "at", "result")
        open_because = {
            "result": "En kode fra en fast liste over hva et forsøk førte til.",
            "by_name": "Navn på den ansatte som ringte. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """As the call back's."""
        return self.concern_id or purpose_id(need_office(), "callback")


class CallbackVersion(AppendOnly):
    """What stood of a call back before somebody put it right: `was` holds the fields that changed, as they were."""

    row_rights = RowRights(people=_TRY_SEEN)
    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="versions")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    was = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_callbackversion"

    class Privacy:
        personal = ("was", "by_user", "by_name")
        free_text = ()
        safe = ("id", "callback", "concern", "at")
        open_because = {"by_name": "Navn på den ansatte som rettet. Står også i innsynsloggen."}

    @property
    def key_id(self) -> UUID:
        """As the call back's."""
        return self.concern_id or purpose_id(need_office(), "callback")


class Caller(AppendOnly):
    """Who rang about a matter that is here already, and how that person is reached: sealed like who reported it.

    `told` holds the fields of the call that speak of whoever rang (`calls_known.OF_THE_CALLER`), and how the exposed is
    reached (`SAFE_OF_PERSON`).
    """

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="callers")
    told = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_caller"

    class Privacy:
        personal = ("told", "by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "at")
        open_because = {"by_name": "Navn på den ansatte som svarte. Står også i innsynsloggen."}

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id
