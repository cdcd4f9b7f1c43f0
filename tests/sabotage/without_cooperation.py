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


@in_code
def another_host_undoes_what_is_to_come() -> None:
    """The newer word counts alone, also where an end was said to begin later."""
    replace("regional.cooperation.steps_words:_ahead", lambda *_: [])


@in_code
def only_those_who_are_in_now_are_put_out() -> None:
    """The end reaches nobody who is to begin later."""

    def some(at: Any, by: Any, *, kommune: Any = None) -> None:
        from shared.registry.standing_queries import parties

        for party in parties(by.office.id, at):
            if kommune in (None, party.kommune):
                before(at, by, kommune=party.kommune)

    before = replace("regional.cooperation.steps_words:say_out", some)


@in_code
def a_yes_outlives_the_question() -> None:
    replace("regional.cooperation.steps_words:lapse", lambda *_: None)


@in_code
def a_last_day_is_only_text() -> None:
    replace("regional.cooperation.agreement_actions:_refuse_end", lambda *_: None)


@in_code
def the_terms_may_be_other_than_those_seen() -> None:
    replace("regional.cooperation.steps_actions:_refuse_other_terms", lambda _: None)
