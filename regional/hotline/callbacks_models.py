"""Whom the phone has promised to ring back, and the tries. Under keys of their own, apart from every call."""

from uuid import UUID

from django.db import models

from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import Row

STATES = [("waiting", "Venter"), ("done", "Ferdig")]
# (code, words, is it done with that?)
TRIES = [
    ("no_answer", "Ikke svar"),
    ("busy", "Opptatt"),
    ("not_safe", "Ikke trygt å snakke nå"),
    ("reached", "Snakket med den som skulle ringes"),
    ("given_up", "Gitt opp etter flere forsøk"),
]
# The kommune has the concern that it belongs to, and rings.
HANDED_OVER = "handed_over"
OUTCOMES = [*TRIES, (HANDED_OVER, "Kommunen har bekymringen og ringer")]
ENDS = frozenset({"reached", "given_up"})
# The fields of `whom`.
WHOM = ("who", "phone", "safe", "unsaid", "about")


class CallBack(Row):
    """Somebody to ring back: an operator's own, or the shift's while nobody has taken it.

    Whoever answers the phone sees that one of the shift's waits, and when; whom it is about is opened by its owner
    alone. One that nobody rang half an hour after it was due is the shift's to take, whoever had it.
    """

    row_rights = RowRights(
        people=f"owner = {USER} OR hotline_callback_free(state, owner, due_at, {USER})",
        may_insert=f"made_by = {USER} AND (owner IS NULL OR owner = {USER}) AND hotline_answers({USER})",
        may_delete="false",
        purposes={"retention": "SELECT, DELETE", "post": "SELECT, UPDATE"},
        purpose_rows={"retention": "state = 'done'", "post": "reference <> ''"},
    )

    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    # Empty while it is the shift's.
    owner = models.UUIDField(null=True, blank=True)
    owner_name = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    # The last two digits of the number.
    masked = models.CharField(max_length=10, blank=True)
    whom = SealedJSONField()
    # The reference of the call in which it was promised.
    reference = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # The call that it became.
    became = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "hotline_callback"
        indexes = [models.Index(fields=["state", "due_at"], name="hotline_callback_due")]

    class Privacy:
        personal = ("made_by", "made_by_name", "owner", "owner_name", "masked", "whom")
        free_text = ()
        safe = ("id", "made_at", "due_at", "reference", "state", "outcome", "done_at", "became")
        open_because = {
            "made_by_name": "Navnet på den ansatte som lovet å ringe.",
            "owner_name": "Navnet på den ansatte som skal ringe.",
            "masked": "De to siste sifrene i nummeret.",
            "reference": "Et tilfeldig nummer.",
            "state": "En kode fra en fast liste.",
            "outcome": "En kode fra en fast liste.",
        }

    @property
    def key_id(self) -> UUID:
        """The call-back itself."""
        return self.id


class CallBackTry(Row):
    """One try: when, who, and how it went."""

    office_rights = "SELECT, INSERT, DELETE"
    row_rights = RowRights(
        people="EXISTS (SELECT 1 FROM hotline_callback c WHERE c.id = callback_id)",
        may_change="false",
        purposes={"retention": "SELECT, DELETE"},
    )

    callback = models.ForeignKey(CallBack, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    result = models.CharField(max_length=12, choices=TRIES)

    class Meta:
        db_table = "hotline_callbacktry"
        ordering = ["at"]

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "callback", "at", "result")
        open_because = {
            "by_name": "Navnet på den ansatte som ringte.",
            "result": "En kode fra en fast liste.",
        }
