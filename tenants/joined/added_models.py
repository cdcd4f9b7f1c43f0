"""A report that says itself which matter it adds to: its own concern, tied to that one by the database alone."""

from django.db import models

from tenants.inbox.models import Concern
from varde.access.rows import USER, RowRights
from varde.privacy.models import AppendOnly


class Addition(AppendOnly):
    """`source` came from somebody who named `concern`. There for those who see both; whoever took the call need see
    neither, and is not told whether there is such a matter."""

    row_rights = RowRights(
        people=f"matter_open(concern_id, {USER}) AND matter_open(source_id, {USER})", may_insert="false"
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "joined_addition"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "concern", "source", "at")
