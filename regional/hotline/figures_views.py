"""How much the phone is used, for the host: counts only, on a page and as a file."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.hotline import figures_files, figures_queries
from regional.hotline.figures import (
    Counted,
    Figures,
    Kommuner,
    Period,
    by_kommune,
    closed_months,
    figures,
    in_words,
    periods,
)
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import day_of
from varde.ui.shortcuts import page
from varde.worktime import moment

USUAL = "90"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page shows: the period of most figures, and the month of those by kommune."""

    period: Period
    month: Period | None
    figures: Figures
    kommuner: Kommuner | None
    periods: list[Period]
    months: list[Period]
    unknown: bool


def _chosen(request: HttpRequest, by: Reader) -> Chosen:
    today, first = day_of(now()), figures_queries.first_day()
    offered, months = periods(today, first), closed_months(today, first)
    wanted, wanted_month = request.GET.get("periode", USUAL), request.GET.get("maned", "")
    period = next((one for one in offered if one.code == wanted), None)
    month = next((one for one in months if one.code == wanted_month), None)
    unknown = period is None or (bool(wanted_month) and month is None)
    period, month = period or next(one for one in offered if one.code == USUAL), month or next(iter(months), None)
    facts = figures_queries.facts(_begins(period, month))
    teams, without = (figures_queries.region_names(by, teams=wanted) for wanted in (True, False))
    kommuner = by_kommune(facts, month, teams, without) if month else None
    counted = figures(facts, period, figures_queries.owners())
    return Chosen(period, month, counted, kommuner, offered, months, unknown)


def _begins(period: Period, month: Period | None) -> datetime:
    """A day earlier than any of them: the facts are cut by the day in Oslo afterwards."""
    first = min(one.first for one in (period, month) if one)
    return moment(first, time(0)) - timedelta(days=1)


def _bars(rows: Counted | None) -> list[dict[str, Any]] | None:
    if rows is None:
        return None
    whole = sum(count for _, count in rows if count > 0)
    return [
        {"label": label, "count": max(count, 0), "share": count / whole if whole else None, "hidden": count < 0}
        for label, count in rows
    ]


def tables(found: Figures) -> list[tuple[str, str, Counted]]:
    """(title, first column, rows) of every table that has no kommune in it."""
    return [
        ("Hva samtalene førte til", "Utfall", found.by_outcome),
        ("Samtaler over tid", "Tid", found.over_time),
        ("Når på døgnet", "Klokken", found.by_hour),
        ("Hvilken ukedag", "Ukedag", found.by_weekday),
        *([("Hvem som svarte", "Tjeneste", found.by_service)] if found.by_service else []),
        *([("Hvilken linje", "Linje", found.by_line)] if found.by_line else []),
    ]


@require_GET
@allow(Permission.HOTLINE_MANAGE)
def figures_page(request: HttpRequest) -> HttpResponse:
    """`?periode=` days or a month, `?maned=` the month of the figures by kommune."""
    by = reader(request)
    record(by=by, action=Action.VIEW, what="hotline.figures")
    chosen = _chosen(request, by)
    context = {
        "chosen": chosen,
        "figures": chosen.figures,
        "wait_median": in_words(chosen.figures.wait_median),
        "wait_p90": in_words(chosen.figures.wait_p90),
        "tables": [(title, head, _bars(rows)) for title, head, rows in tables(chosen.figures) if rows],
        "sent": _bars(chosen.kommuner.sent) if chosen.kommuner else None,
        "contacts": _bars(chosen.kommuner.contacts) if chosen.kommuner else None,
    }
    return page(request, "hotline/figures.html", context, status=400 if chosen.unknown else 200)


@require_GET
@allow(Permission.HOTLINE_MANAGE)
def figures_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The same as a file for a spreadsheet: csv or xlsx."""
    if ending not in figures_files.MAKERS:
        raise Http404
    by = reader(request)
    chosen = _chosen(request, by)
    record(by=by, action=Action.EXPORT, what="hotline.figures", ids=[chosen.period.code])
    sheet = figures_files.rows(chosen.period, chosen.figures, tables(chosen.figures), chosen.month, chosen.kommuner)
    return figures_files.answer(ending, sheet, day_of(now()))
