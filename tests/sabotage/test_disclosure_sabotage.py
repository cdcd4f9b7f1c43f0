"""Without one part of the protection, a small figure can be worked out; so each part is needed."""

import pytest

from varde.disclosure import rule as disclosure
from varde.disclosure.rule import Part, Protected, Table, protect

CODES = ("a", "b", "c")


def table(*rows: tuple[int, int, int], blank: int = 8) -> Table:
    parts = {
        f"k{number}": Part(sum(row) + blank, sum(row), sum(row), 0, dict(zip(CODES, row, strict=True)))
        for number, row in enumerate(rows)
    }
    return Table(True, parts)


SMALL = table((9, 8, 1), (9, 8, 1), (9, 8, 1))
MINE = table((9, 8, 20), (9, 8, 1), (9, 8, 1))


def worked_out(release: Protected, code: str) -> int | None:
    """The hidden answer, when it is the only thing between the printed figures and their total."""
    others = [release.counts[other] for other in CODES if other != code]
    if release.answered is None or any(other is None for other in others):
        return None
    return release.answered - sum(other for other in others if other is not None)


def test_a_hidden_figure_cannot_be_worked_out_from_the_total() -> None:
    release = protect(SMALL)
    assert release.counts["c"] is None
    assert worked_out(release, "c") is None


def test_without_the_second_hidden_figure_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "_is_safe", lambda *_: True)
    assert worked_out(protect(SMALL), "c") == 3


def test_a_kommune_cannot_subtract_its_own() -> None:
    assert protect(MINE).counts["c"] is None


def test_without_the_insider_rule_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "attackers_rests", lambda pooled, _: [pooled])
    assert protect(MINE).counts["c"] == 22  # less its own 20: two cases in the neighbours


def test_without_hiding_small_figures_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "primary", lambda *_: set())
    assert protect(SMALL).counts["c"] == 3


def test_without_asking_what_is_possible_a_figure_between_ticks_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = {"a": 9, "b": 9, "c": 1}
    parts = {f"k{number}": Part(18, 10, 19, 9, row) for number in range(3)}
    assert protect(Table(False, parts)).ticks is None
    monkeypatch.setattr(disclosure, "is_possible", lambda *_: True)
    bare = protect(Table(False, parts))
    assert bare.ticks is not None
    assert bare.ticks - sum(count or 0 for count in bare.counts.values()) == 3
