"""Switches of the kommune's own figures: whose cases they are, who proves what leaders see, and whose word is taken."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say


@in_code
def dashboards_count_every_case() -> None:
    from tenants.returns import queries
    from varde.access import Reader
    from varde.access.ticket import presented

    def everything(by: Reader):  # type: ignore[no-untyped-def]
        with presented(Reader.for_purpose("returns", by.office)):
            return queries.registered_cases()

    replace("tenants.returns.access:cases", everything)


@in_code
def leaders_figures_without_audit() -> None:
    replace("tenants.returns.leaders_engine:audit", lambda *_, **__: {"safe": True})


@in_code
def figures_of_the_region_come_from_anybody() -> None:
    replace("tenants.returns.received_handlers:_check", lambda *_: None)


@in_code
def deleted_cases_make_persons_new() -> None:
    replace("tenants.returns.gone:_stay_known", lambda *_: None)


@in_database
def anybody_reads_of_deleted_cases() -> None:
    say("ALTER TABLE returns_earliercase DISABLE ROW LEVEL SECURITY")
