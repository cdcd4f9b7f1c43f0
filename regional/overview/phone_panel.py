"""Who answers the phone in the next seven days: when nobody does, and which kommuner's callers ring in vain."""

from collections.abc import Sequence
from datetime import datetime

from regional.lines import queries as lines
from regional.overview.panel import Cell, Figure, Panel, Source, Table
from regional.phone import queries as phone
from varde.access import Permission, Reader
from varde.ui.dates import date_and_time
from varde.ui.numbers import phone as written

CODE, TITLE = "vakt", "Vakttelefonen de neste sju dagene"
NO_ROTA = "Ingen vaktliste er tatt i bruk, så ingen kan si om noen mangler."
MOST = 8


def panel(by: Reader, at: datetime) -> Panel:
    """Gaps of the rota and of the set-ups, with why."""
    used, silent = phone.in_use(), lines.silent_ahead(at, by.office.id)
    astray = lines.astray_now(at, by.office.id)
    if not (used or silent or astray):
        return Panel(CODE, TITLE, silent=NO_ROTA)
    gaps = phone.gaps_ahead(at)
    # What the rota says already is not said again of each set-up.
    others = [row for row in silent if (row[1], row[2]) not in gaps]
    rows = [*(("Vakttelefonen", starts, ends, "Ingen har vakt") for starts, ends in gaps), *others]
    missed = (Figure("Tider uten noen på vakt", len(gaps), warn=bool(gaps)),) if used else ()
    where = "/vakttelefon/drift" if by.may(Permission.HOTLINE_MANAGE) else ""
    return Panel(
        CODE,
        TITLE,
        source=Source("Vaktlisten og oppsettet for telefonene", at, where),
        figures=(
            *missed,
            Figure("Andre tider noen ringer forgjeves", len(others), warn=bool(others)),
            *((Figure("Viser et annet nummer enn det som blir besvart", len(astray), warn=True),) if astray else ()),
        ),
        tables=(_table(rows[:MOST]),) if rows else (),
        notes=(
            *([] if used else [NO_ROTA]),
            *([f"Og {len(rows) - MOST} tider til."] if len(rows) > MOST else []),
            *(f"{one.kommune.name} viser {written(one.shown)}, men oppsettet svarer på {_all(one)}." for one in astray),
        ),
    )


def _all(one: lines.Astray) -> str:
    return " og ".join(written(number) for number in one.answered)


def _table(rows: Sequence[lines.Silence]) -> Table:
    return Table(
        "Når noen kan ringe forgjeves",
        ("Hvem", "Fra", "Til", "Hvorfor"),
        tuple(
            (Cell(who), Cell(date_and_time(starts)), Cell(date_and_time(ends)), Cell(why))
            for who, starts, ends, why in rows
        ),
    )
