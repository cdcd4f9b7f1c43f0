"""The case: who is on it, what has been written, and the answers to the registration form."""

from django.db import models

from tenants.cases.states import STATES
from tenants.inbox.models import Concern
from varde.identity.models import User
from varde.privacy.models import AppendOnly, Row


class Case(Row):
    """A case about one concern. Seen by the coordinators and by the members put on it."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=8, choices=STATES, default="open")
    # Of the newest assessment.
    category = models.CharField(max_length=12)
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
        safe = ("id", "concern", "state", "category", "counted_from", "opened_at", "closed_at")

    @property
    def name(self) -> str:
        """What people call the case: its year and a part of its random id, so that it tells nothing."""
        return f"Sak {self.counted_from.year}-{self.id.hex[:6].upper()}"


class CaseMember(Row):
    """A team member who has been put on the case."""

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

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cases_note"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("text",)
        safe = ("id", "case", "at")


class Answer(Row):
    """One tick on the registration form. The form and its codes are data (`shared.codes.forms`)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    form = models.CharField(max_length=20)
    question = models.CharField(max_length=20)
    code = models.CharField(max_length=60)

    class Meta:
        db_table = "cases_answer"
        constraints = [models.UniqueConstraint(fields=["case", "form", "question", "code"], name="cases_one_tick")]

    class Privacy:
        personal = ("code",)
        free_text = ()
        safe = ("id", "case", "form", "question")
