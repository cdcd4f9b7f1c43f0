"""The figures as a file: one sheet with a part for each table. What is hidden is «:», as on the page."""

from collections.abc import Callable, Sequence
from datetime import date

from django.http import HttpResponse

from regional.hotline.figures import Counted, Figures, Kommuner, Period
from varde.exits.downloads import file_answer
from varde.exits.names import Ending
from varde.exits.sheets import Cell, norwegian_csv
from varde.exits.workbook import workbook
from varde.ui.charts import HIDDEN

type Rows = list[Sequence[Cell]]


def rows(
    period: Period,
    found: Figures,
    tables: list[tuple[str, str, Counted]],
    month: Period | None,
    kommuner: Kommuner | None,
) -> Rows:
    """(part, what, number) lines under a heading."""
    made: Rows = [("Tabell", "Hva", "Antall")]
    made += [
        ("Periode", f"{period.first:%d.%m.%Y}–{period.last:%d.%m.%Y}", None),
        ("I alt", "Samtaler", found.total),
        ("I alt", "Ubesvarte", found.missed),
        ("Ventetid i sekunder", "Median", found.wait_median),
        ("Ventetid i sekunder", "90 prosent ventet ikke lenger enn", found.wait_p90),
    ]
    made += [(title, label, count) for title, _, counted in tables for label, count in counted]
    if month and kommuner:
        made += _by_kommune(f"Sendt til kommunen, {month.label}", kommuner.sent)
        made += _by_kommune(f"Kontakt gitt, {month.label}", kommuner.contacts)
    return made


def _by_kommune(title: str, counted: Counted | None) -> Rows:
    return [(title, label, HIDDEN if count < 0 else count) for label, count in counted or ()]


MAKERS: dict[str, tuple[Ending, Callable[[Rows], bytes]]] = {"csv": ("csv", norwegian_csv), "xlsx": ("xlsx", workbook)}


def answer(ending: str, sheet: Rows, day: date) -> HttpResponse:
    """The download; `ending` is a key of MAKERS."""
    known, make = MAKERS[ending]
    return file_answer(make(sheet), "tall", day, known)
