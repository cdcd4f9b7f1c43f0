"""Tables as they are printed, and what a reader takes from the print alone.

The rules of the print: lines in the order of the form, ":" for whatever is hidden, one line for all that is hidden
together, and whole percentages of printed figures only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.disclosure.attackers import order, percent
from tests.disclosure.attackers.knowledge import Statement, printed
from tests.disclosure.simulated import Problem, Table

HIDDEN = ":"


@dataclass(frozen=True)
class Line:
    """What the line is about is known to everybody; what is printed is text."""

    atoms: frozenset[str]
    count: str
    share: str = HIDDEN


@dataclass(frozen=True)
class Sheet:
    """A table on paper. `form`: the lines' order in the form."""

    total: Line
    lines: tuple[Line, ...]
    form: tuple[frozenset[str], ...]


def sheets(problem: Problem, tables: Iterable[Table]) -> list[Sheet]:
    """Print what is published of these tables."""
    atoms = {cell["id"]: frozenset(cell["atoms"]) for cell in problem["cells"]}
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    shown = {cell["id"]: sum(counts[atom] for atom in cell["atoms"]) for cell in problem["cells"]
             if cell["state"] == "published"}  # fmt: skip
    return [_sheet(table, atoms, shown) for table in tables]


def _sheet(table: Table, atoms: Mapping[str, frozenset[str]], shown: Mapping[str, int]) -> Sheet:
    total = shown.get(table.total)
    lines = [_line(atoms[name], shown.get(name), total) for name in table.lines]
    hidden = [name for name in table.lines if name not in shown]
    if hidden and total is not None:
        rest = total - sum(shown[name] for name in table.lines if name in shown)
        lines.append(_line(frozenset().union(*(atoms[name] for name in hidden)), rest, total))
    return Sheet(_line(atoms[table.total], total, None), tuple(lines), tuple(line.atoms for line in lines))


def _line(atoms: frozenset[str], count: int | None, total: int | None) -> Line:
    share = f"{round(100 * count / total)} %" if count is not None and total else HIDDEN
    return Line(atoms, HIDDEN if count is None else str(count), share)


def read(paper: Sequence[Sheet]) -> list[Statement]:
    """All that the print says: figures, percentages without a figure, and the order of the lines."""
    said = []
    for sheet in paper:
        total = None if sheet.total.count == HIDDEN else int(sheet.total.count)
        for line in (sheet.total, *sheet.lines):
            if line.count != HIDDEN:
                said.append(printed(sorted(line.atoms), int(line.count)))
            elif line.share != HIDDEN and total is not None:
                said.append(percent.statement(sorted(line.atoms), int(line.share.removesuffix(" %")), total))
        seen = [(line.atoms, None if line.count == HIDDEN else int(line.count)) for line in sheet.lines]
        said += order.by_size(seen, sheet.form)
    return said
