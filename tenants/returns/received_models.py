"""What the region has given out, as it came by post: protected, for everybody who works with figures here."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.privacy.models import AppendOnly

_RIGHTS = RowRights(
    people=f"({holds(Permission.RETURNS_SEE)} OR {holds(Permission.FIGURES_SEE)})",
    may_insert="false",
    purposes={"post": "SELECT, INSERT"},
)


class ReceivedRelease(AppendOnly):
    """A release of the region, whole. `number` is that of the region's ledger; a later number is a later release."""

    row_rights = _RIGHTS
    region = models.UUIDField()
    region_name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200)
    # The tables as they stood in the letter.
    content = models.JSONField()
    letter_id = models.UUIDField()

    class Meta:
        db_table = "returns_release"
        indexes = [models.Index(fields=["region", "number"], name="returns_release_number")]

    class Privacy:
        personal = ("approved_by",)
        free_text = ()
        safe = ("id", "region", "region_name", "number", "period", "given_at", "content", "letter_id")
        open_because = {
            "region_name": "Navnet på regionen, som er offentlig.",
            "period": "Et halvår, for eksempel 2019H1.",
            "approved_by": "Navnet på den i regionen som godkjente, ikke på noen i en sak.",
            "content": "Tall for regionen etter skjerming, slik de er gitt ut: små tall, og tall som kunne røpet dem, "
            "er ikke med.",
        }


class WithdrawnRelease(AppendOnly):
    """The region has withdrawn the release with this number; what it said is shown no more."""

    row_rights = _RIGHTS
    region = models.UUIDField()
    number = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField()
    letter_id = models.UUIDField()

    class Meta:
        db_table = "returns_releasewithdrawn"
        indexes = [models.Index(fields=["region", "number"], name="returns_withdrawn_number")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "region", "number", "withdrawn_at", "letter_id")
