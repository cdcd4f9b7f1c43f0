"""The kommune's grant reports, as they were finished."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.models import AppendOnly

_OWNER = f"(SELECT reporting_named({USER}))"
_READS = "(SELECT reporting_reads())"


class GrantReport(AppendOnly):
    """A grant report, for good; a correction is a new one of the same year. It holds the kommune's own figures: for the
    one who finished it, and for a later owner from whom nothing was hidden when they were named."""

    row_rights = RowRights(
        people=f"({_OWNER} AND finished_by = {USER}) OR {_READS}",
        may_insert=f"finished_by = {USER} AND {_OWNER} AND {holds(Permission.RETURNS_SEND)} AND former IS NULL"
        f" AND {said_now('finished_by_name', 'finished_at')}",
    )
    year = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    # The report of the same year that this one corrects, and why.
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=1000, blank=True)
    finished_at = models.DateTimeField()
    finished_by = models.UUIDField()
    finished_by_name = models.CharField(max_length=200)
    # The kommune that finished it and has become part of this one.
    former = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "reporting_grant"
        indexes = [models.Index(fields=["year", "finished_at"], name="reporting_grant_of_year")]

    class Privacy:
        personal = ("finished_by", "finished_by_name")
        free_text = ("content", "because")
        safe = ("id", "year", "digest", "replaces", "finished_at", "former")
        open_because = {
            "content": "Kommunens egne tall, aktiviteter og penger, og ord om arbeidet uten personer. Små tall kan "
            "forekomme: bare den rapportansvarlige leser raden.",
            "because": "Om rapporten, ikke om noen i en sak. Teksten blir sett over før den fryses.",
            "digest": "Et fingeravtrykk av innholdet.",
            "finished_by_name": "Navnet på en ansatt, ikke på noen i en sak. Står også i innsynsloggen.",
        }
