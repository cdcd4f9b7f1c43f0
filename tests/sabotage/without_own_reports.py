"""Switches of the kommune's own report, and of the anonymous registrations."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say


@in_database
def other_figures_than_those_counted_are_finished() -> None:
    say("ALTER TABLE reporting_copy DISABLE TRIGGER as_counted")


@in_code
def forgotten_cases_are_not_found() -> None:
    replace("tenants.reporting.check:Line.late", property(lambda self: 0))


@in_code
def whoever_is_shut_out_gets_the_whole_office() -> None:
    from tenants.reporting import queries

    replace("tenants.reporting.queries:is_clean", queries.is_named)


@in_code
def words_about_somebody_leave() -> None:
    from shared.codes.screening import Look

    replace("tenants.reporting.single:look", lambda texts, words=None: Look(dict(texts)))


@in_code
def registrations_leave_in_the_order_of_time() -> None:
    replace(
        "tenants.reporting.single:_place_of",
        lambda single, key: (single.quarter.year * 4 + single.quarter.number).to_bytes(4),
    )
