"""Switches of the reports to Bufdir."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say

REGION = "region_gjovikregionen"


@in_database
def one_person_approves_a_report() -> None:
    say(
        "ALTER TABLE bufdir_draft DISABLE TRIGGER draft_stands",
        "ALTER TABLE bufdir_report DISABLE TRIGGER second_person",
        schema=REGION,
    )


@in_database
def a_frozen_report_may_change() -> None:
    say("ALTER TABLE bufdir_report DISABLE TRIGGER frozen_copy", schema=REGION)


@in_code
def what_is_hidden_is_reported_as_nothing() -> None:
    replace("regional.bufdir.report:_row", lambda line: (line.label, line.value or 0, line.share or 0))


@in_code
def withdrawn_figures_are_reported() -> None:
    replace("regional.bufdir.queries:withdrawn_since", lambda releases, by: [])


@in_code
def totals_since_the_start_are_believed() -> None:
    replace("regional.bufdir.checks:Sum.stands", property(lambda self: "Stemmer"))
