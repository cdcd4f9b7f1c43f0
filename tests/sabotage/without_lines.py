"""Switches of the lines: who answers, what the public pages show, and where a matter counts."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say

REGION = "region_gjovikregionen"


@in_code
def the_second_kommune_is_shown() -> None:
    replace("varde.disclosure.cells:_is_safe", lambda *_: True)


@in_code
def nobody_looks_for_silence() -> None:
    replace("regional.lines.setup:silent", lambda *_: [])


@in_code
def the_phone_is_missed_in_its_own_hours_alone() -> None:
    from regional.phone import queries as phone
    from varde import rota

    replace("regional.lines.board:_unmanned", lambda since, until: tuple(rota.gaps(phone.rota(), since, until)))


@in_code
def the_rest_of_the_lines_is_always_a_row() -> None:
    replace("regional.hotline.figures:pooled", lambda counts, knowers=None: sum(counts.values()))


@in_code
def sent_and_given_hide_each_other() -> None:
    """One table with one row for each kommune, as if nobody knew which of them have a team."""
    from regional.hotline import figures

    def one_table(facts, month, teams, without):  # type: ignore[no-untyped-def]
        places = [figures.counted_for(fact) for fact in facts if month.holds(fact.started_at)]
        shown = figures._shielded(filter(None, places), teams | without) or []
        sent = [(name, count) for name, count in shown if name in teams.values()]
        return figures.Kommuner(sent or None, None)

    replace("regional.hotline.figures:by_kommune", one_table)


@in_code
def a_slip_is_taken_for_a_name() -> None:
    """What is nearly a name is proposed as if it were one."""
    from regional.hotline import routing

    whole = routing.propose

    def hasty(areas, *, lives, happened):  # type: ignore[no-untyped-def]
        found = whole(areas, lives=lives, happened=happened)
        return routing.Route("one", found.areas[:1], found.reason) if found.state == "maybe" else found

    replace("regional.hotline.routing:propose", hasty)


@in_code
def what_was_taken_over_is_counted_twice() -> None:
    from tenants.cases import queries
    from tenants.closing.transfer_queries import counted_there

    queries._left_out.remove(counted_there)


@in_database
def any_office_says_what_a_page_shows() -> None:
    say(
        "DROP POLICY write_own ON public.registry_phone",
        "CREATE POLICY write_own ON public.registry_phone FOR INSERT WITH CHECK (true)",
    )


@in_database
def operators_point_numbers() -> None:
    say(
        *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in ("lines_line", "lines_pointing")),
        schema=REGION,
    )
