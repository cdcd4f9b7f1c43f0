"""Who may see which measure: those who see its case."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.http import Http404

from tenants.inbox.queries import there
from tenants.measures.models import Measure
from varde.access import Reader
from varde.audit import hooks
from varde.audit.actions import Action, record


def measure_for(reader: Reader, measure_id: UUID) -> Measure:
    """A measure with its case and owner, the look logged. Http404 (logged too) when hidden or absent."""
    rows = Measure.objects.select_related("case__concern", "owner")
    measure = rows.filter(there("measures.measure", measure_id), pk=measure_id).first()
    if measure is None:
        record(by=reader, action=Action.DENIED, what="measures.measure", ids=[measure_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="measures.measure", ids=[measure.id])
    return measure


def note_listed(reader: Reader, measures: Sequence[Measure]) -> None:
    """Log which measures a page of the list showed."""
    record(by=reader, action=Action.LIST, what="measures.measure", ids=[measure.id for measure in measures])


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who owns a measure has something to do with the matter until it is ended."""
    rows = Measure.objects.filter(case__concern__in=matters)
    found: dict[UUID, list[hooks.Task]] = {}
    for matter, owner, since, until in rows.values_list("case__concern", "owner_id", "made_at", "ended_at"):
        found.setdefault(matter, []).append(hooks.Task(owner, since, until))
    return found
