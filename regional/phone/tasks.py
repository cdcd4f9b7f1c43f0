"""Once a day: does anybody answer the phone in the week to come? And the end of notes that are two weeks old."""

from regional.phone import handover_actions, queries
from regional.phone.handover import KEPT
from regional.phone.handover_models import ShiftNote
from varde.access import Role
from varde.celery import office_task
from varde.clock import now
from varde.identity.queries import people
from varde.retention.registry import Done, Line
from varde.rotas import notices
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("phone.rota", every=24 * 3600, kinds=("region",))
def look_for_gaps(ref: OfficeRef) -> None:
    """Tell the host until the gaps are filled."""
    with work(ref, "reminders"):
        notices.gaps(queries.gaps_ahead, lambda: people(Role.HOST_ADMINISTRATOR), ref)


@office_task("phone.notes", every=6 * 3600, kinds=("region",))
def end_old_notes(ref: OfficeRef) -> None:
    """Nobody needs to confirm it: they were written for two weeks."""
    run(ref)


def look(ref: OfficeRef) -> list[Line]:
    """For `varde retention`: how many there are, and how many of them are too old."""
    with work(ref, "keys"):
        due = ShiftNote.objects.filter(written_at__lte=now() - KEPT).count()
        return [Line("Notater til neste vakt (14 dager)", True, ShiftNote.objects.count(), due, due, 0)]


def run(ref: OfficeRef) -> Done:
    """End those that are too old."""
    with work(ref, "keys") as by:
        return Done(handover_actions.end_old(by=by), 0)
