"""The demo's region gives out figures: two half-years are out, a third waits for a second person, the newest is open.

People do it by the same actions as on the pages, and the worker's part is done here at once; but the third draft is
made by the worker itself when it starts, so that nobody waits for it.
"""

from uuid import UUID

from regional.releases.actions import approve, ask_close, ask_release, preview
from regional.releases.models import LedgerEntry
from regional.releases.offered import half_of
from regional.releases.worker import work_off
from regional.statistics.models import PooledReturn
from regional.statistics.queries import quarters_with_data
from shared.codes.periods import Quarter, parse, quarter_of
from varde.access.roles import Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

OUT = 2
FEWEST = 3


def seed(region: OfficeRef) -> bool:
    """False where too few send, where there is something already, and where nobody has the roles."""
    with work(region, "returns"):
        few = PooledReturn.objects.values("kommune").distinct().count() < FEWEST
        if few or LedgerEntry.objects.exists():
            return False
        halves = closable(quarters_with_data(), quarter_of(day_of(now())))
    try:
        for half in halves[:OUT]:
            _close(region, half)
            wish = _ask(region, half)
            work_off(region)
            _approve(region, wish)
        for half in halves[OUT:]:
            _close(region, half)
            _ask(region, half)
    except NobodyHere:
        return False
    return bool(halves)


def closable(have: list[Quarter], today: Quarter) -> list[str]:
    """The first three half-years that are over, but never the newest one: that is for whoever tries it."""
    halves = list(dict.fromkeys(half_of(quarter) for quarter in have))
    over = [half for half in halves if parse(half)[-1] < today]
    return over[:-1][: OUT + 1]


def _close(region: OfficeRef, half: str) -> None:
    with acting(region, Role.STATISTICS_OFFICER) as by:
        ask_close(period=half, without=False, by=by)
    work_off(region)


def _ask(region: OfficeRef, half: str) -> UUID:
    with acting(region, Role.STATISTICS_OFFICER) as by:
        return ask_release(period=half, by=by).id


def _approve(region: OfficeRef, wish: UUID) -> None:
    """The secretary opens the draft, and says yes on the next page."""
    with acting(region, Role.SECRETARY) as by:
        seen = preview(wish=wish, by=by).made_digest
    with acting(region, Role.SECRETARY) as by:
        approve(wish=wish, seen=seen, by=by)
    work_off(region)
