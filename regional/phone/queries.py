"""Asking for the shared phone's opening hours and rota."""

from regional.phone.plan import PLAN, operators
from varde.rotas.queries import Asked

__all__ = ["ASKED", "answering", "calendar", "gaps_ahead", "in_line", "in_use", "on_shift", "operators", "rota"]

ASKED = Asked(PLAN)
calendar = ASKED.calendar
rota = ASKED.rota
in_use = ASKED.in_use
gaps_ahead = ASKED.gaps_ahead
answering = ASKED.answering
in_line = ASKED.in_line
on_shift = ASKED.on_shift
