"""How the post and the phone deliver: counts of letters of all offices at once, and the region's own that wait.

From the rounds in which each office counts itself. How many one kommune has sent, waits for or is late with is not
said: where fewer than three have counted, nor is the sum.
"""

from collections.abc import Sequence
from datetime import datetime

from regional.overview.panel import Figure, Panel, Source
from shared.post.ledger_queries import OfficeLine, offices, together
from shared.post.ledger_rules import SILENT
from varde.access import Permission, Reader
from varde.disclosure.rule import MIN_CONTRIBUTORS
from varde.ui.dates import since

CODE, TITLE = "levering", "Levering"
NOBODY = "Kontrollen av posten har ikke gått ennå. Den går hvert kvarter."
FEW = f"Færre enn {MIN_CONTRIBUTORS} kommuner har telt, så antallene («:») vises ikke: de ville sagt hvor mange én har."


def panel(by: Reader, at: datetime) -> Panel:
    """Sent, stored and opened of all; what of the region's own waits, how long, and whether anything is missing."""
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
        notes=_notes(found, at),
    )


def _figures(known: Sequence[OfficeLine], own: OfficeLine, at: datetime, *, few: bool) -> tuple[Figure, ...]:
    total, missing = together(known), sum(one.missing for one in known)

    def number(label: str, count: int, *, warns: bool = False) -> Figure:
        return Figure(label, None if few else count, warn=warns and count > 0)

    return (
        number("Brev av alle slag sendt, siste 30 dager", total.sent),
        number("Lagret hos mottakeren", total.stored),
        number("Åpnet av et menneske (bare bekymringer og systemsaker åpnes slik)", total.opened),
        number("Våre brev som venter", own.waiting, warns=True),
        Figure("Det eldste som venter, ble sendt", since(own.oldest_at, at) if own.oldest_at else "Ingen venter"),
        number("Bekymringer ingen har åpnet i tide", own.overdue, warns=True),
        Figure("Mangler noe?", "Ja" if missing else "Nei", warn=bool(missing)),
    )


def _notes(found: Sequence[OfficeLine], at: datetime) -> tuple[str, ...]:
    silent = [one.office.name for one in found if one.at is None or at - one.at > SILENT]
    return (f"Kontrollen har ikke gått som den skal hos {', '.join(silent)}.",) if silent else ()
