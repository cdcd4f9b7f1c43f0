"""What came back, where it was sent on, what waits too long, and test concerns. Nobody here can read what came back."""

from uuid import UUID

from django.db import models

from regional.delivery.states import STATES, WHY
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import AppendOnly, Row

_PHONE = holds(Permission.HOTLINE, Permission.HOTLINE_MANAGE)
_RUNS = holds(Permission.HOTLINE_MANAGE, Permission.POST_STATUS)


class Returned(Row):
    """A handed-over concern that its kommune sent back. The content lies under a key of the row's own, which no person
    opens: only the purpose that sends it on, and it is ended when the new kommune has stored it."""

    row_rights = RowRights(
        people=_PHONE,
        may_insert="false",
        may_change="false",
        purposes={"post": "SELECT, INSERT, UPDATE", "redirect": "SELECT, UPDATE", "ledger": "SELECT"},
    )
    call = models.UUIDField()
    reference = models.CharField(max_length=20)
    # The letter that came to the wrong place; it can only come back once.
    handover = models.UUIDField(unique=True)
    # The letter that brought it back here.
    came_in = models.UUIDField(unique=True)
    kommune = models.UUIDField()
    why = models.CharField(max_length=15, choices=WHY)
    suggested = models.CharField(max_length=6, blank=True)
    times = models.PositiveSmallIntegerField(default=1)
    content = SealedJSONField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    # Where it went on, by which letter, and when it was stored and opened there.
    sent_to = models.UUIDField(null=True, blank=True)
    letter_id = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    stored_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    # When those at the phone were last told that it still waits.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "delivery_returned"
        indexes = [
            models.Index(fields=["state", "at"], name="delivery_returned_state"),
            models.Index(fields=["call", "at"], name="delivery_returned_call"),
            models.Index(fields=["letter_id"], name="delivery_returned_letter"),
        ]

    class Privacy:
        personal = ("content",)
        free_text = ()
        safe = (
            "id", "call", "reference", "handover", "came_in", "kommune", "why", "suggested", "times", "at", "state",
            "sent_to", "letter_id", "sent_at", "stored_at", "opened_at", "told_at",
        )  # fmt: skip
        open_because = {
            "reference": "Et tilfeldig nummer som leses opp for den som ringer.",
            "why": "En kode fra en fast liste.",
            "suggested": "Et kommunenummer, som er offentlig.",
            "state": "En kode fra en fast liste.",
        }

    @property
    def key_id(self) -> UUID:
        """Its own: the call's key is gone."""
        return self.id


class Order(AppendOnly):
    """Somebody at the phone has said where a returned concern is to go. A task does it: nobody opens the content."""

    row_rights = RowRights(
        people=_PHONE,
        may_insert=f"hotline_answers({USER}) AND by_user = {USER} AND {said_now()}",
        purposes={"redirect": "SELECT", "post": "SELECT"},
    )
    returned = models.ForeignKey(Returned, on_delete=models.PROTECT, related_name="orders")
    to = models.UUIDField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "delivery_order"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "returned", "to", "at")
        open_because = {"by_name": "Navnet på den ansatte som valgte kommune."}


class Waited(AppendOnly):
    """A concern that nobody in the kommune has opened in time: said by the kommune, or seen by our own clock."""

    row_rights = RowRights(people=_PHONE, may_insert="false", purposes={"post": "SELECT, INSERT", "ledger": "SELECT"})
    handover = models.UUIDField(unique=True)
    reference = models.CharField(max_length=20)
    kommune = models.UUIDField()
    since = models.DateTimeField()
    own_clock = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "delivery_waited"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "handover", "reference", "kommune", "since", "own_clock", "at")
        open_because = {"reference": "Et tilfeldig nummer som leses opp for den som ringer."}


class WaitRule(AppendOnly):
    """From `at` a concern that nobody has opened is overdue after so many hours. The newest holds."""

    row_rights = RowRights(
        people=_PHONE,
        may_insert=f"{holds(Permission.HOTLINE_MANAGE)} AND {said_now()}",
        purposes={"post": "SELECT", "ledger": "SELECT"},
    )
    hours = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "delivery_waitrule"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "hours", "at")
        open_because = {"by_name": "Navnet på den ansatte som satte fristen."}


class TestSent(Row):
    """A test concern on its way to a kommune, and when a person there opened it."""

    __test__ = False

    row_rights = RowRights(
        people=_RUNS,
        may_insert=f"{_RUNS} AND {said_now()}",
        may_change="false",
        # The post lays those that a kommune asked for itself.
        purposes={"post": "SELECT, INSERT, UPDATE", "ledger": "SELECT"},
    )
    letter_id = models.UUIDField(unique=True)
    kommune = models.UUIDField()
    reference = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "delivery_testsent"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "letter_id", "kommune", "reference", "at", "opened_at")
        open_because = {
            "reference": "Et nummer på en prøve, som ikke gjelder noen.",
            "by_name": "Navnet på den ansatte som sendte prøven.",
        }
