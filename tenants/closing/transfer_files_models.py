"""Which files of a matter were sent with it to another kommune."""

from django.db import models

from tenants.closing.transfer_files import LEFT_OUT
from tenants.inbox.attached import Attachment
from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import RowRights
from varde.privacy.models import AppendOnly


class TransferredFile(AppendOnly):
    """A file of a matter when it was handed over, and why it did not follow ("" when it did)."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    left_out = models.CharField(max_length=12, choices=LEFT_OUT, blank=True)

    class Meta:
        db_table = "closing_transferredfile"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "concern", "attachment", "left_out")
        open_because = {"left_out": "En kode fra en fast liste."}
