"""The figures as a file: one sheet with a part for each table. What is hidden is «:», as on the page."""

import io
from collections.abc import Callable, Sequence
from datetime import date

from django.http import HttpResponse

from regional.hotline.figures import Counted, Figures, Kommuner, Period
from varde.exits.names import Ending, attachment
from varde.exits.sheets import Cell, Writer
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


def _csv(sheet: Rows) -> bytes:
    text = io.StringIO()
    Writer(text).writerows(sheet)
    return text.getvalue().encode("utf-8-sig")  # the mark tells the spreadsheet that it is UTF-8


MAKERS: dict[str, tuple[Ending, str, Callable[[Rows], bytes]]] = {
    "csv": ("csv", "text/csv; charset=utf-8", _csv),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
}


def answer(ending: str, sheet: Rows, day: date) -> HttpResponse:
    """The download; `ending` is a key of MAKERS."""
    known, kind, make = MAKERS[ending]
    response = HttpResponse(make(sheet), content_type=kind)
    response["Content-Disposition"] = attachment("tall", day, known)
    response["Cache-Control"] = "no-store"
    return response
