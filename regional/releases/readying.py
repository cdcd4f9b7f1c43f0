"""What a second person looks at before they say yes, where there is no draft: exactly what would be done."""

from typing import Any
from uuid import UUID

from django.db import transaction

from regional.releases.due_queries import due, next_period
from regional.releases.entering import in_turn
from regional.releases.ledger import Ledger
from regional.releases.models import Wish, WishState
from regional.releases.other_actions import ALREADY, check_rule, check_settled, claimed, kommuner, loosens, stands
from regional.releases.problem import Json
from regional.releases.queries import frozen
from regional.releases.wants import read
from regional.releases.wish_actions import held, ready
from varde.access import Reader
from varde.refusal import Refused

NOT_NEXT = "Halvår lukkes i rekkefølge, og dette er ikke det neste."


@transaction.atomic
def set_ready(*, wish: UUID, by: Reader) -> Wish:
    """It waits for another person. Raises Refused for what can never be done, whoever says yes."""
    told = in_turn(by)
    row = held(wish, WishState.WAITING)
    return ready(row, {"about": row.about} | _MADE[row.kind](told, read(row.kind, row.about), by), by)


def _closed(told: Ledger, want: Any, by: Reader) -> Json:
    """Who would be left out, by name."""
    if next_period(told) != want.period:
        raise Refused(NOT_NEXT)
    return {"missing": list(due(want.period, frozen(told), by).missing)}


def _withdrawn(told: Ledger, want: Any, by: Reader) -> Json:
    found = next((one for one in told.releases if one.number == want.release), None)
    if found is None or not stands(told, want.release):
        raise Refused(ALREADY)
    return {"period": found.period, "tables": list(found.tables)}


def _outside(told: Ledger, want: Any, by: Reader) -> Json:
    claimed(told, want)
    return {}


def _rule(told: Ledger, want: Any, by: Reader) -> Json:
    check_settled(told)
    check_rule(want, kommuner(told))
    before = {name: getattr(told.rule, name) for name in ("threshold", "coalition", "min_contributors")}
    return {"before": before, "loosens": loosens(told.rule, want)}


def _settled(told: Ledger, want: Any, by: Reader) -> Json:
    return {"claims": told.unsettled}


_MADE = {"closed": _closed, "withdrawn": _withdrawn, "outside": _outside, "rule": _rule, "settled": _settled}
