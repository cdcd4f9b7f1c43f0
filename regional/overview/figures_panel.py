"""The newest half-year that is given out: what two persons have approved, never a count as it came or changes."""

from datetime import datetime

from regional.dashboard.newest import newest
from regional.overview.panel import Bars, Figure, Panel, Source
from varde.access import Permission, Reader

CODE, TITLE = "tall", "Regionens tall"
SHOWN = 3  # of the questions; the rest is a link away
NOT_YOURS = "Rollen din gir ikke tilgang til regionens tall. Lederteamet og statistikkansvarlig ser dem."
ALL_HIDDEN = "Svarene på spørsmålene kan ikke vises for dette halvåret: antallene er for små."
NONE_YET = (
    "Tallene for et halvår vises her når halvåret er lukket og to personer har gitt tallene ut. "
    "Ingen tall er gitt ut ennå."
)


def panel(by: Reader, at: datetime) -> Panel:
    """Cases and the first questions of the newest period that have an answer to show."""
    if not by.may(Permission.STATISTICS_READ):
        return Panel(CODE, TITLE, silent=NOT_YOURS)
    found = newest(by)
    if found is None:
        return Panel(CODE, TITLE, silent=NONE_YET)
    about = (
        "Skjermet: «:» står der et tall er null, lite eller skjult for at et annet ikke skal kunne regnes ut. "
        "Det som er meldt inn senere, er ikke med."
    )
    # A question of which every answer is hidden says nothing; which ones they are is a link away.
    told = [one for one in found.questions if any(not row.get("hidden") for row in one.rows)]
    source = Source(f"Utgivelse {found.number}, {found.label}", found.at, found.href, about)
    return Panel(
        CODE,
        TITLE,
        source=source,
        figures=(Figure(f"Saker, {found.label}", found.cases),),
        bars=tuple(Bars(one.label, "Svar", one.rows) for one in told[:SHOWN]),
        notes=() if told else (ALL_HIDDEN,),
    )
