"""A concern from the phone: what came with it beside the told words, and whether it was sent back as misrouted; and
test concerns, which are never concerns."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.inbox.returned_states import WHY
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import PURPOSE, USER, RowRights, said_now
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import AppendOnly, Row

_READS = holds(Permission.INBOX_READ)


class FromPhone(AppendOnly):
    """What the letter said beside the told words: who answered, how often it has come back, what was done at once
    ({"rows": [{what, at, by_service, note}]}) and what was written where it came back from ({"rows": [{at, text}]})."""

    row_rights = RowRights(people=IN_MATTER, may_insert="false", deposit=f"{PURPOSE} = 'post'")
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="from_phone")
    service = models.CharField(max_length=12, blank=True)
    times = models.PositiveSmallIntegerField(default=0)
    done = SealedJSONField()
    noted = SealedJSONField()

    class Meta:
        db_table = "inbox_fromphone"

    class Privacy:
        personal = ()
        free_text = ("done", "noted")
        safe = ("id", "concern", "service", "times")
        open_because = {"service": "Kode fra en fast liste."}

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class Returned(Row):
    """This concern was sent back to the phone. `gone_at`: a person at the right kommune has it; the copy here ended."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{IN_MATTER} AND by_user = {USER} AND {said_now()}",
        may_change="false",
        purposes={"ledger": "SELECT"},
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="returned")
    letter_id = models.UUIDField(unique=True)
    to_office = models.UUIDField()
    why = models.CharField(max_length=15, choices=WHY)
    suggested = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "inbox_returned"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "letter_id", "to_office", "why", "suggested", "at", "gone_at")
        open_because = {
            "why": "Kode fra en fast liste.",
            "suggested": "Et kommunenummer, som er offentlig.",
            "by_name": "Navn på den ansatte som sendte tilbake. Står også i innsynsloggen.",
        }


class Trial(Row):
    """A test concern that came; a person presses a button, and no more becomes of it."""

    # Whoever follows the start of the office sees that one came and was opened; opening it is for those in the inbox.
    row_rights = RowRights(
        people=f"({_READS} OR {holds(Permission.STARTING)})",
        may_insert="false",
        may_change=_READS,
        purposes={"ledger": "SELECT", "starting": "SELECT"},
        deposit=f"{PURPOSE} = 'post'",
    )
    letter_id = models.UUIDField(unique=True)
    reference = models.CharField(max_length=20)
    origin = models.UUIDField()
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "inbox_trial"

    class Privacy:
        personal = ("opened_by_name",)
        free_text = ()
        safe = ("id", "letter_id", "reference", "origin", "at", "opened_at")
        open_because = {
            "reference": "Et nummer på en prøve, som ikke gjelder noen.",
            "opened_by_name": "Navn på den ansatte som åpnet prøven.",
        }


class Ended(AppendOnly):
    """A letter whose concern was deleted here by the rules: laid by a trigger, so that nobody looks for it."""

    office_rights = "SELECT"
    row_rights = RowRights(purposes={"ledger": "SELECT"})
    letter_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "inbox_ended"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "letter_id", "at")
