"""What may be printed of a one-way table whose total is known, and whose rows each know their own count. Pure.

Whoever reads it, also one of the rows who takes its own count away, must find it possible that a hidden
small count is 0 and that it reaches the threshold. Zero is hidden like a small number.
"""

from collections.abc import Iterable, Mapping

THRESHOLD = 5
"""Counts below this are small."""
MIN_CONTRIBUTORS = 3
"""Fewer offices than this say nothing together."""


def shield[K](counts: Mapping[K, int], threshold: int = THRESHOLD) -> dict[K, int | None] | None:
    """The counts with None for what is hidden; None when not even hiding them all would be enough."""
    hidden = {key for key, count in counts.items() if count < threshold}
    rest = sorted(counts.keys() - hidden, key=lambda key: counts[key])
    while hidden and not _is_safe(counts, hidden, threshold):
        if not rest:
            return None
        hidden.add(rest.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def pooled[K](counts: Mapping[K, int], knowers: Iterable[K] | None = None, threshold: int = THRESHOLD) -> int | None:
    """The sum of counts of which none is printed; None when it says too much of one of them.

    `knowers`: the rows that know their own count; all of them, unless told otherwise.
    """
    known = (None, *(counts if knowers is None else knowers))
    return sum(counts.values()) if all(_keeps(counts, set(counts) - {one}, threshold) for one in known) else None


def _is_safe[K](counts: Mapping[K, int], hidden: set[K], threshold: int) -> bool:
    return all(_keeps(counts, hidden - {knower}, threshold) for knower in (None, *hidden))


def _keeps[K](counts: Mapping[K, int], unknown: Iterable[K], threshold: int) -> bool:
    """Only the sum of these is known: a small one can be 0 when there is another, and large when the sum is."""
    found = [counts[key] for key in unknown]
    small = any(count < threshold for count in found)
    return not small or (len(found) > 1 and sum(found) >= threshold)
