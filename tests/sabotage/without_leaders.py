"""Switches of the leader team: the engine, the check of it, and who may say who sits."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say

REGION = "region_gjovikregionen"


@in_code
def one_kommune_gets_two_seats() -> None:
    from regional.leaders import rotation_draw

    whole = rotation_draw._dealt

    def doubled(made, number):  # type: ignore[no-untyped-def]
        row = whole(made, number)
        return [row[1], *row[1:]] if len(row) > 1 else row

    replace("regional.leaders.rotation_draw:_dealt", doubled)


@in_code
def a_change_moves_what_has_been() -> None:
    from regional.leaders import rotation_draw

    whole = rotation_draw._fit
    replace("regional.leaders.rotation_draw:_fit", lambda made, start: whole(made, made.begins[start]))


@in_code
def every_table_is_called_fair() -> None:
    for name in ("_check_periods", "_check_exclusions", "_check_round"):
        replace(f"regional.leaders.fairness:{name}", lambda *_: None)
    replace("regional.leaders.fairness:past", lambda *_: [])


@in_code
def proposals_count_as_decisions() -> None:
    replace("regional.leaders.tables:counting", list)


@in_database
def whoever_reads_says_who_sits() -> None:
    say("ALTER TABLE leaders_term DISABLE ROW LEVEL SECURITY", schema=REGION)


@in_code
def any_account_may_sit() -> None:
    replace("regional.leaders.people_actions:_check_account", lambda *_: None)


@in_code
def those_who_left_are_members() -> None:
    replace("regional.leaders.queries:gone_by", lambda *_: set())


@in_code
def two_of_one_name_are_one() -> None:
    """A kommune goes by its name alone, also where another of the region has it."""
    replace("regional.leaders.queries:_with_county", lambda office: office.name)
