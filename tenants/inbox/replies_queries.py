"""The talk between the team and the reporter, both ways. Who may see it is decided in `access`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from tenants.inbox.mistakes_queries import Mark, marks_of
from tenants.inbox.models import Concern, ReporterMessage
from tenants.inbox.panels import Cell
from tenants.inbox.replies_models import ReporterReply
from varde.access import Reader


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `read_at` only of those that the reporter wrote. `row.text` is its words.

    `unread`: written by the team, and nobody has looked with the receipt since.
    """

    at: datetime
    own: bool  # written by the team
    row: ReporterMessage | ReporterReply
    read_at: datetime | None = None
    read_by: str = ""
    unread: bool = False
    withdrawn: Mark | None = None


_LOOKED = RawSQL("receipt_looked(inbox_reportermessage.id)", [], output_field=BooleanField())


def talk(concern_id: UUID) -> list[Said]:
    """Everything said either way, oldest first."""
    own = ReporterMessage.objects.filter(concern_id=concern_id).annotate(looked=_LOOKED)
    marks = marks_of(ReporterMessage, [row.pk for row in own])
    ours = [Said(row.at, True, row, unread=not row.looked, withdrawn=marks.get(row.pk)) for row in own]
    theirs = [
        Said(row.at, False, row, row.read_at, row.read_by_name)
        for row in ReporterReply.objects.filter(concern_id=concern_id)
    ]
    return sorted([*ours, *theirs], key=lambda said: (said.at, said.row.id))


def unread(concern_id: UUID) -> int:
    """How many messages from the reporter nobody has opened."""
    return ReporterReply.objects.filter(concern_id=concern_id, read_at__isnull=True).count()


def unread_in_list(concerns: Sequence[Concern], reader: Reader) -> Mapping[UUID, Cell]:
    """A mark on each concern that has an unopened message; one query however many."""
    rows = ReporterReply.objects.filter(concern__in=concerns, read_at__isnull=True)
    return {key: Cell("Ny melding", "warning") for key in rows.values_list("concern_id", flat=True)}


def untold() -> list[ReporterReply]:
    """Messages whose readers have not been told; held for the task."""
    rows = ReporterReply.objects.filter(told_at__isnull=True)
    return list(rows.select_for_update(skip_locked=True).order_by("at"))


def told_already(concern_ids: Iterable[UUID]) -> set[UUID]:
    """Those of them with an unopened message that was told of: one mail until somebody has opened it."""
    rows = ReporterReply.objects.filter(concern_id__in=concern_ids, read_at__isnull=True, told_at__isnull=False)
    return set(rows.values_list("concern_id", flat=True))
