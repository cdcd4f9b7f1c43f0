"""Asking for the kommune's opening hours and rota."""

from tenants.team.rota_plan import DEFAULT, PLAN
from varde.rotas.queries import AHEAD, Asked

__all__ = [
    "AHEAD", "DEFAULT", "answering", "calendar", "gaps_ahead", "here", "hours_history", "hours_seen", "in_line",
    "in_use", "rota",
]  # fmt: skip

_ASKED = Asked(PLAN)
calendar = _ASKED.calendar
hours_history = _ASKED.hours_history
hours_seen = _ASKED.hours_seen
here = _ASKED.here
rota = _ASKED.rota
in_use = _ASKED.in_use
gaps_ahead = _ASKED.gaps_ahead
answering = _ASKED.answering
in_line = _ASKED.in_line
