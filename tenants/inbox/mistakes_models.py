"""«Feilført»: a mark beside a row that was entered wrongly. The row itself stays as it was written."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern, ReporterMessage
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly


class Mistake(AppendOnly):
    """Somebody says that a row of the matter was entered wrongly, and what is wrong with it.

    A trigger asks whether that row is of this matter and there for the one who marks; so one table serves every room. A
    new kind of row is named in `inbox_mistake_tables` too.
    """

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"matter_held(concern_id, {USER}) AND by_user = {USER}",
        purposes={"receipt": "SELECT", "returns": "SELECT"},
        purpose_rows={
            # It counts persons and measures: which were entered wrongly, not why.
            "returns": "of_table IN ('measures_measure', 'persons_person')",
            "receipt": f"of_table = '{ReporterMessage._meta.db_table}' AND concern_id = (SELECT receipt_matter())",
        },
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="mistakes")
    of_table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_mistake"
        indexes = [models.Index(fields=["row_id"], name="inbox_mistaken")]
        # Both rows would be of one matter: a trigger asks first whether the marked row is.
        constraints = [models.UniqueConstraint(fields=["of_table", "row_id"], name="inbox_marked_once")]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "of_table", "row_id", "at")
        open_because = {
            "of_table": "Navnet på en tabell, fra koden: hva slags rad det gjelder.",
            "by_name": "Navn på den ansatte som merket raden. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id
