"""Triage's part of the inbox's pages: the decision and the next step on a concern, two columns in the list."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from shared.codes.categories import category
from tenants.inbox.home import reopening_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Cell, Panel
from tenants.triage import hold_queries, hooks, notes_queries, queries
from tenants.triage.hold_models import Hold
from tenants.triage.models import Assessment, NextStep
from tenants.triage.notes_forms import NoteForm
from tenants.triage.states import DECIDABLE
from varde.access import Permission, Reader


def on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """The decisions, what is next, and the way to decide."""
    if not reader.may(Permission.TRIAGE):
        return None
    home = hooks.homes([concern.id]).get(concern.id)
    context = {
        "assessments": queries.assessments(concern),
        "step": queries.open_step(concern),
        "held": hold_queries.open_hold(concern),
        "escalations": queries.escalations(concern),
        "step_url": f"/innboks/{concern.id}/steg",
        "decidable": concern.progress in DECIDABLE,
        "reopen_url": "" if home else reopening_of(concern, reader),
        "home": home,
        "done": [] if home else notes_queries.done(concern),
        "note_form": NoteForm(),
    }
    return Panel("triage/_panel.html", context)


def categories_in_list(concerns: Sequence[Concern], reader: Reader) -> Mapping[UUID, Cell]:
    """The category of each concern that has been decided on; one query however many."""
    rows = Assessment.objects.filter(concern__in=concerns).order_by("decided_at")
    newest = {row.concern_id: category(row.category) for row in rows}
    return {key: Cell(found.label, found.colour) for key, found in newest.items()}


def due_in_list(concerns: Sequence[Concern], reader: Reader) -> Mapping[UUID, Cell]:
    """When the next step of each concern is due, and whose it is, or since when it stands; two queries however many."""
    steps = NextStep.objects.filter(concern__in=concerns, done_at__isnull=True)
    held = hold_queries.held([concern.id for concern in concerns])
    return {step.concern_id: _due_cell(step, held.get(step.concern_id)) for step in steps.select_related("owner")}


def _due_cell(step: NextStep, held: Hold | None) -> Cell:
    if held is not None:
        return Cell(f"{step.owner.name}. {held.words}")
    return Cell(step.owner.name, due=step.due_at)
