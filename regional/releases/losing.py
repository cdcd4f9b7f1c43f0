"""Which cells somebody can find out whatever is printed: said ones, and new ones that cannot be kept. Pure but for the
auditor, which is given."""

from collections.abc import Callable, Iterable

from regional.releases.cells import Cell
from regional.releases.making import History, all_earlier
from regional.releases.problem import Json, Rule, World
from regional.releases.statements import Statement
from varde.refusal import Refused

NOT_DONE = "Kontrollen ble ikke ferdig. Prøv på nytt."

type Auditor = Callable[[Json, Json], Json]


def unsafe_cells(world: World, history: History, rule: Rule, audit: Auditor) -> dict[Cell, bool]:
    """Cells of findings, each with whether outsiders are still kept from it. Taking some away as targets may leave
    others, never make new ones. Raises Refused where the audit does not end."""
    first, guarded = history.settled, history.guarded
    while True:
        found = _found(world, history, rule, audit)
        if found is None:
            changed = (history.settled - first) | (guarded - history.guarded)
            return {cell: cell in history.guarded for cell in changed}
        history = _without(history, found)


def lost_cells(world: World, history: History, new: Iterable[Cell], rule: Rule, audit: Auditor) -> dict[Cell, bool]:
    """Of cells that nothing has been said of: those that somebody knows already though all of them are withheld, as
    where a kommune that is two in one knows a small rest of the half-year, and so one of the year.

    Only what is settled or known from elsewhere can give any.
    """
    if not history.settled and not history.facts:
        return {}
    hidden = tuple(Statement(cell, None) for cell in new)
    every = History((*history.statements, *hidden), history.facts, history.settled, history.guarded)
    return unsafe_cells(world, every, rule, audit)


def audited(problem: Json, audit: Auditor) -> Json:
    """The verdict on what has been said; nothing said is safe."""
    if not problem["cells"]:
        return {"safe": True, "checked": {"cells": 0}, "findings": []}
    return audit(problem, {"method": "suppress", "show": [], "hide": []})


def _found(world: World, history: History, rule: Rule, audit: Auditor) -> set[Cell] | None:
    """The first findings; None where all is safe."""
    for problem in all_earlier(world, history, rule):
        verdict = audited(problem, audit)
        if verdict.get("safe") is not True:
            findings = verdict.get("findings", ())
            if any("undecided" in each for each in findings):
                raise Refused(NOT_DONE)
            names = {each["cell"] for each in findings}
            cells = {one.cell for one in history.statements if one.cell.id in names}
            if not cells - (history.settled - history.guarded):
                raise Refused(NOT_DONE)
            return cells
    return None


def _without(history: History, found: set[Cell]) -> History:
    """The findings taken out: first as anybody's targets, guarded where they were withheld; then as outsiders' too."""
    again = found & history.settled
    withheld = {each.cell for each in history.statements if each.value is None}
    guarded = (history.guarded | (found & withheld)) - again
    return History(history.statements, history.facts, history.settled | found, guarded)
