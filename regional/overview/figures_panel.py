"""The newest figures that all have sent for: a kept copy after protection, never a count as it came or changes."""

from datetime import datetime

from regional.overview.panel import Bars, Figure, Panel, Source
from regional.statistics import newest as released
from varde.access import Permission, Reader

CODE, TITLE = "tall", "Regionens tall"
SHOWN = 3  # of the questions; the rest is a link away
NOT_YOURS = "Rollen din gir ikke tilgang til regionens tall. Lederteamet og statistikkansvarlig ser dem."
ALL_HIDDEN = "Svarene på spørsmålene kan ikke vises for dette halvåret: antallene er for små."
NONE_YET = (
    "Tallene for et halvår vises her når alle kommunene har sendt for hele halvåret. Ingen halvår er komplette ennå."
)


def panel(by: Reader, at: datetime) -> Panel:
    """Cases and the first questions of the newest period that have an answer to show."""
    if not by.may(Permission.STATISTICS_READ):
        return Panel(CODE, TITLE, silent=NOT_YOURS)
    found = released.newest(by)
    if found is None:
        return Panel(CODE, TITLE, silent=NONE_YET)
    about = (
        f"Skjermet: tall under {found.threshold} vises ikke («:»), og heller ikke tall som de kunne vært regnet ut av. "
        f"Er færre enn {found.min_contributors} kommuner med, skjules alt. Rettelser som er kommet senere, er ikke med."
    )
    # A question of which every answer is hidden says nothing; which ones they are is a link away.
    told = [one for one in found.questions if any(not row.get("hidden") for row in one.rows)]
    source = Source(f"Kopien av tallene for {found.label}, laget da alle hadde sendt", found.made_at, "", about)
    return Panel(
        CODE,
        TITLE,
        source=source,
        figures=(Figure(f"Saker, {found.label}", found.cases),),
        bars=tuple(Bars(one.label, "Svar", one.rows) for one in told[:SHOWN]),
        notes=() if told else (ALL_HIDDEN,),
    )
