"""Switches of the pooled figures: who is reckoned with, what was printed before, and what counts as proof."""

from collections.abc import Collection, Mapping
from dataclasses import replace as changed

from tests.sabotage.switches import in_code, replace


@in_code
def only_outsiders_are_reckoned_with() -> None:
    """Most programs for this do not think of somebody who knows a part of the figures."""
    replace("varde.protect.attackers:coalitions", lambda problem: [()])


@in_code
def earlier_releases_are_forgotten() -> None:
    """Every release is made as if nothing had ever been printed."""
    from varde.protect import problem

    read = problem._cell
    replace("varde.protect.problem:_cell", lambda raw, number: changed(read(raw, number), state="open"))


@in_code
def the_auditor_asks_outsiders_only() -> None:
    replace("varde.auditor.views:attackers", lambda problem: [()])


@in_code
def fractions_are_taken_for_counts() -> None:
    """The bounds of linear programming, as every other audit of this kind has them."""
    from varde.auditor.certificates import Certificate
    from varde.auditor.whole import Bound, Reader

    def by_fractions(
        reader: Reader, costs: Mapping[int, int], sums: Collection[int] | None, first: Certificate | None
    ) -> Bound:
        assert first is not None
        return Bound(int(first.least // 1), reader.model.truth, first)

    replace("varde.auditor.whole:Reader._by_cases", by_fractions)


@in_code
def offered_tables_are_believed() -> None:
    from varde.auditor.tables import Pool

    before = Pool.__init__

    def believing(pool, problem, shown, everyone):  # type: ignore[no-untyped-def]
        before(pool, problem, (), everyone)

    replace("varde.auditor.tables:Pool.__init__", believing)
