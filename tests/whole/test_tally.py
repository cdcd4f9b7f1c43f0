"""The yardstick of the kill tests can say no."""

from tests.whole.tally import tally


def test_all_stored_once_is_even() -> None:
    assert tally(["a", "b"], ["b", "a"]).even


def test_an_acknowledged_one_that_is_not_stored_is_lost() -> None:
    found = tally(["a", "b"], ["a"])
    assert (found.lost, found.doubled, found.even) == (("b",), (), False)


def test_one_that_is_stored_twice_is_doubled_even_if_nobody_was_told() -> None:
    found = tally(["a"], ["a", "b", "b"])
    assert (found.lost, found.doubled, found.even) == ((), ("b",), False)


def test_an_answer_that_was_lost_on_its_way_is_no_fault() -> None:
    assert tally(["a"], ["a", "b"]).even


def test_an_acknowledgement_counts_once_however_often_it_is_repeated() -> None:
    assert str(tally(["a", "a"], ["a"])) == "kvittert 1, tapt 0, doblet 0"
