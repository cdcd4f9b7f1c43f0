"""How the post and the phone deliver: counts of letters of all offices at once, and the region's own that wait.

From the rounds in which each office counts itself. How many one kommune has sent, waits for or is late with is not
said: where fewer than three have counted, nor is the sum.
"""

from collections.abc import Sequence
from datetime import datetime

from regional.overview.panel import HIDDEN, Cell, Figure, Panel, Source, Table
from shared.post.ledger_queries import OfficeLine, Together, offices, together, together_of
from shared.post.ledger_rules import SILENT
from varde.access import Permission, Reader
from varde.disclosure.cells import MIN_CONTRIBUTORS
from varde.ui.dates import since
from varde.ui.numbers import whole

CODE, TITLE = "levering", "Levering"
NOBODY = "Kontrollen av posten har ikke gått ennå. Den går hvert kvarter."
HEAD = ("Slag", "Sendt", "Lagret hos mottakeren", "Åpnet av et menneske")
NO_PERSON = "Leses av Varde selv"
KINDS = {"concern": "Bekymringer og saker", "matter": "Systemsaker og svar", "test": "Prøvemeldinger"}
FEW = f"Færre enn {MIN_CONTRIBUTORS} kommuner har telt, så antallene («:») vises ikke: de ville sagt hvor mange én har."


def panel(by: Reader, at: datetime) -> Panel:
    """Concerns sent and opened; what of the region's own waits, how long, whether anything is missing; then by kind."""
    found = offices(by.office)
    known = [one for one in found if one.at is not None]
    own = next((one for one in known if one.office.id == by.office.id), None)
    if own is None:
        return Panel(CODE, TITLE, silent=NOBODY)
    few = sum(one.office.kind == "kommune" for one in known) < MIN_CONTRIBUTORS
    counted = min(one.at for one in known if one.at is not None)
    where = "/post" if by.may(Permission.POST_STATUS) else ""
    return Panel(
        CODE,
        TITLE,
        source=Source("Kontorenes egne tellinger av posten", counted, where, FEW if few else ""),
        figures=_figures(known, own, at, few=few),
        tables=(_table(known, few=few),),
        notes=_notes(found, at),
    )


def _figures(known: Sequence[OfficeLine], own: OfficeLine, at: datetime, *, few: bool) -> tuple[Figure, ...]:
    concerns, missing = together_of(known, "concern"), sum(one.missing for one in known)

    def number(label: str, count: int, *, warns: bool = False) -> Figure:
        return Figure(label, None if few else count, warn=warns and count > 0)

    return (
        number("Bekymringer og saker sendt, siste 30 dager", concerns.sent),
        number("Av dem åpnet av et menneske", concerns.opened),
        number("Brev til og fra oss som venter", own.waiting, warns=True),
        Figure("Det eldste som venter, ble sendt", since(own.oldest_at, at) if own.oldest_at else "Ingen venter"),
        number("Bekymringer ingen har åpnet i tide", own.overdue, warns=True),
        Figure("Mangler noe?", "Ja" if missing else "Nei", warn=bool(missing)),
    )


def _table(known: Sequence[OfficeLine], *, few: bool) -> Table:
    """A kind a row. What no person opens stands by itself, so that it never looks as if nobody had."""
    kinds = [(label, together_of(known, code)) for code, label in KINDS.items()]
    sums = together(known).three
    rest = Together(*(sums[at] - sum(counts.three[at] for _, counts in kinds) for at in range(3)))
    rows = tuple(_row(label, counts, few=few) for label, counts in kinds)
    last = (*_row("Tall, avtaler og annet", rest, few=few)[:3], Cell(NO_PERSON))
    return Table("Brev sendt de siste 30 dagene", HEAD, (*rows, last))


def _row(label: str, counts: Together, *, few: bool) -> tuple[Cell, ...]:
    return (Cell(label), *(Cell(HIDDEN if few else whole(count)) for count in counts.three))


def _notes(found: Sequence[OfficeLine], at: datetime) -> tuple[str, ...]:
    silent = [one.office.name for one in found if one.at is None or at - one.at > SILENT]
    return (f"Kontrollen har ikke gått som den skal hos {', '.join(silent)}.",) if silent else ()
