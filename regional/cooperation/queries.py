"""The kommuner that work together, from the registry: public facts only."""

from shared.registry.models import Office
from shared.registry.queries import norwegian
from varde.access import Reader


def members(by: Reader) -> list[Office]:
    """The region's kommuner, the host first, then by name."""
    rows = Office.objects.filter(region_id=by.office.id, kind="kommune", active=True)
    return sorted(rows, key=lambda office: (not office.host, norwegian(office.name)))
