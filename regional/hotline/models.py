"""Calls at the shared phone. When the kommune has stored it, a call keeps reference, time, kommune and state."""

from uuid import UUID

from django.db import models

from regional.hotline.callbacks_models import CallBack, CallBackTry
from regional.hotline.states import KINDS, SERVICES, STATES
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly, Row

__all__ = ["CONTENT", "Call", "CallBack", "CallBackTry", "CallEvent"]
# What the operator or the caller said; emptied, and its key destroyed, when the kommune has stored the letter.
CONTENT = ("told", "caller", "passed", "acts")

_TAKING = f"hotline_for_taking(state, offered_at, offered_to, operator, started_at, {USER})"
_IN_SIGHT = f"{_TAKING} OR hotline_just_taken(claimed_at, {USER})"


class Call(Row):
    """A call that rings, is in the making, is sent on, or was no concern.

    There for its own operator; while it rings, was missed, is offered or is left, also for those who may answer;
    without content for those who count calls (see the migrations). Content lies under a key of the call's own, which
    only its operator opens while nobody else has stored it.
    """

    # Nobody deletes a call: whose row is gone has its key still.
    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"operator = {USER} OR {_IN_SIGHT}",
        may_insert=f"operator = {USER} AND hotline_answers({USER})",
        may_change=f"operator = {USER} OR {_TAKING}",
        purposes={
            "post": "SELECT, UPDATE",
            "machine": "SELECT, INSERT, UPDATE",
            "redirect": "SELECT, UPDATE",
            "ledger": "SELECT",
            "reminders": "SELECT",
            "retention": "SELECT, UPDATE",
            # Counts what came of calls when a half-year is closed; the content lies under keys that it does not have.
            "returns": "SELECT",
        },
        purpose_rows={
            "machine": "external_id <> ''",
            "reminders": "state = 'open'",
            "retention": "state IN ('missed', 'ended')",
        },
    )

    reference = models.CharField(max_length=20, unique=True)
    # Nobody's while it rings or was missed.
    operator = models.UUIDField(null=True, blank=True)
    operator_name = models.CharField(max_length=200, blank=True)
    # When it rang, or when the operator began it.
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default="open")
    kind = models.CharField(max_length=12, choices=KINDS, blank=True)
    service = models.CharField(max_length=12, choices=SERVICES, default="hotline")
    line = models.UUIDField(null=True, blank=True)
    # The telephone system's: its own id of the call, when it rang, was answered, was hung up. Empty for a manual one.
    external_id = models.CharField(max_length=64, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    hung_up_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # «withheld», or the last two digits; the whole number is `caller`.
    masked = models.CharField(max_length=10, blank=True)
    caller = SealedTextField(default="", blank=True)
    # The told fields, what the operator did herself ({"rows": [...]}), and what goes with it to the next operator.
    told = SealedJSONField()
    acts = SealedJSONField()
    passed = SealedJSONField()
    # Counts the savings, and the page that made the last one: another page that has seen less is stopped.
    revision = models.PositiveIntegerField(default=0)
    written_by = models.CharField(max_length=32, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    # Empty while it is offered to whoever is on shift.
    offered_to = models.UUIDField(null=True, blank=True)
    kommune = models.UUIDField(null=True, blank=True)
    # The number of the kommune that the call is counted for.
    place = models.CharField(max_length=6, blank=True)
    letter_id = models.UUIDField(null=True, blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hotline_call"
        indexes = [
            models.Index(fields=["state", "started_at"], name="hotline_open"),
            models.Index(fields=["operator", "state"], name="hotline_own"),
            models.Index(fields=["letter_id"], name="hotline_letter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="hotline_one_of_the_system"
            ),
        ]

    class Privacy:
        personal = ("operator", "operator_name", "told", "caller", "passed", "acts", "offered_to", "masked")
        free_text = ()
        safe = (
            "id", "reference", "started_at", "ended_at", "state", "kind", "kommune", "letter_id",
            "forwarded_at", "opened_at", "service", "line", "external_id", "announced_at", "answered_at", "hung_up_at",
            "missed_at", "claimed_at", "revision", "written_by", "offered_at", "place",
        )  # fmt: skip
        open_because = {
            "reference": "Et tilfeldig nummer som leses opp for den som ringer.",
            "operator_name": "Navnet på den ansatte som tok telefonen, ikke på den som ringte.",
            "state": "En kode fra en fast liste.",
            "kind": "En kode fra en fast liste over samtaler som ikke var en bekymring.",
            "service": "En kode fra en fast liste over tjenester som svarer.",
            "external_id": "Telefonsystemets eget nummer på samtalen, ikke telefonnummeret.",
            "place": "Et kommunenummer.",
            "masked": "Skjult, eller de to siste sifrene i nummeret.",
            "written_by": "Et tilfeldig merke for siden som lagret sist.",
        }

    @property
    def key_id(self) -> UUID:
        """The call itself."""
        return self.id


class CallEvent(AppendOnly):
    """What a telephone system has said of a call, once each; the same said again is known by its digest."""

    row_rights = RowRights(purposes={"machine": "SELECT, INSERT"})

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=10)
    at = models.DateTimeField()
    # Keyed: a plain hash of a telephone number is the number.
    digest = models.CharField(max_length=64)
    machine = models.UUIDField()

    class Meta:
        db_table = "hotline_event"
        constraints = [models.UniqueConstraint(fields=["call", "event"], name="hotline_said_once")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "call", "event", "at", "digest", "machine")
        open_because = {
            "event": "En kode fra en fast liste.",
            "digest": "Et nøklet avtrykk. Uten nøkkelen sier det ingenting om nummeret.",
        }
