"""The decision on a concern, what happens next and by when; and the office's own deadlines."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IMPORTED, IN_MATTER, Concern
from tenants.triage.states import CATEGORIES, RATED, STORED
from tenants.triage.urgency import COUNTING
from varde.access.rows import RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row
from varde.ui.gone import words


class DeadlineRule(AppendOnly):
    """From `valid_from` this office's deadline for a category is `hours`; older rules stay for older decisions."""

    category = models.CharField(max_length=12, choices=CATEGORIES)
    hours = models.PositiveIntegerField()
    counting = models.CharField(max_length=5, choices=COUNTING, default="clock", db_default="clock")
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "triage_deadlinerule"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "category", "hours", "counting", "valid_from")
        open_because = {
            "category": "Kode fra en fast liste.",
            "counting": "Kode fra en fast liste.",
            "set_by": "Navn på den ansatte som satte fristen.",
        }


class Assessment(AppendOnly):
    """A decision on a concern. A new decision is a new row; the newest counts."""

    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"import": "SELECT, INSERT", "reminders": "SELECT", "returns": "SELECT"},
        purpose_rows={"import": IMPORTED},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="assessments")
    category = models.CharField(max_length=12, choices=CATEGORIES)
    outcome = models.CharField(max_length=12, choices=STORED)
    reason = SealedTextField()
    deadline_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()
    # Empty when an import decided.
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "triage_assessment"
        indexes = [models.Index(fields=["concern", "decided_at"], name="triage_newest")]

    class Privacy:
        personal = ("decided_by", "decided_by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "category", "outcome", "deadline_at", "decided_at")
        open_because = {
            "category": "Kode fra en fast liste. Trengs for frister og påminnelser.",
            "outcome": "Kode fra en fast liste.",
            "decided_by_name": "Navn på den ansatte som avklarte. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id

    @property
    def title(self) -> str:
        """«Avklart: Må-sak», or «Ny hastegrad: Akutt sak» where nothing else was decided."""
        did = self.get_outcome_display() if self.outcome == RATED else "Avklart"
        return f"{did}: {self.get_category_display()}"


_OPEN = models.Q(done_at__isnull=True)


class NextStep(Row):
    """What happens next in an open matter, who does it and by when. There is always exactly one that is not done.

    Frozen by a trigger but for owner, date and hurry until it is done; its words change with a `StepWas` beside them.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{IN_MATTER} AND NOT matter_denied(concern_id, owner_id)",
        purposes={"import": "SELECT, INSERT, UPDATE", "reminders": "SELECT, UPDATE", "verify": "SELECT"},
        purpose_rows={"import": IMPORTED},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    text = SealedTextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="next_steps")
    due_at = models.DateTimeField()
    # Of an akutt matter: the reminder comes an hour before, not a day.
    akutt = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    # Said when it is reported done; empty where something else took its place.
    came_of = SealedTextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # When the matter must have been assessed, and how many duties are answered with yes or no: kept by a trigger, so
    # that what is left to weigh is found without asking it of every matter.
    assess_by = models.DateTimeField(null=True, blank=True, editable=False)
    settled = models.SmallIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        db_table = "triage_nextstep"
        indexes = [
            models.Index(fields=["done_at", "due_at"], name="triage_due"),
            models.Index(fields=["owner", "-akutt", "assess_by"], condition=_OPEN, name="triage_to_weigh"),
            models.Index(fields=["assess_by"], condition=_OPEN & models.Q(akutt=True), name="triage_akutt_to_weigh"),
        ]
        constraints = [
            # "Exactly one": at most one is the database's business, at least one the actions'.
            models.UniqueConstraint(fields=["concern"], condition=_OPEN, name="triage_one_open_step")
        ]

    class Privacy:
        personal = ("owner", "made_by_name", "done_by", "done_by_name")
        free_text = ("text", "came_of")
        safe = ("id", "concern", "due_at", "akutt", "made_at", "done_at", "reminded_at", "assess_by", "settled")
        open_because = {
            "made_by_name": "Navn på den ansatte som skrev steget. Står også i innsynsloggen.",
            "done_by_name": "Navn på den ansatte som gjorde det. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id

    @property
    def told(self) -> str:
        """What was to be done, and what came of it."""
        came = words(self, "came_of")
        return f"{words(self, 'text')}\nDet kom ut av det: {came}" if came else words(self, "text")


class Nudge(AppendOnly):
    """The coordinators have been told once more about a concern that nobody has opened."""

    row_rights = RowRights(people=IN_MATTER, purposes={"reminders": "SELECT, INSERT"})
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="nudge")
    at = models.DateTimeField()

    class Meta:
        db_table = "triage_nudge"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "concern", "at")


# The tables of what stands in files of their own.
from tenants.triage import (  # noqa: E402, F401
    carry_models,
    checklist_models,
    duties_models,
    escalation_models,
    hold_models,
    lists_models,
    notes_models,
    police_models,
    reminded_models,
    step_text_models,
    talk_models,
    tell_models,
)
