"""Who sees the figures that are given to leaders.

Those who see no cases: leaders and the reference group. Not team members, who know some of the cases and could take
them away. The coordinator, who approves them, sees them too, also before.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from tenants.outreach.figures import Figures
from tenants.returns import leaders, leaders_queries
from tenants.returns.leaders import Period
from tenants.returns.leaders_models import GivenFigures
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import day_of, short_date

WHAT = "returns.given"


@dataclass(frozen=True, slots=True)
class Shown:
    """A period's protected figures; `given` is None for the coordinator's own look before they are given."""

    period: Period
    given: GivenFigures | None
    content: dict[str, Any]

    @property
    def tables(self) -> list[dict[str, Any]]:
        """To draw."""
        return leaders.tables(self.content)


def gives(by: Reader) -> bool:
    """May this reader give figures to the leaders?"""
    return by.may(Permission.RETURNS_SEND)


def sees(by: Reader) -> bool:
    """May this reader see what has been given?"""
    return by.may(Permission.FIGURES_SEE) and (gives(by) or not by.may(Permission.CASES))


def shown_for(by: Reader, text: str) -> Shown:
    """A period's figures; Http404 for one that is not given, but to those who may give it, and for one that is open.

    Raises Refused where what is not given yet cannot be proved to be safe.
    """
    period = leaders.period(text)
    row = leaders_queries.given_for(text) if period and sees(by) else None
    if period and row:
        record(by=by, action=Action.VIEW, what=WHAT, ids=[row.id])
        return Shown(period, row, row.content)
    if not period or not gives(by) or period not in leaders_queries.waiting(day_of(now())):
        record(by=by, action=Action.DENIED, what=WHAT)
        raise Http404
    record(by=by, action=Action.VIEW, what="returns.figures")
    return Shown(period, None, leaders.protected(leaders_queries.counts_of(period)))


def given_for(by: Reader) -> list[tuple[Period, GivenFigures]]:
    """What has been given, the newest first; nothing for those who may not see it."""
    rows = leaders_queries.given() if sees(by) else []
    return [(period, row) for row in rows if (period := leaders.period(row.period))]


def of_year(by: Reader, year: int) -> list[Figures]:
    """For the yearly evaluation: what has been given of the year, in the order of the months."""
    rows = [(period, row) for period, row in reversed(given_for(by)) if period.quarters[0].year == year]
    if rows:
        record(by=by, action=Action.VIEW, what=WHAT, ids=[row.id for _, row in rows])
    return [
        Figures(
            label=period.label,
            cases=row.content["cases"],
            tables=leaders.tables(row.content),
            said=f"Godkjent {short_date(row.given_at)} av {row.given_by_name}.",
        )
        for period, row in rows
    ]
