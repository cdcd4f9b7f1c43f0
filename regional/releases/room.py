"""The largest part of some numbers that cases can have. Pure."""

from collections.abc import Mapping

from regional.releases.asked import Model
from regional.releases.blocks import Block
from regional.releases.cells import FIRST, QUARTERS, SECOND
from regional.releases.flat import CASES, Flat, Name
from regional.releases.problem import everything
from regional.releases.solving import Goal, Row, Sum, nearest

_ANSWER, _PLANNED = 1000, 1
"""An answer more is worth any planned figure that is nearer."""
_EXACT = (CASES, (QUARTERS, "code", FIRST), (QUARTERS, "code", SECOND))


def largest(wanted: Flat, of: Model) -> Flat:
    """The numbers themselves where cases can have them. Else all the cases, with no answer more than is wanted and as
    many as can be, and planned figures at the nearest value that can be.

    `wanted` may hold numbers below 0, and names that the model does not have: these have no room.
    """
    block = everything(of)[0]
    told = {name: one for one, (name,) in block.told}
    kept = {name: count for name, count in wanted.items() if name in told}
    if min(kept.values(), default=0) >= 0 and block.counts(kept) is not None:
        return kept
    return _nearest(block, told, of, kept)


def _nearest(block: Block, told: Mapping[Name, Sum], of: Model, wanted: Flat) -> Flat:
    room = {name: max(0, wanted.get(name, 0)) for name in told}
    rows = [Row(each, 0) for each in block.equations] + [Row(told[name], room[name]) for name in _EXACT if name in told]
    goals = []
    for name, one in told.items():
        if name in _EXACT or not one:
            continue
        answer = name[0] in of.questions
        goals.append(Goal(one, room[name], _ANSWER, None) if answer else Goal(one, room[name], _PLANNED, _PLANNED))
    found = nearest(list(block.parts), rows, goals)
    return {name: sum(by * found[part] for part, by in one.items()) for name, one in told.items()}
