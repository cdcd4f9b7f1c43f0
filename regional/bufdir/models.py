"""Reports of the region: drafts that wait for a second person, the frozen copies, and when each was sent.

A draft is made once and never changed: what was looked at is what is approved. A frozen copy is the very bytes that the
page and every file are made from.
"""

from typing import ClassVar

from django.db import models

from shared.codes.periods import label, parse
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.models import AppendOnly, Row

_READ = holds(Permission.STATISTICS_READ)
_RELEASE = holds(Permission.STATISTICS_RELEASE)
_CODE = "En kode fra en fast liste."
_FIGURES = "Tall som er gitt ut, avtalt fordeling av penger, og ord om felles arbeid. Ingen person omtales."
_NAME = "Navnet på en ansatt i regionen. Står også i innsynsloggen."
_PRINT = "Et fingeravtrykk av innholdet."
_PERIOD = "Et halvår eller et år, for eksempel 2025H1."


class Kind(models.TextChoices):
    """What a report is for."""

    BUFDIR = "bufdir", "Rapport til Bufdir"
    GRANT = "grant", "Tilskuddsrapport"


class DraftState(models.TextChoices):
    """How far a draft has come."""

    OPEN = "open", "Venter på godkjenning"
    APPROVED = "approved", "Godkjent"
    DROPPED = "dropped", "Forkastet"


class Draft(Row):
    """A report as it would be. `stands_on`: number and fingerprint of the releases it is made from."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=_RELEASE,
        may_insert=f"{_RELEASE} AND made_by = {USER} AND state = 'open' AND {said_now('made_by_name', 'made_at')}",
        may_delete="false",
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    period = models.CharField(max_length=6)
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.OPEN)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    stands_on = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    # The number of the report that it corrects, and why.
    replaces = models.PositiveIntegerField(null=True)
    because = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "bufdir_draft"
        indexes = [models.Index(fields=["state", "made_at"], name="bufdir_draft_waiting")]

    class Privacy:
        personal = ("made_by", "made_by_name")
        free_text = ("content", "texts", "because")
        safe = ("id", "kind", "period", "state", "digest", "stands_on", "replaces", "made_at")
        open_because = {
            "kind": _CODE,
            "period": _PERIOD,
            "state": _CODE,
            "content": _FIGURES,
            "digest": _PRINT,
            "stands_on": "Nummer på og fingeravtrykk av utgivelsene tallene står i.",
            "texts": _FIGURES,
            "because": _FIGURES,
            "made_by_name": _NAME,
        }

    @property
    def period_label(self) -> str:
        """«1. halvår 2025»"""
        return label(parse(self.period))


class FrozenReport(AppendOnly):
    """A report as it was approved, for good. A correction is a new one that says which it replaces."""

    row_rights = RowRights(
        people=_READ,
        may_insert=f"{_RELEASE} AND approved_by = {USER} AND {said_now('approved_by_name', 'approved_at')}",
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind.choices)
    period = models.CharField(max_length=6)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="frozen")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    stands_on = models.JSONField(default=list)
    replaces = models.PositiveIntegerField(null=True)
    because = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    approved_at = models.DateTimeField()
    approved_by = models.UUIDField()
    approved_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "bufdir_report"
        constraints = [models.UniqueConstraint(fields=["number"], name="bufdir_report_number")]

    class Privacy:
        personal = ("made_by_name", "approved_by", "approved_by_name")
        free_text = ("content", "because")
        safe = (
            "id", "number", "kind", "period", "draft", "digest", "stands_on", "replaces", "made_at", "approved_at",
        )  # fmt: skip
        open_because = {
            "kind": _CODE,
            "period": _PERIOD,
            "content": _FIGURES,
            "digest": _PRINT,
            "stands_on": "Nummer på og fingeravtrykk av utgivelsene tallene står i.",
            "because": _FIGURES,
            "made_by_name": _NAME,
            "approved_by_name": _NAME,
        }

    @property
    def period_label(self) -> str:
        """«1. halvår 2025»"""
        return label(parse(self.period))


class ReportSent(AppendOnly):
    """That somebody has sent a report, on which day and under which reference of the receiver's."""

    row_rights = RowRights(people=_READ, may_insert=f"{_RELEASE} AND by_user = {USER} AND {said_now()}")
    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="sent")
    sent_on = models.DateField()
    reference = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "bufdir_sent"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reference",)
        safe = ("id", "report", "sent_on", "at")
        open_because = {"reference": "Mottakerens referanse til rapporten.", "by_name": _NAME}
