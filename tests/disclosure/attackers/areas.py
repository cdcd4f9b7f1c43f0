"""A kommune joins or leaves: the same period, or everything since start, printed for two areas that differ by one."""

from collections.abc import Mapping, Sequence

from tests.disclosure.attackers.knowledge import Statement


def differences(printed: Sequence[Statement], holder: Mapping[str, str]) -> list[tuple[str, frozenset[str], int]]:
    """Whose figure it is, the atoms, and their sum: for each two printed figures that differ by one kommune's atoms.

    "Since start" for two areas covers different periods, so what one printed figure leaves of another is tried too.
    """
    figures = [each for each in printed if each.low == each.high and set(each.atoms.values()) == {1}]
    sums = _with_differences({frozenset(each.atoms): each.low for each in figures if each.low is not None})
    of = [(members, value, frozenset(holder[atom] for atom in members)) for members, value in sums]
    found = []
    for larger, total, more in of:
        for smaller, part, fewer in of:
            if len(more) == len(fewer) + 1 and fewer < more and smaller < larger:
                (name,) = more - fewer
                if all(holder[atom] == name for atom in larger - smaller):
                    found.append((name, larger - smaller, total - part))
    return found


def _with_differences(sums: dict[frozenset[str], int]) -> list[tuple[frozenset[str], int]]:
    nested = {
        larger - smaller: total - part
        for larger, total in sums.items() for smaller, part in sums.items() if smaller < larger
    }  # fmt: skip
    return list((nested | sums).items())
