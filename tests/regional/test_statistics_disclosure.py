"""Every table that agrees with what is printed is listed, and the small figures must be lost among them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varde.disclosure.rule import Part, Protected, Table, protect, protect_figure

CODES = ("a", "b", "c")
BOXES = [tuple(code for code, on in zip(CODES, ticks, strict=True) if on) for ticks in product((0, 1), repeat=3)]
ONE_BOX = [ticks for ticks in BOXES if len(ticks) < 2]


def part_of(cases: tuple[tuple[str, ...], ...]) -> Part:
    ticks = Counter(code for case in cases for code in case)
    return Part(
        asked=len(cases),
        answered=sum(bool(case) for case in cases),
        ticks=ticks.total(),
        multi=sum(len(case) > 1 for case in cases),
        counts={code: ticks[code] for code in CODES},
    )


def seen(part: Part) -> dict[str, int]:
    """All that is ever said about a part; what is protected, by name."""
    sums = {name: getattr(part, name) for name in ("asked", "answered", "ticks", "multi")}
    return {**part.counts, **sums, "blank": part.asked - part.answered}


def printed(release: Protected) -> dict[str, int]:
    shown = {**release.counts, "asked": release.asked, "answered": release.answered}
    shown |= {} if release.single else {"ticks": release.ticks, "multi": release.multi}
    return {name: value for name, value in shown.items() if value is not None}


@cache
def worlds(asked: int, single: bool) -> tuple[dict[str, int], ...]:
    """Every table that this many cases can give, each once."""
    found = (seen(part_of(cases)) for cases in combinations_with_replacement(ONE_BOX if single else BOXES, asked))
    return tuple({tuple(world.values()): world for world in found}.values())


def leaks(parts: Mapping[str, Part], single: bool, k: int) -> list[str]:
    """Figures whose small rest some attacker can narrow down, found by listing every possible rest."""
    release = printed(protect(Table(single, parts), threshold=k, min_contributors=1))
    if "asked" not in release:
        return [] if not release else ["something beside a hidden total"]
    whole = {name: sum(seen(part)[name] for part in parts.values()) for name in seen(next(iter(parts.values())))}
    own = [dict.fromkeys(whole, 0), *(seen(part) for part in parts.values() if len(parts) > 1)]
    return [
        f"{name} for {number}" for number, mine in enumerate(own) for name in _found(whole, mine, release, single, k)
    ]


def _found(whole: dict[str, int], mine: dict[str, int], release: dict[str, int], single: bool, k: int) -> Iterator[str]:
    rest = {name: whole[name] - mine[name] for name in whole}
    agreeing = [
        world
        for world in worlds(rest["asked"], single)
        if all(world[name] == value - mine[name] for name, value in release.items())
    ]
    for name in (*CODES, "blank", "answered", *(() if single else ("ticks", "multi"))):
        values = [world[name] for world in agreeing]
        if rest[name] < k and not (min(values) == 0 and max(values) >= k):
            yield name


def kommuner(boxes: list[tuple[str, ...]], most: int) -> st.SearchStrategy[dict[str, Part]]:
    cases = st.lists(st.sampled_from(boxes), max_size=most).map(tuple).map(part_of)
    return st.lists(cases, min_size=1, max_size=3).map(lambda parts: dict(zip("xyz", parts, strict=False)))


@settings(max_examples=200, deadline=None)
@given(kommuner(ONE_BOX, 9), st.sampled_from([2, 3, 5]))
def test_nobody_can_narrow_down_a_small_single_choice(parts: dict[str, Part], k: int) -> None:
    assert leaks(parts, single=True, k=k) == []


@settings(max_examples=200, deadline=None)
@given(kommuner(BOXES, 4), st.sampled_from([2, 3]))
def test_nobody_can_narrow_down_a_small_figure_among_several_ticks(parts: dict[str, Part], k: int) -> None:
    assert leaks(parts, single=False, k=k) == []


def single(*rows: tuple[int, int, int], blank: int = 0) -> Table:
    parts = {
        f"k{number}": Part(sum(row) + blank, sum(row), sum(row), 0, dict(zip(CODES, row, strict=True)))
        for number, row in enumerate(rows)
    }
    return Table(True, parts)


def test_large_figures_are_printed_as_they_are() -> None:
    release = protect(single((9, 8, 7), (9, 8, 7), (9, 8, 7), blank=4))
    assert release.complete
    assert (release.asked, release.answered, release.counts) == (84, 72, {"a": 27, "b": 24, "c": 21})


def test_a_second_figure_is_hidden_beside_a_small_one() -> None:
    release = protect(single((9, 8, 1), (9, 8, 1), (9, 8, 1), blank=4))
    assert release.counts == {"a": 27, "b": None, "c": None} or release.answered is None
    assert release.counts["c"] is None


def test_a_figure_that_one_kommune_can_take_its_own_from_is_hidden() -> None:
    release = protect(single((9, 8, 20), (9, 8, 1), (9, 8, 0), blank=4))
    assert release.counts["c"] is None


def test_zero_is_hidden_like_a_small_figure() -> None:
    release = protect(single((9, 8, 0), (9, 8, 0), (9, 8, 0), blank=4))
    assert release.counts["c"] is None


def test_nothing_is_printed_when_too_few_kommuner_contribute() -> None:
    release = protect(single((90, 80, 70), (90, 80, 70)))
    assert printed(release) == {}


def test_nothing_is_printed_when_one_kommune_has_nearly_all_cases() -> None:
    release = protect(single((90, 80, 70), (1, 1, 0), (0, 1, 0)))
    assert printed(release) == {}


def test_no_return_at_all_prints_nothing() -> None:
    assert printed(protect(Table(True, {}))) == {}


def test_figures_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match="Summen"):
        protect(Table(True, {"k": Part(9, 9, 9, 0, {"a": 3})}))
    with pytest.raises(ValueError, match="samme skjema"):
        protect(Table(True, {"k": Part(1, 1, 1, 0, {"a": 1}), "l": Part(1, 1, 1, 0, {"b": 1})}))


def test_a_planned_figure_needs_large_rests_on_both_sides() -> None:
    open_ = protect(single((9, 8, 7), (9, 8, 7), (9, 8, 7), blank=4))
    assert protect_figure({"x": (6, 12), "y": (6, 12), "z": (6, 12)}, [open_])
    assert not protect_figure({"x": (9, 12), "y": (2, 12), "z": (2, 12)}, [open_])
    assert not protect_figure({"x": (11, 12), "y": (11, 12), "z": (11, 12)}, [open_])


def test_a_planned_figure_is_hidden_beside_anything_hidden() -> None:
    closed = protect(single((9, 8, 1), (9, 8, 1), (9, 8, 1), blank=4))
    assert not protect_figure({"x": (6, 12), "y": (6, 12), "z": (6, 12)}, [closed])
