"""How far the two have come with their yes."""

from uuid import UUID

from shared.registry.merge_states import ENOUGH, both, yes_of
from shared.registry.models import Office
from shared.registry.order_queries import Placed


def sides(order: Placed) -> list[tuple[str, int]]:
    """(name, how many still have to say yes) of both, the leading one first."""
    names: dict[UUID, str] = dict(Office.objects.filter(id__in=both(order.facts)).values_list("id", "name"))
    said = order.words
    return [(names.get(each, "?"), max(0, ENOUGH - len(yes_of(said, each)))) for each in both(order.facts)]
