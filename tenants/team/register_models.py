"""The team's register: training and declarations, hours, mandate, routines, and who takes over from whom."""

from django.db import models

from tenants.team.register import KINDS, ROLES
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.models import AppendOnly, Row

_RIGHTS = RowRights(
    people=holds(Permission.TEAM_REGISTER),
    may_insert=f"team_sets_up({USER})",
    may_change=f"team_sets_up({USER})",
    purposes={"starting": "SELECT"},
)
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."
_OURS = "Om teamets egen drift, ikke om noen i en sak. Skjemaet sier det."


class Training(Row):
    """A course, a module, a certification or a declaration of one person, and until when it holds."""

    row_rights = _RIGHTS
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    module = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=200, blank=True)
    holder = models.CharField("kursholder", max_length=200, blank=True)
    done_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    # Entered by mistake: it counts no more, and stays.
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    gone_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        db_table = "team_training"

    class Privacy:
        personal = ("user", "holder", "made_by_name", "gone_by_name")
        free_text = ("title", "gone_reason")
        safe = ("id", "kind", "module", "done_on", "until", "made_at", "gone_at")
        open_because = {
            "kind": "En kode fra en fast liste.",
            "module": "En kode fra listen over moduler.",
            "title": _OURS,
            "holder": _OURS,
            "made_by_name": _EMPLOYEE,
            "gone_by_name": _EMPLOYEE,
            "gone_reason": _OURS,
        }


class ModuleList(AppendOnly):
    """The kommune's own list of modules; the newest counts."""

    row_rights = _RIGHTS
    modules = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "team_modulelist"

    class Privacy:
        personal = ("loaded_by_name",)
        free_text = ()
        safe = ("id", "modules", "loaded_at")
        open_because = {"modules": "Navn på e-læringsmoduler.", "loaded_by_name": _EMPLOYEE}


class RoleHours(AppendOnly):
    """Hours a week that a role has, from a day."""

    row_rights = _RIGHTS
    role = models.CharField(max_length=12, choices=ROLES)
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "team_rolehours"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "role", "hours", "valid_from", "set_at")
        open_because = {"role": "En kode fra en fast liste.", "set_by": _EMPLOYEE}


class Mandate(AppendOnly):
    """What the team is to do, as it was decided. Earlier versions stay."""

    row_rights = _RIGHTS
    text = models.TextField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    written_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "team_mandate"

    class Privacy:
        personal = ("written_by_name",)
        free_text = ("text", "decided_by")
        safe = ("id", "decided_on", "written_at")
        open_because = {"text": _OURS, "decided_by": _OURS, "written_by_name": _EMPLOYEE}


class Routine(Row):
    """A written routine: where it lies, who owns it, when it is looked over next."""

    row_rights = _RIGHTS
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "team_routine"

    class Privacy:
        personal = ("owner",)
        free_text = ("title", "place")
        safe = ("id", "review_on", "reviewed_on", "made_at")
        open_because = {"title": _OURS, "place": _OURS}


class HandOver(Row):
    """A coordinator who leaves: who takes over, the last day, and what of the checklist is done."""

    row_rights = _RIGHTS
    leaving = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    heir = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    done = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    started_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    called_off = models.BooleanField(default=False, db_default=False)  # ended, but nobody has left

    class Meta:
        db_table = "team_handover"

    class Privacy:
        personal = ("leaving", "heir", "started_by_name", "ended_by_name")
        free_text = ()
        safe = ("id", "last_day", "done", "started_at", "ended_at", "called_off")
        open_because = {
            "done": "Koder fra en fast sjekkliste, med dag og navnet på den ansatte som krysset av.",
            "started_by_name": _EMPLOYEE,
            "ended_by_name": _EMPLOYEE,
        }
