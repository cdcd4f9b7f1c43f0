"""Switches of the kommune's own report, and of the anonymous registrations."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import rewrite, say


@in_database
def other_figures_than_those_counted_are_finished() -> None:
    say("ALTER TABLE reporting_copy DISABLE TRIGGER as_counted")


@in_code
def forgotten_cases_are_not_found() -> None:
    replace("tenants.reporting.check:Line.late", property(lambda self: 0))


@in_code
def a_late_case_hides_one_that_is_gone() -> None:
    replace("tenants.reporting.queries:opened_after", lambda sent_at: {})


@in_code
def another_ones_first_case_becomes_known() -> None:
    replace("tenants.returns.gone:KNOWN", "new")


@in_code
def whoever_is_shut_out_gets_the_whole_office() -> None:
    from tenants.reporting import queries

    replace("tenants.reporting.queries:is_clean", queries.is_named)


@in_code
def words_about_somebody_leave() -> None:
    replace("tenants.reporting.strict:found", lambda texts, words: dict.fromkeys(texts, ()))


@in_code
def only_what_looks_like_a_name_is_left_out() -> None:
    replace("tenants.reporting.strict:_more", lambda text, words: iter(()))


@in_code
def registrations_leave_in_the_order_of_time() -> None:
    replace(
        "tenants.reporting.single:_place_of",
        lambda single, key: (single.quarter.year * 4 + single.quarter.number).to_bytes(4),
    )


@in_code
def changed_reports_of_ones_own_are_shown() -> None:
    from shared.reporting.document import read

    replace("tenants.reporting.queries:whole", lambda content, digest, said: read(content.encode()))


@in_database
def a_report_stands_without_its_copy() -> None:
    say("ALTER TABLE reporting_report DISABLE TRIGGER has_copy")


@in_database
def reports_are_numbered_anyhow() -> None:
    say("ALTER TABLE reporting_report DISABLE TRIGGER next_report")


@in_database
def who_is_shut_out_is_named() -> None:
    rewrite("reporting_may_be_named(uuid)", "NOT reporting_shut_out(person)", "true")


@in_database
def what_is_hidden_later_takes_reports_away() -> None:
    named_at = "(SELECT o.at FROM reporting_owner o ORDER BY o.at DESC, o.id LIMIT 1)"
    rewrite("reporting_reads()", named_at, "'infinity'")


@in_code
def the_reports_of_others_look_like_ones_own() -> None:
    replace("tenants.reporting.access:marked", lambda document, former, office: document)


@in_code
def an_upgrade_makes_corrections() -> None:
    replace("tenants.returns.actions:only_adds", lambda letter, before: False)
