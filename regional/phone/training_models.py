"""What each operator has learnt, and the list of what they should have."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.models import AppendOnly, Row

_HOST = holds(Permission.HOTLINE_MANAGE)
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."
_OURS = "Om opplæringen av ansatte, ikke om noen som ringer. Skjemaet sier det."


class Course(Row):
    """A course that an operator has done, and until when it holds."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"user_id = {USER} OR {_HOST}", may_insert=_HOST, may_change=_HOST, purposes={"setup": "INSERT"}
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=30)
    holder = models.CharField("kursholder", max_length=200, blank=True)
    done_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    # Entered by mistake: it counts no more, and stays.
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=200, blank=True)
    gone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "phone_course"

    class Privacy:
        personal = ("user", "holder", "made_by_name", "gone_by_name")
        free_text = ("gone_reason",)
        safe = ("id", "code", "done_on", "until", "made_at", "gone_at")
        open_because = {
            "code": "En kode fra listen over kurs.",
            "holder": _OURS,
            "made_by_name": _EMPLOYEE,
            "gone_by_name": _EMPLOYEE,
            "gone_reason": _OURS,
        }


class CourseList(AppendOnly):
    """The host's own list of courses; the newest counts."""

    row_rights = RowRights(people="true", may_insert=_HOST)
    courses = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "phone_courselist"

    class Privacy:
        personal = ("loaded_by_name",)
        free_text = ()
        safe = ("id", "courses", "loaded_at")
        open_because = {"courses": "Navn på kurs.", "loaded_by_name": _EMPLOYEE}
