"""The attackers can do what they are for: each of them breaks something that only looks safe."""

from collections import Counter
from fractions import Fraction

from tests.disclosure import paper
from tests.disclosure.attackers import areas, differencing, elimination, order, percent, shuttle
from tests.disclosure.attackers.glpk import Attack
from tests.disclosure.attackers.knowledge import Reader, Statement, printed
from tests.disclosure.paper import Line, Sheet
from tests.disclosure.siege import siege
from tests.disclosure.simulated import Problem, Region, Release


def reader(*figures: tuple[str, int], own: dict[str, int] | None = None, asked: tuple[str, ...] = ()) -> Reader:
    """Atoms have one letter."""
    return Reader([printed(atoms, value) for atoms, value in figures], own or {}, [frozenset(each) for each in asked])


def test_elimination_finds_what_no_subtraction_of_two_figures_does():
    asked = reader(("ab", 5), ("bc", 4), ("ac", 3), asked=("a", "b", "abc"))
    assert elimination.exact(asked) == {0: Fraction(2), 1: Fraction(3), 2: Fraction(6)}
    assert elimination.exact(reader(("ab", 5), ("abc", 9), asked=("a",))) == {}


def test_elimination_takes_away_what_one_holds_oneself():
    assert elimination.exact(reader(("abc", 6), own={"a": 2}, asked=("bc", "b"))) == {0: Fraction(4)}


def test_differencing_takes_a_half_year_out_of_two_totals_since_start():
    assert differencing.limits(reader(("ab", 31), ("abc", 33), asked=("c",))) == {0: (2, 2)}


def test_differencing_knows_that_a_part_is_no_larger_than_the_whole():
    assert differencing.limits(reader(("abc", 3), ("a", 1), asked=("b", "ab"))) == {0: (0, 2), 1: (1, 3)}


def test_glpk_finds_the_ends_and_only_in_whole_numbers():
    square = Attack(reader(("ab", 4), ("cd", 9), ("ac", 6), ("bd", 7), asked=("a", "b")))
    assert square.narrow(0, 5) == (0, 4)
    assert square.narrow(0, 4) is None
    odd = [Statement(dict.fromkeys(pair, 1), None, 1) for pair in ("ab", "bc", "ac")]
    assert Attack(Reader(odd, {}, [frozenset("abc")])).narrow(0, 2) == (0, 1)


def test_two_areas_that_differ_by_one_kommune_give_its_figure():
    holder = {"a": "K1", "b": "K2", "c": "K3"}
    said = [printed("ab", 17), printed("abc", 19), printed("a", 12)]
    assert set(areas.differences(said, holder)) >= {("K2", frozenset("b"), 5), ("K3", frozenset("c"), 2)}


def test_a_share_of_a_printed_total_is_a_count():
    assert list(percent.counts(8, 38)) == [3]
    assert percent.total_from([(3, 8), (11, 29)])[:1] == [38]
    assert percent.counts(50, 3) == range(0)


def test_a_list_sorted_by_size_tells_of_a_hidden_line():
    lines = [(frozenset("a"), 9), (frozenset("b"), None), (frozenset("c"), 3)]
    assert order.by_size(lines, [frozenset("b"), frozenset("a"), frozenset("c")]) == [Statement({"b": 1}, 3, 9)]
    assert order.by_size(lines, [atoms for atoms, _ in lines]) == []


def test_shuttled_bounds_close_in_on_a_cell_between_its_margins():
    table = reader(("ab", 10), ("cd", 3), ("ac", 9), ("bd", 4), asked=("a", "c"))
    assert shuttle.limits(table) == {0: (6, 9), 1: (0, 3)}


def test_print_with_a_share_beside_a_hidden_count_or_in_order_of_size_is_read():
    lines = (Line(frozenset("a"), "35", "92 %"), Line(frozenset("b"), ":", "8 %"))
    sheet = Sheet(Line(frozenset("ab"), "38"), lines, (frozenset("a"), frozenset("b")))
    assert Statement({"b": 1}, 3, 3) in paper.read([sheet])
    by_size = (Line(frozenset("a"), "4"), Line(frozenset("b"), ":"))
    unlike_the_form = Sheet(Line(frozenset("ab"), ":"), by_size, (frozenset("b"), frozenset("a")))
    assert Statement({"b": 1}, 0, 4) in paper.read([unlike_the_form])


def besieged(region: Region, hide_below: int, coalition: int = 1) -> Counter[tuple[str, str]]:
    """What becomes of a rule that hides small figures and nothing else."""

    def hide(problem: Problem) -> Release:
        counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
        small = [cell["id"] for cell in problem["cells"] if sum(counts[atom] for atom in cell["atoms"]) < hide_below]
        return {"show": [cell["id"] for cell in problem["cells"] if cell["id"] not in small], "hide": small}

    *_, (problem, _) = region.publish(hide)
    said = paper.read(paper.sheets(problem, region.tables(region.halves - 1)))
    return siege(problem, said, coalition=coalition)


def test_hiding_small_figures_alone_is_no_protection():
    found = besieged(Region(1, halves=3), 5)
    assert min(found[name, "exact"] for name in ("elimination", "differencing", "glpk", "shuttle")) > 0


def test_a_kommune_that_leaves_or_joins_is_found_in_the_difference():
    assert any(besieged(Region(seed, change="leaves", halves=5), 5)["areas", "exact"] for seed in range(6))
    assert any(besieged(Region(seed, change="joins", halves=5), 5)["areas", "exact"] for seed in range(6))


def test_where_nothing_is_printed_nothing_is_found():
    assert not besieged(Region(2, halves=3), 10**6)
