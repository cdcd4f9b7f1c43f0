"""The closing report: what was done, also when nothing was solved, and the person's own words. All sealed."""

from uuid import UUID

from django.db import models

from tenants.cases.models import IMPORTED_CASE, IN_CASE, Case
from tenants.closing.after_models import FollowUp, Reopening, ReportCopy
from tenants.closing.endings import ENDINGS, SHORTER
from tenants.closing.transfer_files_models import TransferredFile
from tenants.closing.transfer_models import Arrival, TakenIn, Transfer, TransferOpened
from tenants.persons.voice import HELPED
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly
from varde.ui.gone import words

__all__ = [
    "Arrival", "ClosingReport", "FollowUp", "Reopening", "ReportCopy", "TakenIn", "Transfer", "TransferOpened",
    "TransferredFile",
]  # fmt: skip


class ClosingReport(AppendOnly):
    """Written once, when the case is closed. The outcome codes are answers to the registration form."""

    row_rights = RowRights(
        people=IN_CASE, purposes={"import": "SELECT, INSERT"}, purpose_rows={"import": IMPORTED_CASE}
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    done = SealedTextField()
    unsolved = SealedTextField(blank=True)
    own_words = SealedTextField(blank=True)
    learned = SealedTextField(blank=True)
    # Who carries on the measures that were not ended when the case was closed.
    carried_on = SealedTextField(blank=True)
    # What the person answered to «Hjalp det?»: a code of `persons.voice.HELPED`.
    helped = SealedTextField(blank=True)
    ending = models.CharField(max_length=10, choices=ENDINGS, default="ordinary", db_default="ordinary")
    closed_at = models.DateTimeField()
    # Empty when an import closed the case.
    closed_by = models.UUIDField(null=True)
    closed_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "closing_report"

    class Privacy:
        personal = ("closed_by", "closed_by_name", "own_words", "helped")
        free_text = ("done", "unsolved", "learned", "carried_on")
        safe = ("id", "case", "closed_at", "ending")
        open_because = {
            "closed_by_name": "Navnet på den ansatte som lukket saken, ikke på noen i den.",
            "ending": "En kode fra en fast liste med tre verdier. Den styrer hvor lenge saken lagres.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id

    @property
    def helped_in_words(self) -> str:
        """What the person answered; "" when nobody asked, or the content is gone."""
        code = words(self, "helped")
        return dict(HELPED).get(code, "") if code else ""

    @property
    def kept_shorter(self) -> bool:
        """Is what is kept of it kept for a shorter time?"""
        return self.ending in SHORTER
