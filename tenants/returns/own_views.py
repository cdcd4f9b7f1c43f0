"""The dashboard: the kommune's own figures, the same through time, and what the region has given out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, quarter_of
from shared.codes.pilot import pilot
from shared.codes.steering import steering
from shared.contracts import ReleasedTable
from shared.registry.queries import facts
from tenants.returns import access, own_figures, own_through, received_queries
from tenants.returns.counts import RegisteredCase, count_cases
from tenants.returns.queries import started_on
from tenants.returns.spans import HALF, KINDS, START, YEAR, Span, pick, spans
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.ui.dates import day_of
from varde.ui.released import picture
from varde.ui.shortcuts import page


def _ends(by: Reader, known: list[RegisteredCase]) -> tuple[Quarter, Quarter]:
    """The first quarter that there may be figures of, and the one that runs. From the reader's own cases alone."""
    last = quarter_of(day_of(now()))
    started = started_on(by.office, known)
    first = min([*(case.quarter for case in known), quarter_of(started) if started else last, last])
    return first, max([last, *(case.quarter for case in known)])


def _chosen(request: HttpRequest, ends: tuple[Quarter, Quarter]) -> tuple[tuple[Span, ...], Span]:
    """The periods of the kind that was asked for, and the one to show; Http404 for what is not planned."""
    kind = request.GET.get("slag") or next(iter(KINDS))
    if kind not in KINDS:
        raise Http404
    found = spans(kind, *ends)
    span = pick(found, request.GET.get("periode", "") if request.GET.get("slag") else "")
    if span is None:
        raise Http404
    return found, span


def _region_table(by: Reader, span: Span) -> ReleasedTable | None:
    """The region's table of the same time, where it is given out; of all since the start the newest."""
    tables = received_queries.tables_of(received_queries.received(by))
    if span.kind == START:
        return next((table for _, table in tables.values() if table.kind == "start"), None)
    found = tables.get(span.value)
    return found[1] if found and span.kind in (HALF, YEAR) else None


@require_GET
@allow(Permission.RETURNS_SEND)
def own(request: HttpRequest) -> HttpResponse:
    """Every question of one period, in pictures and tables."""
    by = reader(request)
    known = access.cases(by)
    found, span = _chosen(request, _ends(by, known))
    counts, region = count_cases(known, span.quarters), _region_table(by, span)
    office = facts(by.office)
    context = {
        "kinds": KINDS,
        "spans": found,
        "span": span,
        "cases": counts.cases,
        "keys": own_figures.key_figures(counts, office.population, len(span.quarters), region, office.population_as_of),
        "sums": own_figures.sums(counts, region),
        "steering": own_figures.charts(counts, steering(), region),
        "form": own_figures.charts(counts, form(REPORTED).choices, region),
        "region": region,
        "source": pilot().source,
    }
    return page(request, "returns/own.html", context)


@require_GET
@allow(Permission.RETURNS_SEND)
def through(request: HttpRequest) -> HttpResponse:
    """The same figure, period after period."""
    by = reader(request)
    known = access.cases(by)
    kind, what = request.GET.get("slag") or HALF, request.GET.get("sporsmal") or own_through.CASES
    population = facts(by.office).population
    choices = own_through.choices(population)
    if kind not in KINDS or kind == START or what not in choices:
        raise Http404
    found = spans(kind, *_ends(by, known))[::-1]
    rows = [(span, count_cases(known, span.quarters)) for span in found]
    context = {
        "kinds": {key: label for key, label in KINDS.items() if key != START},
        "kind": kind,
        "choices": choices,
        "what": what,
        "pictures": own_through.drawn(what, rows, population),
        "first_column": KINDS[kind],
    }
    return page(request, "returns/through.html", context)


@require_GET
@allow(Permission.RETURNS_SEE)
def region(request: HttpRequest) -> HttpResponse:
    """What the region has given out: one table, and which releases there are."""
    found = received_queries.received(reader(request))
    tables = received_queries.tables_of(found)
    wanted = request.GET.get("tabell", "")
    if wanted and wanted not in tables:
        raise Http404
    choices = received_queries.by_kind(table for _, table in tables.values())
    first = choices[0][1][0].id if choices else ""  # the newest half-year: a quarter tells nothing but how many
    release, table = tables.get(wanted or first, (None, None))
    context = {
        "releases": found,
        "tables": choices,
        "release": release,
        "chosen": table,
        "picture": picture(table) if table else None,
    }
    return page(request, "returns/region.html", context)
