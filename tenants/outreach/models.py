"""What the kommune does to be known and to teach: activities, and the plan's numbers. Nothing about a matter."""

from django.db import models

from tenants.outreach.rings import AUDIENCES, KINDS
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.identity.models import User
from varde.privacy.models import AppendOnly, Row

_RIGHTS = RowRights(
    people=holds(Permission.OUTREACH_SEE),
    may_insert=holds(Permission.OUTREACH),
    may_change=holds(Permission.OUTREACH),
)
_PUBLIC = "Om åpent informasjonsarbeid, ikke om noen i en sak. Skjemaet sier det."
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."


class Activity(Row):
    """A meeting, a course, a film …: for whom, how many it reached, what it cost and what it was worth."""

    row_rights = _RIGHTS
    kind = models.CharField(max_length=12, choices=KINDS)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    reach = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    material = models.CharField(max_length=300, blank=True)
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cost = models.PositiveIntegerField("kostnad i kroner", null=True, blank=True)
    evaluation = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "outreach_activity"
        indexes = [models.Index(fields=["held_on"], name="outreach_when")]

    class Privacy:
        personal = ("responsible", "made_by_name")
        free_text = ("title", "place", "material", "evaluation")
        safe = ("id", "kind", "held_on", "audience", "reach", "cost", "made_at")
        open_because = {
            "kind": "En kode fra en fast liste.",
            "title": _PUBLIC,
            "audience": "En kode fra en fast liste.",
            "place": _PUBLIC,
            "material": _PUBLIC,
            "evaluation": _PUBLIC,
            "made_by_name": _EMPLOYEE,
        }


class PlanNumbers(AppendOnly):
    """How many there are to reach, and from when the plan runs; the newest counts."""

    row_rights = _RIGHTS
    staff = models.PositiveIntegerField()
    inhabitants = models.PositiveIntegerField()
    started_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "outreach_plannumbers"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "staff", "inhabitants", "started_on", "set_at")
        open_because = {"set_by": _EMPLOYEE}
