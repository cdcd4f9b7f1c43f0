"""How far the two have come with their yes."""

from uuid import UUID

from shared.merging.states import ENOUGH, yes_of
from shared.orders.queries import Placed
from shared.orders.states import both
from shared.registry.models import Office


def sides(order: Placed) -> list[tuple[str, int]]:
    """(name, how many still have to say yes) of both, the leading one first."""
    names: dict[UUID, str] = dict(Office.objects.filter(id__in=both(order.facts)).values_list("id", "name"))
    said = order.words
    return [(names.get(each, "?"), max(0, ENOUGH - len(yes_of(said, each)))) for each in both(order.facts)]
