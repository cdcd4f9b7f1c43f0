"""The action plan of the kommuner together. What is adopted is frozen: after that only lines are added to it.

Who may change a row is said here and held by the database: a goal or a measure of an adopted plan has no verb left.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models

from regional.plan.states import ORIGINS, OWNERS, PLANNED, STATUSES, period_label
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.fields import SealedTextField
from varde.privacy.keyring import purpose_id
from varde.privacy.models import AppendOnly, Row
from varde.tenancy.door import need_office

_READS, _EDITS = holds(Permission.LEADERS_READ), holds(Permission.PLAN_EDIT)
# A line is laid by whoever edits the plan, or by a member of the leader team for a measure of the kommune that lends
# the member; and only to a plan that is adopted: a draft is changed itself.
_REPORTS = (
    f"{said_now()} AND by_user = {USER} AND (SELECT plan_goes_on(measure_id))"
    f" AND ({_EDITS} OR {_READS} AND (SELECT plan_is_ours(measure_id, {USER})))"
)
_MADE = f"{_EDITS} AND {said_now('made_by_name', 'made_at')}"
_PUBLIC = "Om felles arbeid i kommunene, ikke om noen i en sak. Skjemaet sier det."
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."
_CODE = "En kode fra en fast liste."


def _draft(plan: str) -> str:
    return f"{_EDITS} AND NOT plan_is_adopted({plan})"


class Plan(Row):
    """A plan for a period; of the same period each new one is a later version. A draft until it is adopted."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE, DELETE"
    row_rights = RowRights(people=_READS, may_insert=_MADE, may_change=_draft("id"))
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    about = models.TextField(blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_plan"

    class Privacy:
        personal = ("made_by_name",)
        free_text = ("title", "about")
        safe = ("id", "first_year", "last_year", "version", "carried_from", "made_at")
        open_because = {"title": _PUBLIC, "about": _PUBLIC, "made_by_name": _EMPLOYEE}

    @property
    def period(self) -> str:
        """«2026–2027»"""
        return period_label(self.first_year, self.last_year)


class Goal(Row):
    """What the kommuner want to reach together."""

    row_rights = RowRights(people=_READS, may_insert=_MADE, may_change=_draft("plan_id"))
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_goal"
        indexes = [models.Index(fields=["plan", "number"], name="plan_goal_order")]

    class Privacy:
        personal = ("made_by_name",)
        free_text = ("title", "about")
        safe = ("id", "plan", "number", "made_at")
        open_because = {"title": _PUBLIC, "about": _PUBLIC, "made_by_name": _EMPLOYEE}


class Measure(Row):
    """What is done, for whom, by whom and by when. Without kommuner it is common."""

    row_rights = RowRights(people=_READS, may_insert=_MADE, may_change=_draft("plan_id"))
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="measures")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    effect = models.TextField(blank=True)
    # Ids of offices, as text; none: common to them all.
    kommuner = models.JSONField(default=list)
    owner_kind = models.CharField(max_length=8, choices=OWNERS)
    owner_kommune = models.UUIDField(null=True, blank=True)
    owner_user = models.UUIDField(null=True, blank=True)
    owner_name = models.CharField(max_length=200)
    due_on = models.DateField()
    cost = models.PositiveIntegerField("kostnad i kroner", null=True, blank=True)
    # Where it comes from: what kind, in words, and the row of a room that knows (None when nobody but people do).
    origin_kind = models.CharField(max_length=8, choices=ORIGINS, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    origin_id = models.UUIDField(null=True, blank=True)
    # What it had come to when it was carried here from an earlier plan.
    begins_as = models.CharField(max_length=8, choices=STATUSES, default=PLANNED)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_measure"
        indexes = [models.Index(fields=["plan", "number"], name="plan_measure_order")]

    class Privacy:
        personal = ("owner_user", "owner_name", "made_by_name")
        free_text = ("what", "effect", "origin")
        safe = (
            "id", "plan", "goal", "number", "kommuner", "owner_kind", "owner_kommune", "due_on", "cost",
            "origin_kind", "origin_id", "begins_as", "carried_from", "made_at",
        )  # fmt: skip
        open_because = {
            "what": _PUBLIC,
            "effect": _PUBLIC,
            "origin": _PUBLIC,
            "kommuner": "Hvilke kommuner tiltaket gjelder.",
            "owner_kind": _CODE,
            "owner_name": "Navnet på den kommunen, virksomheten eller ansatte som har ansvaret.",
            "origin_kind": _CODE,
            "begins_as": _CODE,
            "made_by_name": _EMPLOYEE,
        }


class Progress(AppendOnly):
    """A line about a measure of an adopted plan: how far it has come, a new date, another owner, or words alone."""

    row_rights = RowRights(people=_READS, may_insert=_REPORTS)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="progress")
    status = models.CharField(max_length=8, choices=STATUSES, blank=True)
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    # A new owner; "" when it is who it was. `owner_kommune` belongs to it.
    owner_name = models.CharField(max_length=200, blank=True)
    owner_kommune = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_progress"
        indexes = [models.Index(fields=["measure", "at"], name="plan_progress_order")]

    class Privacy:
        personal = ("owner_name", "by_user", "by_name")
        free_text = ("reason", "text")
        safe = ("id", "measure", "status", "due_on", "owner_kommune", "at")
        open_because = {
            "status": _CODE,
            "reason": _PUBLIC,
            "text": _PUBLIC,
            "owner_name": "Navnet på den kommunen, virksomheten eller ansatte som har ansvaret.",
            "by_name": _EMPLOYEE,
        }


class Evidence(AppendOnly):
    """What shows that a measure had an effect: words, and a cleaned copy of a file when there is one."""

    row_rights = RowRights(people=_READS, may_insert=_REPORTS)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField()
    # A code of varde.documents.kinds; "" without a file.
    kind = models.CharField(max_length=8, blank=True)
    size = models.PositiveIntegerField(default=0)
    # base64
    file = SealedTextField(blank=True)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_evidence"
        indexes = [models.Index(fields=["measure", "at"], name="plan_evidence_order")]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("text", "file")
        safe = ("id", "measure", "kind", "size", "at")
        open_because = {"text": _PUBLIC, "kind": "Hva slags fil, fra en fast liste.", "by_name": _EMPLOYEE}

    @property
    def key_id(self) -> UUID:
        """The office's own for its plans."""
        return purpose_id(need_office(), "plan")


class Adoption(AppendOnly):
    """The plan was adopted by a decision, and this is what was adopted: the content and the paper, as they were."""

    row_rights = RowRights(people=_READS, may_insert=f"{_EDITS} AND by_user = {USER} AND {said_now()}")
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="adoption")
    decision = models.CharField(max_length=200)
    decided_on = models.DateField()
    # The decision's own row in a room that knows it; None where it was taken elsewhere.
    decision_id = models.UUIDField(null=True, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # base64
    pdf = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "plan_adoption"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("decision", "pdf")
        safe = ("id", "plan", "decided_on", "decision_id", "content", "sha256", "at")
        open_because = {
            "decision": "Navnet på et vedtak i lederteamet.",
            "content": "Mål og tiltak slik de ble vedtatt. Om felles arbeid, ikke om noen i en sak.",
            "sha256": "Et avtrykk av PDF-en.",
            "by_name": _EMPLOYEE,
        }

    @property
    def key_id(self) -> UUID:
        """The office's own for its plans."""
        return purpose_id(need_office(), "plan")
