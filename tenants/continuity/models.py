"""Who has a pack of each morning, the passphrase that it opens with, and how the office wants it. No pack lies here."""

from uuid import UUID

from django.db import models

from tenants.continuity.states import Rule
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.keyring import purpose_id
from varde.privacy.models import AppendOnly, Row
from varde.tenancy.door import need_office

_SETS = holds(Permission.SETTINGS)


class PackRule(AppendOnly):
    """From `at` the packs are made so; the newest counts."""

    row_rights = RowRights(people="true", may_insert=_SETS)
    active = models.BooleanField()
    hour = models.PositiveSmallIntegerField()
    keep_days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "continuity_rule"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "active", "hour", "keep_days", "at")
        open_because = {"by_name": "Navnet på den ansatte som satte det. Står også i innsynsloggen."}

    @property
    def rule(self) -> Rule:
        """As the rules want it."""
        return Rule(self.active, self.hour, self.keep_days)


class Holder(Row):
    """Somebody for whom a pack is made each morning, until it is ended. `id` names the folder; `made_at`: the last.

    `stale_since`: they lost sight of something that a pack outside may hold, and no round has taken those away yet.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people="true",
        may_insert=f"user_id = {USER}",
        may_change=f"user_id = {USER} OR {_SETS}",
        purposes={"continuity": "SELECT, UPDATE"},
    )
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    stale_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "continuity_holder"

    class Privacy:
        personal = ("user", "ended_by_name")
        free_text = ()
        safe = ("id", "since", "made_at", "stale_since", "ended_at")
        open_because = {"ended_by_name": "Navnet på den ansatte som avsluttet det. Står også i innsynsloggen."}


class Passphrase(Row):
    """What a person's packs open with. Not in use before the person has typed it back from paper; shown once.

    The platform needs it each morning, so it lies here, sealed. It opens packs and nothing else.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=f"user_id = {USER}", purposes={"continuity": "SELECT"})
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret = SealedTextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "continuity_passphrase"

    class Privacy:
        personal = ("user", "secret")
        free_text = ()
        safe = ("id", "made_at", "confirmed_at", "ended_at")

    @property
    def key_id(self) -> UUID:
        """The office's own key for packs."""
        return purpose_id(need_office(), "continuity")
