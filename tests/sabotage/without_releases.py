"""Switches of what is given out and of the ledger."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import rewrite, say

REGION = "region_gjovikregionen"


@in_code
def releases_forget_what_was_said() -> None:
    from regional.releases import making

    replace("regional.releases.ledger:Ledger.history", property(lambda told: making.History()))


@in_code
def frozen_figures_are_believed() -> None:
    replace("regional.releases.queries:same_mark", lambda mark, period, part: True)


@in_database
def one_person_gives_out() -> None:
    say("ALTER TABLE releases_wish DISABLE TRIGGER two_persons", schema=REGION)


@in_database
def contributions_are_read_by_people() -> None:
    say("ALTER TABLE releases_contribution DISABLE ROW LEVEL SECURITY", schema=REGION)


@in_code
def any_verdict_will_do() -> None:
    from regional.releases.engines import Engines

    ask = Engines.__init__

    def deaf(self, protect, audit, versions):  # type: ignore[no-untyped-def]
        ask(self, protect, lambda problem, release: {"safe": True, "findings": []}, versions)

    replace("regional.releases.engines:Engines.__init__", deaf)


@in_code
def late_cases_count_again() -> None:
    from regional.releases import closing

    # What is frozen already is not taken away (parts of it carry the quarters; what is sent does not).
    def all_but_frozen(parts):  # type: ignore[no-untyped-def]
        return whole(part for part in parts if not any(name[0] == closing.QUARTERS for name in part))

    whole = replace("regional.releases.closing:total", all_but_frozen)


@in_code
def several_ticks_may_be_anything() -> None:
    replace("regional.releases.blocks:Block.not_less", lambda block, name, one, other: block.atom(name, lambda *_: 0))


@in_database
def a_row_of_the_ledger_is_its_own_proof() -> None:
    rewrite("releases_text(releases_entry)", "e.content::text", "''", schema=REGION)
