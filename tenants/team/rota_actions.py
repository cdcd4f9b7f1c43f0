"""Keeping the kommune's opening hours and rota."""

from functools import partial

from tenants.team.rota_plan import PLAN
from varde.rotas import actions

set_hours = partial(actions.set_hours, PLAN)
set_day = partial(actions.set_day, PLAN)
add_weekly = partial(actions.add_weekly, PLAN)
end_weekly = partial(actions.end_weekly, PLAN)
add_dated = partial(actions.add_dated, PLAN)
add_absence = partial(actions.add_absence, PLAN)
add_swap = partial(actions.add_swap, PLAN)
remove = partial(actions.remove, PLAN)
