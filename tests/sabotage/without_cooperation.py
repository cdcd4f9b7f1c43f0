"""Switches of the agreement between the kommuner: its kroner, its past, and the steps that end something."""

from dataclasses import replace as changed
from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say

REGION, GROUP = "region_gjovikregionen", "varde_test_region_gjovikregionen"


@in_code
def each_part_is_rounded_for_itself() -> None:
    """As a spreadsheet does it: the kroner that are left over are nobody's."""

    def rounded(kroner: int, weights: list[int]) -> list[int]:
        whole = sum(weights)
        if any(weight < 0 for weight in weights) or not whole:
            raise ValueError("Fordelingen må ha minst én andel, og ingen kan være under null.")
        return [round(kroner * weight / whole) for weight in weights]

    replace("regional.cooperation.shares:split", rounded)


@in_code
def a_change_is_made_in_what_was() -> None:
    """Every version says what the newest says."""

    def overwritten(row: Any) -> Any:
        found = before(row)
        return [changed(each, terms=found[0].terms) for each in found]

    before = replace("regional.cooperation.agreement_queries:versions", overwritten)


@in_database
def versions_may_be_rewritten() -> None:
    say(f"GRANT UPDATE, DELETE ON cooperation_version TO {GROUP}", schema=REGION)


@in_code
def nobody_asks_what_was_shown() -> None:
    """A step ends without the list of what it touches."""
    replace("regional.cooperation.steps_parts:shown", lambda *_: [])


@in_code
def open_letters_are_not_counted() -> None:
    from regional.cooperation import consequences

    consequences._tells[10] = lambda _: ()


@in_code
def a_letter_is_enough() -> None:
    """The region believes the letter and does not look in the registry."""
    replace("regional.cooperation.steps_actions:_their_yes", lambda step, _: step.starts_at)
