"""Switches of the action plan and the leader team's overview."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import rewrite

REGION = "region_gjovikregionen"


@in_database
def adopted_plans_may_be_changed() -> None:
    rewrite("plan_is_adopted(uuid)", "SELECT EXISTS", "SELECT false AND EXISTS", schema=REGION)


@in_database
def every_kommunes_measures_are_ours() -> None:
    rewrite("plan_is_ours(uuid,uuid)", "RETURN EXISTS", "RETURN true OR EXISTS", schema=REGION)


@in_code
def what_came_since_the_draft_is_forgotten() -> None:
    replace("regional.plan.queries:made_since", lambda plan: [])


@in_code
def a_plan_holds_as_it_is_adopted() -> None:
    from varde.ui.dates import day_of

    replace("regional.plan.queries:begins", lambda plan: day_of(plan.adoption.at))


@in_code
def the_overview_reads_raw_figures() -> None:
    from regional.dashboard.newest import Newest
    from regional.statistics import pool, queries
    from shared.codes.periods import label
    from varde.clock import now

    def raw(by):  # type: ignore[no-untyped-def]
        quarters = queries.quarters_with_data()
        cases = pool.add_up(queries.pool(quarters, by).contributions.values()).cases
        return Newest(label(quarters), 1, "", now(), cases, ()) if quarters else None

    replace("regional.dashboard.newest:newest", raw)


@in_code
def withdrawn_figures_are_shown() -> None:
    from regional.dashboard.choosing import Told

    def every(releases):  # type: ignore[no-untyped-def]
        return [Told(table, release) for release in releases for table in release.tables]

    replace("regional.dashboard.choosing:told", every)


@in_code
def a_number_may_stand_without_its_source() -> None:
    replace("regional.overview.panel:Panel.__post_init__", lambda self: None)


@in_code
def one_fault_ends_the_overview() -> None:
    replace("regional.overview.panels:_safe", lambda maker, by, at: maker.make(by, at))


@in_code
def one_kommunes_post_is_counted_alone() -> None:
    replace("regional.overview.delivery_panel:MIN_CONTRIBUTORS", 0)
