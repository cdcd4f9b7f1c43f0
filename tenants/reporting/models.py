"""Who owns the figures of the whole office, the report as it was counted, and as it was finished."""

from uuid import UUID

from django.db import models

from tenants.cases.models import IN_CASE, Case
from tenants.reporting.grant_models import GrantReport as GrantReport
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.identity.models import User
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import AppendOnly, Row

_EMPLOYEE = "Navnet på en ansatt, ikke på noen i en sak. Står også i innsynsloggen."
# Worked out once per statement. `reporting_reads` asks besides that nothing was hidden from them by a deny row when
# they were named: what is hidden later takes no report away, for that would tell.
_OWNER = f"(SELECT reporting_named({USER}))"
# Nor another account of one's own.
_NOT_SELF = f"user_id NOT IN (SELECT identity_same({USER}))"
_READS = "(SELECT reporting_reads())"


class ReturnsOwner(AppendOnly):
    """The one coordinator who makes the report of the whole office; the newest row counts. Named by somebody else."""

    row_rights = RowRights(
        people=holds(Permission.RETURNS_SEE, Permission.OFFICE_END),
        may_insert=" AND ".join(
            (f"by_user = {USER}", _NOT_SELF, holds(Permission.SETTINGS, Permission.OFFICE_END), said_now())
        ),
        purposes={"returns": "SELECT"},
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "reporting_owner"
        indexes = [models.Index(fields=["-at"], name="reporting_owner_newest")]

    class Privacy:
        personal = ("user", "user_name", "by_user", "by_name")
        free_text = ()
        safe = ("id", "at")
        open_because = {"user_name": _EMPLOYEE, "by_name": _EMPLOYEE}


class Draft(Row):
    """A report that was asked for. A worker counts every case, as for the return; only the one who asked sees it."""

    row_rights = RowRights(
        people=f"ordered_by = {USER} AND {_OWNER}",
        may_insert=f"ordered_by = {USER} AND {_OWNER} AND {said_now('ordered_by_name', 'ordered_at')}"
        " AND done_at IS NULL AND content = '' AND digest = '' AND said = ''",
        may_change="false",
        purposes={"returns": "SELECT, UPDATE"},
    )
    period = models.CharField(max_length=6)
    ordered_at = models.DateTimeField()
    ordered_by = models.UUIDField()
    ordered_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    # Why it came to nothing; "" of one that was made, and of one that waits.
    said = models.CharField(max_length=300, blank=True)
    # The report's canonical bytes (`shared.reporting.document`).
    content = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "reporting_draft"
        indexes = [models.Index(fields=["done_at"], name="reporting_waiting")]

    class Privacy:
        personal = ("ordered_by", "ordered_by_name")
        free_text = ()
        safe = ("id", "period", "ordered_at", "done_at", "said", "content", "digest")
        open_because = {
            "period": "Et år eller halvår, for eksempel 2019H1.",
            "ordered_by_name": _EMPLOYEE,
            "said": "En fast setning uten tall og uten navn.",
            "content": "Antall i kommunen per svar på skjemaet, uten fritekst. Små tall kan forekomme: bare den "
            "rapportansvarlige leser raden.",
            "digest": "Et fingeravtrykk av tallene.",
        }


class Report(AppendOnly):
    """A report is finished: that everybody who may see the returns knows. What it says stands in `ReportCopy`."""

    row_rights = RowRights(
        people=holds(Permission.RETURNS_SEE),
        may_insert=f"finished_by = {USER} AND {_OWNER} AND former IS NULL"
        f" AND {said_now('finished_by_name', 'finished_at')}",
        purposes={"returns": "SELECT"},
    )
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=6)
    form = models.CharField(max_length=20)
    # The report of the same period that this one corrects.
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField()
    finished_by = models.UUIDField()
    finished_by_name = models.CharField(max_length=200)
    # The kommune that finished it and has become part of this one.
    former = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "reporting_report"
        indexes = [models.Index(fields=["period", "number"], name="reporting_of_period")]

    class Privacy:
        personal = ("finished_by", "finished_by_name")
        free_text = ()
        safe = ("id", "number", "period", "form", "replaces", "finished_at", "former")
        open_because = {
            "period": "Et år eller halvår, for eksempel 2019H1.",
            "form": "Navnet på en utgave av skjemaet, fra en fast liste.",
            "finished_by_name": _EMPLOYEE,
        }


class ReportCopy(AppendOnly):
    """What a finished report says, byte for byte as its draft was counted: a trigger compares. For the one who finished
    it, and for a later owner from whom nothing was hidden when they were named."""

    row_rights = RowRights(
        people=f"({_OWNER} AND finished_by = {USER}) OR {_READS}",
        may_insert=f"finished_by = {USER} AND {_OWNER}",
    )
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="copy")
    draft = models.UUIDField()
    finished_by = models.UUIDField()
    content = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "reporting_copy"

    class Privacy:
        personal = ("finished_by",)
        free_text = ()
        safe = ("id", "report", "draft", "content", "digest")
        open_because = {
            "content": "Antall i kommunen per svar på skjemaet, uten fritekst. Små tall kan forekomme: bare den "
            "rapportansvarlige leser raden.",
            "digest": "Et fingeravtrykk av tallene.",
        }


class SingleText(Row):
    """What the anonymous registration of a case says in words: {place: text}, a place being an open answer («utfall.
    other») or «fritekst». Never about somebody: it is screened before it leaves."""

    row_rights = RowRights(people=IN_CASE)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="single_text")
    said = SealedJSONField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "reporting_singletext"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("said",)
        safe = ("id", "case", "at")
        open_because = {"by_name": _EMPLOYEE}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id
