"""The order of the lines: in a list sorted by size, a hidden line lies between its neighbours."""

from collections.abc import Sequence

from tests.disclosure.attackers.knowledge import Statement


def by_size(lines: Sequence[tuple[frozenset[str], int | None]], form: Sequence[frozenset[str]]) -> list[Statement]:
    """What the order says of hidden lines (None), largest first. A list in the order of the form says nothing."""
    if [atoms for atoms, _ in lines] == list(form):
        return []
    found = []
    for place, (atoms, value) in enumerate(lines):
        if value is None:
            above = next((seen for _, seen in reversed(lines[:place]) if seen is not None), None)
            below = next((seen for _, seen in lines[place + 1 :] if seen is not None), 0)
            found.append(Statement(dict.fromkeys(sorted(atoms), 1), below, above))
    return found
