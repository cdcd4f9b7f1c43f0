"""What comes after a closing: the archive copy, the day when somebody asks again, and that the case was reopened."""

from uuid import UUID

from django.db import models

from tenants.cases.models import IN_CASE, Case
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField, text_or
from varde.privacy.models import AppendOnly, Row


class ReportCopy(AppendOnly):
    """The closing report as PDF, made when the case was closed; every download is these bytes.

    The print of the bytes is kept beside them, so that a copy in an archive can be held against it.
    """

    row_rights = RowRights(people=IN_CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("closing.ClosingReport", on_delete=models.PROTECT, related_name="copies")
    # base64
    pdf = SealedTextField()
    sha256 = SealedTextField()

    class Meta:
        db_table = "closing_copy"

    class Privacy:
        personal = ()
        free_text = ("pdf",)
        safe = ("id", "case", "report", "sha256")

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id

    @property
    def print_parts(self) -> list[str]:
        """The print in pieces, so that a narrow screen can break it; [] when the content is gone."""
        found = text_or(self, "sha256", "")
        return [found[at : at + 8] for at in range(0, len(found), 8)]


class FollowUp(Row):
    """A day chosen at closing: is it still safe, is more needed? Answered once, and frozen then by a trigger too."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_CASE, purposes={"reminders": "SELECT, UPDATE"})
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="followups")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    # Codes of `endings.SAFE` and `endings.MORE`, and words.
    safe_now = SealedTextField(blank=True)
    needs_more = SealedTextField(blank=True)
    text = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "closing_followup"
        indexes = [models.Index(fields=["answered_at", "due_on"], name="closing_followup_due")]

    class Privacy:
        personal = ("answered_by", "answered_by_name")
        free_text = ("safe_now", "needs_more", "text")
        safe = ("id", "case", "due_on", "made_at", "answered_at", "reminded_at")
        open_because = {"answered_by_name": "Navnet på den ansatte som svarte, ikke på noen i saken."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id


class Reopening(AppendOnly):
    """The case was taken up again, and why. The closing before it stays as it was."""

    row_rights = RowRights(people=IN_CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopenings")
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "closing_reopening"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "case", "at")
        open_because = {"by_name": "Navnet på den ansatte som gjenåpnet, ikke på noen i saken."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id
