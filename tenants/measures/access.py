"""Who may see which measure: those who see its case."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404

from tenants.measures.models import Measure
from tenants.measures.queries import visible
from varde.access import Reader
from varde.audit.actions import Action, record


def measure_for(reader: Reader, measure_id: UUID) -> Measure:
    """A measure with its case and owner, the look logged. Http404 (logged too) when hidden or absent."""
    measure = visible(reader).select_related("case__concern", "owner").filter(pk=measure_id).first()
    if measure is None:
        record(by=reader, action=Action.DENIED, what="measures.measure", ids=[measure_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="measures.measure", ids=[measure.id])
    return measure


def note_listed(reader: Reader, measures: Sequence[Measure]) -> None:
    """Log which measures a page of the list showed."""
    record(by=reader, action=Action.LIST, what="measures.measure", ids=[measure.id for measure in measures])
