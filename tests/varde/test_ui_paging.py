"""Pages without a count: nothing is fetched that is not shown."""

import pytest

from varde.ui.paging import MOST, Leaf


class Rows(list):
    """What a queryset does here; it notes what was fetched."""

    def __init__(self, items):
        super().__init__(items)
        self.fetched = []

    def __getitem__(self, cut):
        found = Cut(super().__getitem__(cut))
        found.owner = self
        return found


class Cut(list):
    def __iter__(self):
        self.owner.fetched += list(super().__iter__())
        return super().__iter__()

    def exists(self):
        return len(self) > 0


@pytest.mark.parametrize(
    ("asked", "number", "shown", "more"),
    [(None, 1, [0, 1, 2], True), ("2", 2, [3, 4, 5], True), ("3", 3, [6], False), ("9", 1, [0, 1, 2], True),
     ("0", 1, [0, 1, 2], True), ("-1", 1, [0, 1, 2], True), ("siste", 1, [0, 1, 2], True),
     ("9" * 40, 1, [0, 1, 2], True), ("²", 1, [0, 1, 2], True)],
)  # fmt: skip
def test_a_page(asked, number, shown, more):
    rows = Rows(range(7))
    page = Leaf(rows, asked, 3)
    assert (page.number, page.object_list, page.has_next(), rows.fetched) == (number, shown, more, shown)


def test_a_full_last_page_has_no_next():
    assert not Leaf(Rows(range(3)), "1", 3).has_next()


def test_an_empty_list_is_one_page():
    page = Leaf(Rows([]), "4", 3)
    assert (page.number, page.has_other_pages()) == (1, False)


def test_what_is_shown_is_said():
    assert [Leaf(Rows(range(7)), asked, 3).said() for asked in ("1", "3")] == ["1–3", "7"]


def test_there_is_an_end():
    page = Leaf(Rows(range(MOST * 2)), str(MOST), 1)
    assert (page.number, page.has_next()) == (MOST, False)


def test_a_list_in_memory_is_paged_alike():
    assert Leaf(["a", "b", "c"], "1", 2).has_next()
    last = Leaf(["a", "b", "c"], "2", 2)
    assert (last.object_list, last.has_next()) == (["c"], False)
