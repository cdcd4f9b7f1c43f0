"""Switches of the pooled figures: who is reckoned with, what was printed before, and what counts as proof."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace as changed
from typing import Any

from tests.sabotage.switches import in_code, replace
from varde.protect.attackers import Coalition, coalitions
from varde.protect.problem import Problem


@in_code
def only_outsiders_are_reckoned_with() -> None:
    """Most programs for this do not think of somebody who knows a part of the figures."""
    _readers(lambda problem: [()])


def _readers(wanted: Callable[[Problem], list[Coalition]]) -> None:
    """Where they are asked for: when the proofs are looked for and when the tables are written."""
    replace("varde.protect.publication:coalitions", wanted)
    replace("varde.protect.release:coalitions", wanted)


@in_code
def one_reader_is_forgotten() -> None:
    """The last kommune knows its own figures as all others do, but nobody reckons with it."""
    _readers(lambda problem: coalitions(problem)[:-1])


@in_code
def one_hidden_figure_is_shown() -> None:
    """Of all that is hidden, the first one by name is told after all."""
    from varde.protect.release import suppressed

    def telling(problem, found, *, optimal):  # type: ignore[no-untyped-def]
        made = suppressed(problem, found, optimal=optimal)
        return made | {"show": made["show"] + made["hide"][:1], "hide": made["hide"][1:]}

    replace("varde.protect.engine:suppressed", telling)


@in_code
def earlier_releases_are_forgotten() -> None:
    """Every release is made as if nothing had ever been printed."""
    from varde.protect import problem

    read = problem._cell
    replace("varde.protect.problem:_cell", lambda raw, number: changed(read(raw, number), state="open"))


@in_code
def the_auditor_asks_outsiders_only() -> None:
    replace("varde.auditor.verdict:attackers", lambda problem: [()])


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


@in_code
def hidden_bars_share_what_is_left() -> None:
    """A chart that draws ":" as long as it can reckon that it is."""
    from varde.ui.charts import Bar

    def telling(rows: Iterable[Mapping[str, Any]], *, of: int | None = None) -> list[Bar]:
        kept = list(rows)
        drawn: list[Bar] = bars(kept, of=of)
        hidden = [one for one in drawn if one.hidden]
        left = max(0, (of or 0) - sum(row["count"] or 0 for row in kept))
        wide = f"{100 * left / len(hidden) / of:.1f}%" if hidden and of else "0%"
        return [changed(one, width=wide, hidden=False) if one.hidden else one for one in drawn]

    bars = replace("varde.ui.charts:bars", telling)


@in_code
def lines_stand_by_size() -> None:
    """As most reports sort a chart: the largest first."""
    from varde.ui.released import Chart

    def by_size(*about: Any) -> Chart:
        made: Chart = chart(*about)
        return changed(made, rows=tuple(sorted(made.rows, key=lambda row: -(row["count"] or 0))))

    chart = replace("varde.ui.released:chart", by_size)


@in_code
def the_report_reckons_what_is_hidden() -> None:
    """A note that takes what is told from the total."""

    def reckoned(asked: Any) -> Iterator[str]:
        told = [line.value for line in asked.lines if line.value is not None]
        if asked.asked is not None and len(told) < len(asked.lines):
            yield f"{asked.label}: {asked.asked - sum(told)} har andre svar enn disse."

    replace("regional.bufdir.report:_notes", reckoned)
