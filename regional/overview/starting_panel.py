"""How far each kommune has come against what Bufdir expects, and its team's training, by its own newest word."""

from collections.abc import Sequence
from datetime import datetime

from regional.onboarding.queries import Kommune, health
from regional.overview.panel import Bars, Cell, Figure, Panel, Source, Table
from varde.access import Permission, Reader
from varde.ui.dates import short_date

CODE, TITLE = "oppstart", "Oppstart og opplæring i kommunene"
NOBODY = "Ingen kommune har meldt hvor langt den er kommet ennå."
NO_KOMMUNE = "Ingen kommuner er med i samarbeidet ennå."
ABOUT = "Hver kommune melder selv, en gang i døgnet: steg og antall i teamet, ingenting om saker."


def panel(by: Reader, at: datetime) -> Panel:
    """Steps in place of those that Bufdir expects, and how many of each team are trained and certified."""
    found = health(by)
    said = [one for one in found if one.as_of is not None]
    if not said:
        return Panel(CODE, TITLE, silent=NOBODY if found else NO_KOMMUNE)
    counted = min(one.as_of for one in said if one.as_of is not None)
    where = "/samarbeid/nye-kommuner" if by.may(Permission.ONBOARDING) else ""
    done = sum(one.expected.done == one.expected.of for one in said)
    return Panel(
        CODE,
        TITLE,
        source=Source("Kommunenes egne meldinger", counted, where, ABOUT),
        figures=(
            Figure("Har alt Bufdir forventer", f"{done} av {len(found)} kommuner"),
            Figure("Sertifisert i RITE", f"{sum(o.certified for o in said)} av {sum(o.team for o in said)} i teamene"),
        ),
        bars=(_bars(said),),
        tables=(_table(found),),
    )


def _bars(said: Sequence[Kommune]) -> Bars:
    rows = [
        {
            "label": one.name,
            "count": one.expected.done,
            "share": one.expected.done / one.expected.of if one.expected.of else None,
        }
        for one in said
    ]
    of = max(one.expected.of for one in said)
    return Bars(f"Steg på plass, av de {of} Bufdir forventer", "Kommune", rows, of=of)


def _table(found: Sequence[Kommune]) -> Table:
    head = ("Kommune", "Status", "Opplært", "Sertifisert", "Politikontakt", "Mangler", "Meldt")
    return Table("Hver kommune", head, tuple(_row(one) for one in found))


def _row(one: Kommune) -> tuple[Cell, ...]:
    if one.as_of is None:
        return (Cell(one.name), Cell(one.label, color=one.color), *(Cell("Ikke meldt") for _ in range(5)))
    lacks = ", ".join(one.lacking) or "Ingenting"
    return (
        Cell(one.name),
        Cell(one.label, color=one.color),
        Cell(f"{one.trained} av {one.team}"),
        Cell(f"{one.certified} av {one.team}"),
        Cell("Ja" if one.police else "Nei"),
        Cell(lacks),
        Cell(short_date(one.as_of)),
    )
