"""The rotation of seats in the leader team."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.leaders.rotation import Joins, Leaves, Rotation, change, rotate
from regional.leaders.rotation_cli import main
from varde.cli_errors import Complaint

GJOVIK = json.loads((Path(__file__).parents[1] / "data/rotation_gjovik.json").read_text(encoding="utf-8"))
ARGS = ["--kommuner", ",".join(GJOVIK["kommuner"]), "--seats", ",".join(GJOVIK["seats"]), "--from", "2025"]
sizes = st.integers(min_value=1, max_value=9)


def made(kommuner: int, seats: int, periods: int | None = None) -> Rotation:
    names = [f"K{number}" for number in range(kommuner)]
    return rotate(names, [f"S{number}" for number in range(seats)], first_year=2025, years=2, periods=periods)


def loads(rotation: Rotation, period: int, members: tuple[str, ...]) -> list[int]:
    counted = Counter(row[period] for row in rotation.holders.values())
    assert set(counted) <= set(members)
    return [counted[name] for name in members]


@given(sizes, sizes)
def test_in_a_round_every_kommune_holds_every_seat_once(kommuner: int, seats: int) -> None:
    rotation = made(kommuner, seats)
    assert all(sorted(row) == sorted(rotation.kommuner) for row in rotation.holders.values())


@given(sizes, sizes, st.integers(min_value=1, max_value=30))
def test_in_a_period_loads_differ_by_at_most_one(kommuner: int, seats: int, periods: int) -> None:
    rotation = made(kommuner, seats, periods)
    for period in range(periods):
        dealt = loads(rotation, period, rotation.kommuner)
        assert max(dealt) - min(dealt) <= 1


@given(sizes, sizes, st.data())
def test_a_change_keeps_the_past_and_is_fair_from_then_on(kommuner: int, seats: int, data: st.DataObject) -> None:
    before = made(kommuner, seats, kommuner * 3)
    start = data.draw(st.integers(min_value=0, max_value=kommuner * 3 - 1))
    leaver = data.draw(st.sampled_from(before.kommuner))
    year = before.first_years[start]
    after = change(before, [Joins("Ny", year), Leaves(leaver, year)])
    members = tuple(name for name in after.kommuner if name != leaver)
    for seat, row in after.holders.items():
        assert row[:start] == before.holders[seat][:start]
        round_ = row[start : start + len(members)]
        assert len(round_) < len(members) or sorted(round_) == sorted(members)
    for period in range(start, len(after.periods)):
        dealt = loads(after, period, members)
        assert max(dealt) - min(dealt) <= 1


def test_a_kommune_that_joins_does_not_make_others_keep_their_seat() -> None:
    after = change(made(5, 5), [Joins("Gran", 2029)])
    assert all(row[1] != row[2] for row in after.holders.values())


def test_the_table_of_gjovikregionen_comes_out_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ARGS, "--years", "2"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["periods"] == ["2025-2026", "2027-2028", "2029-2030", "2031-2032", "2033-2034"]
    assert shown["table"] == {
        seat: {kommune: [period] for kommune, period in row.items()} for seat, row in GJOVIK["table"].items()
    }


def test_a_period_of_one_year_is_named_by_its_year() -> None:
    assert rotate(["A", "B"], ["S"], first_year=2025, years=1).periods == ("2025", "2026")


def test_the_table_and_csv_have_a_row_per_seat(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ARGS, "--format", "table"])
    main([*ARGS, "--format", "csv"])
    out = capsys.readouterr().out
    assert "Kommunedirektør          2025-2026  2027-2028" in out
    assert "Kommunedirektør,2025-2026,2027-2028,2029-2030,2031-2032,2033-2034\n" in out


def test_a_substitute_is_shown_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "change.json"
    file.write_text(json.dumps({"substitutes": [{"seat": "NAV", "kommune": "Gjøvik", "from": 2025}]}))
    main([*ARGS, "--change", str(file)])
    shown = json.loads(capsys.readouterr().out)
    assert shown["substitutes"] == [{"seat": "NAV", "period": "2025-2026", "kommune": "Gjøvik", "for": "Nordre Land"}]
    assert shown["table"]["NAV"]["Nordre Land"] == ["2025-2026"]


@pytest.mark.parametrize("extra", [
    ["--kommuner", "Gjøvik,,Hamar"], ["--kommuner", ""], ["--kommuner", "A,A"], ["--seats", "NAV, NAV"],
    ["--from", "tjuefem"], ["--from", "25"], ["--from", "²"], ["--years", "0"], ["--years", "-2"],
    ["--years", "9000"], ["--periods", "0"], ["--periods", "1000000"], ["--format", "pdf"],
    ["--change", "finnes-ikke"], ["--ukjent", "1"], ["--from"], ["noe"],
])  # fmt: skip
def test_what_cannot_be_read_gives_one_sentence(extra: list[str]) -> None:
    with pytest.raises(Complaint) as found:
        main([*ARGS, *extra])
    assert str(found.value).endswith(".")
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("content", [
    "{", "[]", '{"andre": []}', '{"joins": {}}', '{"joins": [1]}', '{"joins": [{"kommune": "Gran"}]}',
    '{"joins": [{"kommune": "Gran", "from": "2025"}]}', '{"joins": [{"kommune": "Gran", "from": 2026}]}',
    '{"joins": [{"kommune": "Gjøvik", "from": 2027}]}', '{"leaves": [{"kommune": "Gran", "from": 2027}]}',
    '{"joins": [{"kommune": "", "from": 2027}]}', '{"joins": [{"kommune": "Gran", "from": 2027, "til": 1}]}',
    '{"substitutes": [{"seat": "Rektor", "kommune": "Gjøvik", "from": 2027}]}',
    '{"substitutes": [{"seat": "NAV", "kommune": "Gran", "from": 2027}]}', "[" * 100000, "\udcff",
])  # fmt: skip
def test_a_change_file_that_cannot_be_used_gives_one_sentence(content: str, tmp_path: Path) -> None:
    file = tmp_path / "change.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(Complaint, match=r"\.$"):
        main([*ARGS, "--change", str(file)])


def test_the_last_kommune_cannot_leave() -> None:
    with pytest.raises(ValueError, match="minst én kommune"):
        change(made(1, 2), [Leaves("K0", 2025)])


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(Complaint, match="--seats"):
        main(["--kommuner", "A", "--from", "2025"])
