"""Measures on the case page and in its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.measures import queries
from tenants.measures.models import Measure
from tenants.measures.states import OPEN
from varde.access import Reader
from varde.ui.gone import GONE, words


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The measures of the case and the way to a new one."""
    found = queries.of_case(case)
    context = {
        "case": case,
        "open": [measure for measure in found if measure.status in OPEN],
        "ended": [measure for measure in found if measure.status not in OPEN],
    }
    return SafeString(render_to_string("measures/_panel.html", context, request))


def events(case: Case) -> Iterator[Event]:
    """When measures were planned and ended."""
    for measure in queries.of_case(case):
        yield Event(measure.made_at, "Tiltak planlagt", measure.made_by_name, words(measure, "title"))
        if measure.ended_at is not None:
            title = f"Tiltak: {measure.get_status_display()}"
            yield Event(measure.ended_at, title, measure.ended_by_name, _came_of(measure))


def _came_of(measure: Measure) -> str:
    title, effect = words(measure, "title"), words(measure, "effect")
    return title if effect == GONE else f"{title}\n{effect}"
