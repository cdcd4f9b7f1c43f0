"""The tables that a command asks for: what must be closed is closed, what is not given out is given out, by whoever
runs the installation, and the ledger says that it was they."""

from collections.abc import Sequence
from uuid import UUID

from regional.releases.asked_for import table_for, to_close
from regional.releases.due_queries import next_period
from regional.releases.engines import engines
from regional.releases.given import Given, all_given
from regional.releases.ledger import Broken, Ledger
from regional.releases.models import Wish, WishState
from regional.releases.offered import Offered
from regional.releases.queries import read_ledger
from regional.releases.wants import Close, Release
from regional.releases.wish_actions import approve_by_command, ask_by_command
from regional.releases.worker import Make, one
from regional.statistics.queries import quarters_with_data
from shared.codes.periods import Quarter, label
from shared.contracts import ReleasedTable
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

NONE_SENT = "Ingen kommuner har sendt tall for perioden ennå."
NO_TABLE = "Det gis ikke ut tall for {asked} alene. Det som kan bestilles, er {tables}."
NOT_HELD = "Tallene for {asked} kan ikke gis ut: de bygger på for få kommuner."
UNDER_WAY = "Noen andre holder på med det samme. Prøv igjen om litt."


def table_for_period(ref: OfficeRef, quarters: Sequence[Quarter], make: Make = engines) -> tuple[Given, ReleasedTable]:
    """The planned table of exactly these quarters, and the release that holds it. Raises Refused with a sentence."""
    try:
        table, period = _planned(ref, quarters, make)
        found = _held(ref, table.id)
        if found is None:
            _run(ref, Release(period=period), make)
            found = _held(ref, table.id)
    except Broken as error:
        raise Refused(str(error)) from error
    if found is None:
        raise Refused(NOT_HELD.format(asked=table.label))
    return found


def _planned(ref: OfficeRef, quarters: Sequence[Quarter], make: Make) -> tuple[Offered, str]:
    """The table, and the closed period that it is given out with."""
    with work(ref, "returns"):
        told, have = read_ledger(), quarters_with_data()
        coming = to_close(quarters, told.periods, next_period(told))
    if not set(quarters) & set(have):
        raise Refused(NONE_SENT)
    for period in coming:
        _run(ref, Close(period=period, without=True), make)
    with work(ref, "returns"):
        told = read_ledger()
    found = table_for(quarters, told.periods, have)
    if found is None:
        raise Refused(NO_TABLE.format(asked=label(quarters), tables=_names(told)))
    return found, next(each for each in told.periods if found.id in {one.id for one in told.offered(each)})


def _names(told: Ledger) -> str:
    """What can be asked for, the newest last."""
    listed = list(dict.fromkeys(one.label for period in told.periods for one in told.offered(period)))
    return ", ".join(listed) or "ingenting ennå"


def _held(ref: OfficeRef, table: str) -> tuple[Given, ReleasedTable] | None:
    with work(ref, "returns"):
        found = all_given()
    return next(((one, each) for one in found for each in one.tables if each.id == table), None)


def _run(ref: OfficeRef, wanted: Close | Release, make: Make) -> None:
    """One wish of the command's own from beginning to end. Raises Refused."""
    with work(ref, "returns") as by:
        wish = ask_by_command(wanted=wanted, by=by).id
    one(ref, wish, WishState.WAITING, make)
    row = _row(ref, wish)
    if row.state == WishState.READY:
        with work(ref, "returns") as by:
            approve_by_command(wish=wish, by=by)
        one(ref, wish, WishState.APPROVED, make)
        row = _row(ref, wish)
    if row.state != WishState.DONE:
        raise Refused(row.said or UNDER_WAY)


def _row(ref: OfficeRef, wish: UUID) -> Wish:
    with work(ref, "returns"):
        return Wish.objects.get(pk=wish)
