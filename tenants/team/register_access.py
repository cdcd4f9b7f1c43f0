"""Who may look at the register, and at what in it."""

from uuid import UUID

from django.http import Http404

from tenants.team.register_models import HandOver, Routine, Training
from varde.access import Reader
from varde.audit.actions import Action, record


def note_read(reader: Reader) -> None:
    """The register was read."""
    record(by=reader, action=Action.LIST, what="team.register")


def routine_for(reader: Reader, routine_id: UUID) -> Routine:
    """A routine; Http404 (logged) when there is none."""
    found = Routine.objects.select_related("owner").filter(pk=routine_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="team.routine", ids=[routine_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="team.routine", ids=[found.id])
    return found


def training_for(reader: Reader, training_id: UUID) -> Training:
    """A training that somebody wrote down; Http404 (logged) when there is none."""
    found = Training.objects.select_related("user").filter(pk=training_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="team.training", ids=[training_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="team.training", ids=[found.user_id])
    return found


def handover_for(reader: Reader, handover_id: UUID) -> HandOver:
    """A hand-over; Http404 (logged) when there is none."""
    found = HandOver.objects.select_related("leaving", "heir").filter(pk=handover_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="team.handover", ids=[handover_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="team.handover", ids=[found.id])
    return found
