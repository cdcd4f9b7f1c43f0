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


@in_database
def the_pool_is_read_by_people() -> None:
    say("ALTER TABLE statistics_return DISABLE ROW LEVEL SECURITY", schema=REGION)


@in_code
def anybody_speaks_for_the_ledger_in_the_log() -> None:
    from regional.releases.models import LedgerEntry
    from varde.audit.models import Entry

    def agrees() -> bool:
        here = {f"Nr. {row.number}, {row.digest}" for row in LedgerEntry.objects.all()}
        said = Entry.objects.filter(what__startswith="releases.", action="create", reason__startswith="Nr. ")
        return set(said.values_list("reason", flat=True)) <= here

    replace("regional.releases.queries:agrees_with_log", agrees)


@in_code
def a_draft_is_marked_by_a_plain_digest() -> None:
    from regional.releases.statements import digest

    for module in ("wish_actions", "release_actions"):
        replace(f"regional.releases.{module}:made_mark", digest)


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
    replace("regional.releases.blocks:Block.not_less", lambda block, name, one, other: block.atom(name))


@in_code
def crossed_figures_stand_alone() -> None:
    from regional.releases.blocks import Block, Crossed

    def alone(block, figures, tables, marks):  # type: ignore[no-untyped-def]
        found = {}
        for one in figures:
            own = Block()
            made = joint(own, [one], tables, marks)[one.id]
            names = {name: f"{one.id}/{name}" for name in own.parts}

            def renamed(sums, names=names):  # type: ignore[no-untyped-def]
                return type(sums)({names.get(name, name): by for name, by in sums.items()})

            for name in names.values():
                block.atom(name)
            block.equations += [renamed(each) for each in own.equations]
            block.told += [(renamed(each), told) for each, told in own.told]
            found[one.id] = Crossed(renamed(made.counted), renamed(made.among))
        return found

    joint = replace("regional.releases.problem:joint", alone)


@in_code
def what_does_not_fit_waits_whole() -> None:
    from regional.releases.problem import Part, fits

    def whole(wanted, of):  # type: ignore[no-untyped-def]
        return dict(wanted) if fits(Part("", of.version, wanted), of) else dict.fromkeys(wanted, 0)

    replace("regional.releases.closing:largest", whole)


@in_code
def few_are_frozen() -> None:
    def anyhow(*given, least, **more):  # type: ignore[no-untyped-def]
        return close(*given, least=1, **more)

    close = replace("regional.releases.closing_actions:close", anyhow)


@in_database
def a_row_of_the_ledger_is_its_own_proof() -> None:
    rewrite("releases_text(releases_entry)", "e.content::text", "''", schema=REGION)


@in_code
def drafts_are_forgotten() -> None:
    replace("regional.releases.ledger:Ledger.said", property(lambda told: list(told.releases)))


@in_code
def nothing_is_audited_again() -> None:
    replace("regional.releases.worker:last_look", lambda seen, said, engines: None)


@in_code
def nights_find_nothing() -> None:
    replace("regional.releases.checking:_found", lambda ref, make: "")


@in_code
def claims_are_believed() -> None:
    replace("regional.releases.release_actions:true_facts", lambda told, found: told.facts)


@in_database
def the_ledger_takes_any_row() -> None:
    say("ALTER TABLE releases_entry DISABLE TRIGGER two_persons", schema=REGION)


@in_code
def pages_believe_the_ledger() -> None:
    from regional.releases.queries import told_openly

    replace("regional.releases.pages_queries:told", told_openly)


@in_code
def old_pages_will_do() -> None:
    replace("regional.releases.views_ask:check_seen", lambda seen, stands, sentence="": None)


@in_code
def withdrawn_files_are_given() -> None:
    replace("regional.releases.given:_withdrawn", dict)


@in_code
def nobody_is_told_that_a_draft_waits() -> None:
    replace("regional.releases.wish_actions:waits", lambda row, ref: None)


@in_code
def a_draft_page_leaves_out_a_table() -> None:
    from regional.releases.pages_shown import whole

    replace("regional.releases.views_wish:whole", lambda tables, levels: whole(tables, levels)[:-1])


@in_code
def refusals_are_all_alike() -> None:
    from regional.releases.wish_actions import fail

    replace(
        "regional.releases.worker:fail",
        lambda *, wish, said, was, by, stop="": fail(wish=wish, said=said, was=was, by=by),
    )


@in_code
def what_is_withdrawn_is_asked_for_again() -> None:
    replace("regional.releases.pages_queries:taken_back", lambda told: set())


@in_code
def what_is_not_given_out_looks_hidden() -> None:
    replace("regional.dashboard.through:ABSENT", None)
