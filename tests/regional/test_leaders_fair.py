"""The rotation under any sequence of changes, judged by a check that shares nothing with the engine."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.leaders import fairness
from regional.leaders.fairness import check, past
from regional.leaders.proof import is_fair, proof
from regional.leaders.rotation import (
    CutsShort,
    Excluded,
    Joins,
    Leaves,
    Merges,
    Rotation,
    Wishes,
    change,
    rotate,
    with_whole_round,
)
from regional.leaders.rotation_cli import main
from regional.leaders.rotation_file import changes_of
from regional.leaders.rotation_fit import cheapest

FIVE = ["Gjøvik", "Østre Toten", "Vestre Toten", "Nordre Land", "Søndre Land"]
SEATS = ["Kommunedirektør", "Kommunalsjef HO", "Kommuneoverlege", "NAV", "Folkevalgt"]


def table(periods: int | None = None) -> Rotation:
    return rotate(FIVE, SEATS, first_year=2025, years=2, periods=periods)


def said(changes: list[dict[str, Any]] = (), kommuner=FIVE, seats=SEATS, years: int = 2) -> dict[str, Any]:  # type: ignore[assignment]
    return {"kommuner": kommuner, "seats": seats, "first_year": 2025, "years": years, "changes": list(changes)}


@st.composite
def changes(draw, rotation: Rotation, number: int) -> dict[str, Any]:
    """One change of any kind, which may be one that cannot be."""
    year, name = draw(st.sampled_from(rotation.first_years)), draw(st.sampled_from(rotation.kommuner))
    seat, other = draw(st.sampled_from(list(rotation.holders))), draw(st.sampled_from(rotation.kommuner))
    later = draw(st.sampled_from(rotation.first_years))
    held = {"kommune": name, "seat": seat, "from": year}
    return draw(
        st.sampled_from(
            [
                {"joins": [{"kommune": f"Ny {number}", "from": year}]},
                {"leaves": [{"kommune": name, "from": year}]},
                {
                    "merges": [
                        {"kommune": draw(st.sampled_from([name, f"En {number}"])), "of": [name, other], "from": year}
                    ]
                },
                {"cut_short": [{"from": year, "to": year + draw(st.integers(0, 2))}]},
                {"exclusions": [held]},
                {"exclusions": [held | {"to": later}]},
                {"wishes": [held | {"since": later}]},
            ]
        )
    )


def first_of(change: dict[str, Any]) -> int:
    row = next(iter(change.values()))[0]
    return int(row.get("since", row["from"]))


@given(st.integers(1, 7), st.integers(1, 7), st.sampled_from([1, 2, 4]), st.data())
def test_any_sequence_of_changes_is_fair_or_refused_and_leaves_the_past(kommuner, seats, years, data):
    names, places = [f"K{number}" for number in range(kommuner)], [f"S{number}" for number in range(seats)]
    rotation = rotate(names, places, first_year=2025, years=years, periods=data.draw(st.integers(1, kommuner * 3)))
    decided, refused = said([], names, places, years), list[str]()
    for number in range(data.draw(st.integers(0, 5))):
        wanted = data.draw(changes(rotation, number))
        at = rotation.period_of(first_of(wanted))
        try:
            after = change(rotation, changes_of(wanted).moves)
        except ValueError as error:
            refused.append(str(error))
            continue
        assert past(rotation.holders, after.holders, at) == []
        assert rotation.periods[:at] == after.periods[:at]
        rotation = after
        decided["changes"].append(wanted)
        found = check(decided, rotation.holders)
        assert found.faults == []
        assert tuple(found.firsts) == rotation.first_years
        assert [tuple(sorted(each)) for each in found.members] == [tuple(sorted(each)) for each in rotation.members]
    longer = with_whole_round(rotation)
    assert all(longer.holders[seat][: len(row)] == row for seat, row in rotation.holders.items())
    assert check(decided, longer.holders).faults == []
    assert all(sentence.endswith(".") for sentence in refused)


@given(st.integers(1, 7), st.integers(1, 7), st.data())
def test_a_wish_costs_nobody_a_turn(kommuner, seats, data):
    rotation = rotate(
        [f"K{number}" for number in range(kommuner)],
        [f"S{number}" for number in range(seats)],
        first_year=2025,
        years=2,
    )
    wanted = Wishes(
        data.draw(st.sampled_from(rotation.kommuner)), data.draw(st.sampled_from(list(rotation.holders))),
        data.draw(st.sampled_from(rotation.first_years)), 2025,
    )  # fmt: skip
    after = change(rotation, [wanted])
    assert after.holders[wanted.seat][rotation.period_of(wanted.year)] == wanted.kommune, "alone, any wish can be met"
    assert all(sorted(row) == sorted(rotation.kommuner) for row in after.holders.values())


def test_the_table_of_gjovikregionen_is_fair_and_says_why():
    found = proof(said(), table())
    assert is_fair(found)
    assert [each.text for each in found] == [
        "I runden 2025–2034 har hver av de 5 kommunene hver plass én gang.",
        "I hver periode har alle én plass.",
        "Ingen har to plasser i en periode der en annen ikke har noen.",
    ]


def test_two_that_merge_keep_one_place_in_the_queue():
    after = change(table(10), [Merges("Land", ("Nordre Land", "Søndre Land"), 2029)])
    assert after.members[2] == ("Gjøvik", "Østre Toten", "Vestre Toten", "Land")
    assert check(said([{"merges": [{"kommune": "Land", "of": ["Nordre Land", "Søndre Land"], "from": 2029}]}]),
                 after.holders).faults == []  # fmt: skip


def test_one_that_takes_in_another_keeps_its_name():
    after = change(table(10), [Merges("Gjøvik", ("Gjøvik", "Søndre Land"), 2027)])
    assert after.members[1] == ("Gjøvik", "Østre Toten", "Vestre Toten", "Nordre Land")


def test_a_period_that_is_cut_short_lets_the_next_begin_and_moves_no_seat():
    after = change(table(), [CutsShort(2027, 2027)])
    assert after.periods == ("2025-2026", "2027", "2028-2029", "2030-2031", "2032-2033")
    assert after.holders == table().holders


def test_two_cuts_are_counted_in_the_years_that_each_was_decided_in():
    after = change(change(table(), [CutsShort(2031, 2031)]), [CutsShort(2027, 2027)])
    assert after.periods == ("2025-2026", "2027", "2028-2029", "2030", "2031-2032")


def test_an_exclusion_for_good_is_held_with_one_trade_in_each_round():
    after = change(table(10), [Excluded("Gjøvik", "NAV", 2025)])
    assert "Gjøvik" not in after.holders["NAV"]
    found = check(said([{"exclusions": [{"kommune": "Gjøvik", "seat": "NAV", "from": 2025}]}]), after.holders)
    assert found.faults == []
    assert len(found.twice) == 4, "in each of two rounds one has NAV twice, and Gjøvik another seat"


@pytest.mark.parametrize(
    ("moves", "sentence"),
    [
        ([Excluded(name, "NAV", 2027) for name in FIVE], "Ingen kan ha plassen NAV i 2027-2028"),
        ([Excluded("Gjøvik", seat, 2027) for seat in SEATS], "Gjøvik er unntatt fra alle plassene i 2027-2028"),
        ([Excluded(name, seat, 2027) for name in FIVE[:2] for seat in SEATS[:4]], "kan ikke holdes samtidig"),
        ([Excluded("Gjøvik", "NAV", 2029, 2027)], "slutter før det begynner"),
        ([Wishes("Gjøvik", "NAV", 2027, 2029)], "gjelder en periode før endringen"),
        ([Wishes("Oslo", "NAV", 2027)], "Oslo er ikke med"),
        ([Wishes("Gjøvik", "Rektor", 2027)], "Plassen Rektor finnes ikke"),
        ([Merges("Land", ("Gjøvik", "Gjøvik"), 2027)], "minst to kommuner"),
        ([Merges("Land", ("Gjøvik", "Oslo"), 2027)], "Oslo kan ikke slås sammen"),
        ([Merges("Søndre Land", ("Gjøvik", "Nordre Land"), 2027)], "er allerede med"),
        ([CutsShort(2027, 2028)], "kan ikke kortes til 2028"),
        ([Leaves(name, 2027) for name in FIVE], "minst én kommune igjen"),
    ],
)
def test_what_cannot_be_is_refused_with_why(moves, sentence):
    with pytest.raises(ValueError, match=sentence):
        change(table(), moves)


def test_a_wish_moves_nothing_before_the_change():
    before = table()
    after = change(before, [Wishes("Nordre Land", "NAV", 2031, 2027)])
    assert all(row[0] == before.holders[seat][0] for seat, row in after.holders.items())


def test_a_wish_that_is_not_met_says_why():
    wishes = [
        {"kommune": "Gjøvik", "seat": "NAV", "from": 2027, "since": 2025},
        {"kommune": "Østre Toten", "seat": "NAV", "from": 2027, "since": 2025},
    ]
    after = change(table(), changes_of({"wishes": wishes}).moves)
    words = [each.text for each in proof(said([{"wishes": wishes}]), after) if each.about == "Ønsker"]
    assert sorted(each.split(":")[0] for each in words) == ["Ikke oppfylt", "Oppfylt"]
    assert any("begge kan ikke få sitt uten at noen mister en tur" in each for each in words)


def test_a_wish_for_a_seat_that_was_had_in_the_round_says_so():
    wish = {"kommune": "Nordre Land", "seat": "NAV", "from": 2029, "since": 2027}
    after = change(table(), changes_of({"wishes": [wish]}).moves)
    words = [each.text for each in proof(said([{"wishes": [wish]}]), after) if each.about == "Ønsker"]
    assert "har plassen i 2025-2026 i samme runde" in words[0]


# --- the check itself finds what is wrong -----------------------------------------------------------------------------


def holders() -> dict[str, list[str]]:
    return {seat: list(row) for seat, row in table().holders.items()}


def test_the_check_sees_a_double_seat():
    wrong = holders()
    wrong["NAV"][1] = wrong["Kommunedirektør"][1]
    faults = check(said(), wrong).faults
    assert any("plasser, mens" in each for each in faults)
    assert any("ganger i runden" in each for each in faults)


def test_the_check_sees_a_round_where_somebody_has_a_seat_twice():
    wrong = holders()
    for at in (0, 1):
        wrong["NAV"][at], wrong["Folkevalgt"][at] = wrong["Folkevalgt"][at], wrong["NAV"][at]
    assert check(said(), wrong).faults


def test_the_check_sees_an_exclusion_that_is_broken():
    decided = said([{"exclusions": [{"kommune": "Nordre Land", "seat": "NAV", "from": 2025}]}])
    assert "Nordre Land har NAV fra 2025, men er unntatt." in check(decided, holders()).faults


def test_the_check_sees_somebody_who_takes_no_part():
    wrong = holders()
    wrong["NAV"][0] = "Oslo"
    assert any("uten å være med" in each for each in check(said(), wrong).faults)


def test_the_check_sees_a_past_that_was_rewritten():
    wrong = holders()
    wrong["NAV"][0] = "Gjøvik"
    assert past(table().holders, wrong, 1) == ["Plassen NAV er endret i periode nummer 1, som ligger før endringen."]
    assert not is_fair(proof(said(), change(table(), [Joins("Gran", 2025)])))


def test_the_check_shares_no_code_with_the_engine():
    named = {getattr(each, "__module__", "") for each in vars(fairness).values()}
    assert not [module for module in named if module.startswith("regional") and module != fairness.__name__]


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_new_lists_of_the_change_file_and_the_proof(tmp_path, capsys):
    file = tmp_path / "change.json"
    asked = {
        "merges": [{"kommune": "Land", "of": ["Nordre Land", "Søndre Land"], "from": 2029}],
        "cut_short": [{"from": 2027, "to": 2027}],
        "exclusions": [{"kommune": "Gjøvik", "seat": "NAV", "from": 2028}],
    }
    file.write_text(json.dumps(asked | {"merges": [asked["merges"][0] | {"from": 2028}]}))
    args = ["--kommuner", ",".join(FIVE), "--seats", ",".join(SEATS), "--from", "2025", "--change", str(file)]
    assert main(args) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["periods"][1:3] == ["2027", "2028-2029"]
    assert "2028-2029" not in shown["table"]["NAV"]["Gjøvik"]
    assert main([*args, "--format", "proof"]) == 0
    assert "Unntaket er holdt: Gjøvik har ikke NAV fra 2028-2029." in capsys.readouterr().out


def test_the_help_says_what_the_change_file_may_hold(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for name in ("joins", "leaves", "merges", "cut_short", "exclusions", "wishes", "substitutes"):
        assert f'"{name}"' in shown


# --- the matching -----------------------------------------------------------------------------------------------------


@given(st.integers(1, 5), st.integers(0, 2), st.data())
def test_the_matching_is_the_cheapest_there_is(rows, more, data):
    from itertools import permutations

    number = st.integers(-9, 9)
    costs = [[data.draw(number) for _ in range(rows + more)] for _ in range(rows)]
    found = cheapest(costs)
    assert len(set(found)) == rows
    best = min(sum(costs[row][at] for row, at in enumerate(each)) for each in permutations(range(rows + more), rows))
    assert sum(costs[row][at] for row, at in enumerate(found)) == best
