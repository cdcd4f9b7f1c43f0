"""Switches of the reports to Bufdir."""

from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import rewrite, say

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


@in_code
def nobody_is_told_that_a_report_waits() -> None:
    replace("regional.bufdir.notices:waits", lambda by: None)


@in_code
def changed_reports_are_shown() -> None:
    from shared.reporting.document import read

    replace("regional.bufdir.queries:whole", lambda content, digest, said, drop="": read(content.encode()))


@in_database
def reports_are_approved_unseen() -> None:
    rewrite("bufdir_looked(uuid)", "SELECT EXISTS", "SELECT true OR EXISTS", schema=REGION)


@in_database
def anything_lies_beside_the_ledger() -> None:
    say(
        "ALTER TABLE releases_copy DISABLE TRIGGER copied",
        "ALTER TABLE releases_contribution DISABLE TRIGGER contributed",
        "ALTER TABLE releases_kept DISABLE TRIGGER was_kept",
        "ALTER TABLE releases_entry DISABLE TRIGGER whole_row",
        schema=REGION,
    )


@in_database
def another_row_than_was_asked_for_is_entered() -> None:
    rewrite("releases_entered()", "NOT NEW.content @> w.about", "false", schema=REGION)


@in_database
def returns_are_ordered_by_the_senders_clock() -> None:
    say("ALTER TABLE post_letter DISABLE TRIGGER numbered", schema="public")


@in_code
def a_command_gives_out_what_people_asked_for() -> None:
    replace("regional.releases.by_command:_not_peoples", lambda *asked: None)


@in_code
def a_hidden_total_is_added_as_nothing() -> None:
    def added(found: Any) -> int:
        so_far = found.so_far.table.cases if found.so_far else 0
        return (so_far or 0) + (found.own.table.cases or 0)

    replace("regional.bufdir.basis:Basis.cases_so_far", property(added))


@in_code
def files_for_people_have_commas() -> None:
    replace(
        "shared.reporting.formats:norwegian_csv",
        lambda rows: "".join(",".join(str(cell) for cell in row) + "\n" for row in rows).encode(),
    )
