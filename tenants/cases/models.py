"""The case: who is on it, what has been written, and the answers to the registration form.

What is written and what is answered is sealed under the matter's key.
"""

from uuid import UUID

from django.db import models

from tenants.cases.states import STATES
from tenants.inbox.models import IMPORTED, IN_MATTER, Concern
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import AppendOnly, Row

# For tables that hang on a case: seen with its matter, imported with it.
IN_CASE = f"case_open(case_id, {USER})"
IMPORTED_CASE = "case_imported(case_id)"


class Case(Row):
    """A case about one concern. Seen by the coordinators and by the members put on it."""

    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"import": "SELECT, INSERT, UPDATE", "returns": "SELECT", "reminders": "SELECT", "verify": "SELECT"},
        purpose_rows={"import": IMPORTED},
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=8, choices=STATES, default="open")
    # Of the newest assessment.
    category = models.CharField(max_length=12)
    # Two cases may come to share a name when two kommuner become one: the second is shown with «-2».
    twin = models.PositiveSmallIntegerField(default=1)
    # When the concern was received: the quarter a case is counted in.
    counted_from = models.DateField()
    opened_at = models.DateTimeField()
    # Empty when an import opened it.
    opened_by = models.UUIDField(null=True)
    opened_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "cases_case"
        indexes = [models.Index(fields=["state", "opened_at"], name="cases_open")]

    class Privacy:
        personal = ("opened_by", "opened_by_name")
        free_text = ()
        safe = ("id", "concern", "state", "category", "twin", "counted_from", "opened_at", "closed_at")
        open_because = {
            "state": "En kode fra en fast liste, som listen over saker velges ut med.",
            "category": "En kode fra en fast liste med seks verdier, som listen over saker vises med.",
            "opened_by_name": "Navnet på den ansatte som opprettet saken, ikke på noen i den.",
        }

    @property
    def name(self) -> str:
        """What people call the case: its year and a part of its random id, so that it tells nothing."""
        twin = f"-{self.twin}" if self.twin > 1 else ""
        return f"Sak {self.counted_from.year}-{self.id.hex[:6].upper()}{twin}"


class CaseMember(Row):
    """A team member who has been put on the case."""

    row_rights = RowRights(
        people=IN_CASE,
        # Who opens a case puts the first person on it, before anybody but a coordinator could see it.
        # Nobody puts a person on it who is shut out.
        may_insert=f"({IN_CASE} OR case_newborn(case_id, {USER})) AND NOT case_denied(case_id, user_id)",
        purposes={"import": "SELECT, INSERT", "verify": "SELECT"},
        purpose_rows={"import": IMPORTED_CASE},
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="case_places")
    since = models.DateTimeField()
    put_by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_casemember"
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="cases_once_on_a_case")]

    class Privacy:
        personal = ("user", "put_by")
        free_text = ()
        safe = ("id", "case", "since")


class Note(AppendOnly):
    """Something written in the case; never edited, a correction is a new note."""

    row_rights = RowRights(people=IN_CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cases_note"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("text",)
        safe = ("id", "case", "at")
        open_because = {"by_name": "Navnet på den ansatte som skrev notatet, ikke på noen i saken."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id


class Answer(Row):
    """The ticks of a case on one version of the registration form (`shared.codes.forms`), sealed together.

    `given` is {question: [codes]} of the questions that are answered.
    """

    row_rights = RowRights(
        people=IN_CASE,
        purposes={"import": "SELECT, INSERT, UPDATE", "returns": "SELECT"},
        purpose_rows={"import": IMPORTED_CASE},
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    form = models.CharField(max_length=20)
    given = SealedJSONField()

    class Meta:
        db_table = "cases_answer"
        constraints = [models.UniqueConstraint(fields=["case", "form"], name="cases_one_answer_per_form")]

    class Privacy:
        personal = ("given",)
        free_text = ()
        safe = ("id", "case", "form")
        open_because = {"form": "Navnet på en utgave av skjemaet, fra en fast liste."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id


class GlassRequest(Row):
    """Break-glass: somebody who does not see a case asks one named colleague to let them in for some hours.

    What was asked for is kept as typed: whether there is such a case is only worked out by the database, when it is
    used. So neither of the two learns from the request that it exists. Seen by the two, and by those who see the case.
    """

    row_rights = RowRights(
        people=f"asked_by_id = {USER} OR approver_id = {USER} OR glass_seen(id, {USER})",
        may_insert=f"asked_by_id = {USER} AND NOT approved AND until IS NULL AND answered_at IS NULL AND hours <= 24",
        purposes={"reminders": "SELECT, UPDATE"},
    )
    target = models.CharField(max_length=36)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    # Closed under a key of the office, not of the case: whoever approves must be able to read it.
    reason = models.TextField()
    answered_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(default=False)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When the one who was asked, and when those who have the case, were told.
    asked_told_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "cases_glassrequest"
        indexes = [models.Index(fields=["asked_by", "until"], name="cases_glass_open")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(asked_by=models.F("approver")), name="cases_glass_takes_two")
        ]

    class Privacy:
        personal = ("asked_by", "approver")
        free_text = ("reason",)
        safe = (
            "id",
            "target",
            "asked_at",
            "hours",
            "answered_at",
            "approved",
            "until",
            "ended_at",
            "asked_told_at",
            "told_at",
        )
        open_because = {
            "target": "Nummeret på en sak, som er tilfeldig. Det sier ikke om saken finnes.",
            "reason": "Lukket under kontorets nøkkel (varde.privacy.box), så den som godkjenner, kan lese den.",
        }
