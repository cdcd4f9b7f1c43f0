"""Gauss: which rests are a combination of what is printed, whatever the counts are. Fractions, no rounding."""

from collections.abc import Mapping
from fractions import Fraction

from tests.disclosure.attackers.knowledge import Reader

type Line = dict[int, Fraction]

_SHAPES: dict[tuple[frozenset[tuple[int, int]], ...], dict[int, tuple[Line, Line]]] = {}
"""Readers of the same publication differ in their figures alone, so the work is done once for a shape.

By column: the line that it leads, and which equations with which factors the line is made of.
"""


def exact(reader: Reader) -> dict[int, Fraction]:
    """The number of a question and its answer, for those that are found exactly."""
    equations = reader.equations
    leads = _solve(tuple(frozenset(columns.items()) for columns, _ in equations))
    found = {}
    for number, columns in enumerate(reader.asked):
        if columns:
            left, made = _reduce(dict.fromkeys(columns, Fraction(1)), leads)
            if not left:
                found[number] = -sum((times * equations[place][1] for place, times in made.items()), Fraction(0))
    return found


def _solve(shape: tuple[frozenset[tuple[int, int]], ...]) -> dict[int, tuple[Line, Line]]:
    if shape not in _SHAPES:
        if len(_SHAPES) > 50:
            _SHAPES.clear()
        leads: dict[int, tuple[Line, Line]] = {}
        for place, columns in enumerate(shape):
            left, made = _reduce({column: Fraction(times) for column, times in columns}, leads)
            if left:
                made = _plus(made, {place: Fraction(1)}, Fraction(1))
                lead = min(left)
                scale = 1 / left[lead]
                leads[lead] = _times(left, scale), _times(made, scale)
        _SHAPES[shape] = leads
    return _SHAPES[shape]


def _reduce(line: Line, leads: Mapping[int, tuple[Line, Line]]) -> tuple[Line, Line]:
    """What is left of a line when every leading column is taken out of it, and what was added to get there."""
    made: Line = {}
    while found := [column for column in line if column in leads]:
        lead = min(found)
        times = -line[lead]
        line = _plus(line, leads[lead][0], times)
        made = _plus(made, leads[lead][1], times)
    return line, made


def _plus(one: Line, other: Line, times: Fraction) -> Line:
    total = dict(one)
    for column, number in other.items():
        total[column] = total.get(column, Fraction(0)) + times * number
        if not total[column]:
            del total[column]
    return total


def _times(line: Line, scale: Fraction) -> Line:
    return {column: number * scale for column, number in line.items()}
