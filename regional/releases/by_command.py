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
from regional.releases.offered import Offered, tables
from regional.releases.queries import read_ledger
from regional.releases.wants import Close, Release
from regional.releases.wish_actions import approve_by_command, ask_by_command
from regional.releases.worker import Make, one
from regional.statistics.queries import quarters_with_data
from shared.codes.periods import Quarter, label, parse
from shared.contracts import ReleasedTable
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

NONE_SENT = "Ingen kommuner har sendt tall for perioden ennå."
NO_TABLE = "Det gis ikke ut tall for {asked} alene. Det som kan bestilles, er {tables}."
NOT_OVER = "Det kan ikke gis ut tall for {asked} ennå: {last} er ikke over."
NOT_HELD = "Tallene for {asked} kan ikke gis ut: de bygger på for få kommuner."
WITHDRAWN = "Tallene for {asked} er trukket tilbake. To personer i regionen må gi dem ut igjen før de kan hentes."
PEOPLES = (
    "Tallene for {asked} står i et utkast som noen i regionen har bedt om, og som ikke er gitt ut. Det gis ut av to "
    "personer i regionen, under «Statistikk»: én ber om det på nytt, en annen ser på det og godkjenner."
)
UNDER_WAY = "Noen andre holder på med det samme. Prøv igjen om litt."


def table_for_period(ref: OfficeRef, quarters: Sequence[Quarter], make: Make = engines) -> tuple[Given, ReleasedTable]:
    """The planned table of exactly these quarters, and the release that holds it. Raises Refused with a sentence."""
    try:
        table, period = _planned(ref, quarters, make)
        found = _held(ref, table.id)
        if found is None:
            _not_withdrawn(ref, table)
            _not_peoples(ref, table, period)
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
    # Closing cannot be undone: what cannot be answered closes nothing.
    found = table_for(quarters, [*told.periods, *coming], have)
    if found is None:
        raise Refused(NO_TABLE.format(asked=label(quarters), tables=_names(told, coming)))
    if coming and parse(coming[-1])[-1].last_day >= day_of(now()):
        raise Refused(NOT_OVER.format(asked=label(quarters), last=label(parse(coming[-1]))))
    for period in coming:
        _run(ref, Close(period=period, without=True), make)
    with work(ref, "returns"):
        told = read_ledger()
    given_with = next((one for one in told.periods if found.id in {each.id for each in told.offered(one)}), None)
    if given_with is None:  # closed empty
        raise Refused(NOT_HELD.format(asked=found.label))
    return found, given_with


def _names(told: Ledger, coming: Sequence[str]) -> str:
    """What can be asked for, the newest last; what is to be closed first is closed then."""
    known = [*told.periods, *coming]
    offered = [one for each in told.periods for one in told.offered(each)]
    offered += [one for each in coming for one in tables(each, known)]
    return ", ".join(dict.fromkeys(one.label for one in offered)) or "ingenting ennå"


def _held(ref: OfficeRef, table: str) -> tuple[Given, ReleasedTable] | None:
    with work(ref, "returns"):
        found = all_given()
    return next(((one, each) for one in found for each in one.tables if each.id == table), None)


def _not_withdrawn(ref: OfficeRef, table: Offered) -> None:
    """Raises Refused for what two people have taken back: a command that asks for a report does not undo that."""
    with work(ref, "returns"):
        releases = read_ledger().releases
    if any(table.id in one.tables for one in releases if one.withdrawn):
        raise Refused(WITHDRAWN.format(asked=table.label))


def _not_peoples(ref: OfficeRef, table: Offered, period: str) -> None:
    """Raises Refused where what would be given out is a draft that people have asked for: they may have dropped it, or
    be looking at it. Nobody but two of them gives it out."""
    with work(ref, "returns"):
        old, theirs = read_ledger().to_give_out(period), Wish.objects.filter(asked_by__isnull=False)
        had = old is not None and theirs.filter(drafted=old.number).exists()
        coming = theirs.filter(kind="release", about__period=period, state=WishState.WAITING).exists()
    if had or coming:
        raise Refused(PEOPLES.format(asked=table.label))


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
