"""The region's figures as tables with bars. The view holds protected figures only; raw ones never come this far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.statistics.choices import Choice, choices
from regional.statistics.queries import quarters_with_data
from regional.statistics.reports import protected
from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter
from varde.access import Permission, allow, reader
from varde.ui.shortcuts import page


@require_GET
@allow(Permission.STATISTICS_READ)
def dashboard(request: HttpRequest) -> HttpResponse:
    """One period of the pooled figures."""
    offered = choices(quarters_with_data())
    if not offered:
        return page(request, "statistics/dashboard.html", {"choices": []})
    wanted = request.GET.get("periode", "")
    chosen = next((one for one in offered if one.value == wanted), None)
    context = {"choices": offered, "chosen": chosen or offered[0], "unknown": bool(wanted) and chosen is None}
    context |= _figures(request, chosen or offered[0], offered)
    return page(request, "statistics/dashboard.html", context, status=400 if context["unknown"] else 200)


def _figures(request: HttpRequest, chosen: Choice, offered: list[Choice]) -> dict[str, Any]:
    report = protected(chosen.quarters, reader(request), offered=[one.quarters for one in offered])
    content: Any = report.content
    tables = [
        {
            "label": question.label,
            "answered": content["questions"][question.key]["answered"],
            "hides": any(row["count"] is None for row in content["questions"][question.key]["answers"].values()),
            "rows": [{"label": label, **row} for label, row in content["questions"][question.key]["answers"].items()],
        }
        for question in form(REPORTED).choices
    ]
    return {
        "cases": content["cases"],
        "protection": content["protection"],
        "tables": tables,
        "sent": [(name, ", ".join(map(_short, quarters))) for name, quarters in report.sent.items()],
        "missing": [(one.kommune, _short(one.quarter)) for one in report.missing],
    }


def _short(quarter: Quarter) -> str:
    return f"{quarter.number}. kv. {quarter.year}"
