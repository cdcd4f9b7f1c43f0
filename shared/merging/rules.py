"""What the room of orders asks about an order to make two kommuner one."""

from collections.abc import Mapping
from typing import Any

from shared.merging import states
from shared.merging.models import MergeReport
from shared.merging.queries import sides
from shared.orders.kinds import Rules
from shared.orders.people import all_settled
from shared.orders.queries import Placed
from shared.orders.states import both
from shared.registry.models import Office
from varde.access.reader import Reader
from varde.refusal import Refused


def _asks(facts: Mapping[str, Any]) -> None:
    """Two kommuner that are here, and not one of them twice."""
    wanted = set(both(facts))
    there = Office.objects.filter(id__in=wanted, kind="kommune", active=True).count()
    if len(wanted) != 2 or there != 2:
        raise Refused("Velg to kommuner som er i bruk på plattformen.")


def _says(order: Placed, to: str, by: Reader) -> None:
    """Drift approves when both have said yes; whoever says yes has not done so, and has held the role a while."""
    if to == "approved":
        states.check_agreed(order.words, order.facts)
    if to == "yes":
        states.check_yes(order.words, order.facts, by.office.id, by.user_id)
        if not all_settled([by.user_id], order.asked_at):
            raise Refused(states.NEW_HERE)


def _holds(order: Placed) -> None:
    states.check_agreed(order.words, order.facts)


def _shows(order: Placed) -> dict[str, Any]:
    report = MergeReport.objects.filter(order=order.id).values_list("facts", flat=True).first()
    return {"sides": sides(order), "merge_report": report}


RULES = Rules(_asks, _says, _holds, _shows, "merging/_beside.html")
