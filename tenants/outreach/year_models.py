"""A year's evaluation: what the team says of it in its own words, and the paper as it was approved."""

from uuid import UUID

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.fields import SealedTextField
from varde.privacy.keyring import purpose_id
from varde.privacy.models import AppendOnly
from varde.tenancy.door import need_office

_READERS, _WRITERS = holds(Permission.OUTREACH_SEE), holds(Permission.OUTREACH)
_NOT_APPROVED = (
    "NOT EXISTS (SELECT 1 FROM outreach_yearapproval a WHERE a.former IS NULL AND a.year = outreach_yearwords.year)"
)
# Nobody speaks in another's name, of a year to come, or later than now: the newest words count.
_NOW = f"{said_now()} AND year <= extract(year FROM clock_timestamp() AT TIME ZONE 'Europe/Oslo')"
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."


def _key() -> UUID:
    return purpose_id(need_office(), "year")


class YearApproval(AppendOnly):
    """A year is done: its words stand. The paper, and any print of it, is the approver's alone; see `YearCopy`."""

    row_rights = RowRights(people=_READERS, may_insert=f"{_WRITERS} AND former IS NULL AND by_user = {USER} AND {_NOW}")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)
    # Whose year it was, when that kommune has become part of this one; null for this one's own.
    former = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "outreach_yearapproval"
        constraints = [
            models.UniqueConstraint(fields=["year", "former"], name="outreach_one_approval", nulls_distinct=False)
        ]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "year", "at", "former")
        open_because = {"by_name": _EMPLOYEE}


class YearWords(AppendOnly):
    """What the team says of a year; the newest counts, until the year is approved."""

    row_rights = RowRights(
        people=_READERS,
        may_insert=" AND ".join((_WRITERS, "former IS NULL", _NOT_APPROVED, _NOW)),
    )
    year = models.PositiveSmallIntegerField()
    went_well = SealedTextField(blank=True)
    learned = SealedTextField(blank=True)
    coming = SealedTextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    former = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "outreach_yearwords"
        indexes = [models.Index(fields=["year", "at"], name="outreach_year_words")]

    class Privacy:
        personal = ("by_name",)
        free_text = ("went_well", "learned", "coming")
        safe = ("id", "year", "at", "former")
        open_because = {"by_name": _EMPLOYEE}

    @property
    def key_id(self) -> UUID:
        """The office's own for its years."""
        return _key()


class YearCopy(AppendOnly):
    """The paper as it was approved, with the figures of what the approver saw: for the approver alone.

    Anybody else's own figures held against it would tell of matters that they do not see.
    """

    row_rights = RowRights(people=f"by_user = {USER}")
    approval = models.OneToOneField(YearApproval, on_delete=models.PROTECT, related_name="+")
    by_user = models.UUIDField()
    # base64
    pdf = SealedTextField()

    class Meta:
        db_table = "outreach_yearcopy"

    class Privacy:
        personal = ("by_user",)
        free_text = ("pdf",)
        safe = ("id", "approval")

    @property
    def key_id(self) -> UUID:
        """The office's own for its years."""
        return _key()
