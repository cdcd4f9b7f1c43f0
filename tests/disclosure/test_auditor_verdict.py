"""What the auditor says of releases by hand: history, coalitions, whole numbers, no end, no time, and false proof."""

import json
from typing import Any

import pytest

from tests.disclosure.small import region
from varde.auditor import whole
from varde.auditor.reading import Unreadable
from varde.auditor.solver import Attempt, End
from varde.auditor.verdict import audit, digest
from varde.protect.engine import protect
from varde.protect.problem import Refusal


def problem(
    counts: dict[str, int], cells: dict[str, str], rows: list[dict[str, Any]] | None = None, **rule: Any
) -> dict:
    """An atom has one letter; after a colon its holder. A cell's atoms, and after a space its state."""
    atoms = [{"id": name[0], "count": count, "holder": name[2:] or None} for name, count in counts.items()]
    said = {name: [*text.split(), "open"] for name, text in cells.items()}
    listed = [{"id": name, "atoms": list(words[0]), "state": words[1]} for name, words in said.items()]
    return {"rule": rule, "atoms": atoms, "cells": listed, "rows": rows or []}


def showing(asked: dict[str, Any], *shown: str, **more: Any) -> dict[str, Any]:
    open_ = [cell["id"] for cell in asked["cells"] if cell["state"] == "open"]
    return {"show": list(shown), "hide": [name for name in open_ if name not in shown], **more}


THREE = {"a:Gjøvik": 2, "b:Land": 3, "c:Toten": 6}


def test_a_kommune_takes_its_own_count_away():
    asked = problem(THREE, {"all": "abc", "two": "ab"})
    verdict = audit(asked, showing(asked, "all"))
    assert verdict["safe"]
    assert verdict["checked"]["attackers"] == 4
    found = {tuple(each["attacker"]): each for each in audit(asked, showing(asked, "all", "two"))["findings"]}
    assert found["Gjøvik",]["because"] == "two - own = 3"
    said = "Gjøvik kan regne ut resten av «two» uten egne tall: «two» − egne tall = 5 − 2 = 3."
    assert found["Gjøvik",]["text"] == said
    assert found.keys() == {("Gjøvik",), ("Land",)}


def test_two_who_pool_what_they_know_find_out_more():
    asked = problem({"a:A": 1, "b:B": 5, "c:C": 5, "d:D": 1}, {"all": "abcd"}, coalition=1)
    assert audit(asked, showing(asked, "all"))["safe"]
    pooled = audit(asked | {"rule": {"coalition": 2}}, showing(asked, "all"))
    assert [each["attacker"] for each in pooled["findings"]] == [["B", "C"]]
    assert "B og C sammen kan" in pooled["findings"][0]["text"]
    assert pooled["checked"]["attackers"] == 11


def test_a_share_of_nobody_shows_as_little_as_a_small_one_unless_zeros_are_harmless():
    asked = problem({"a": 0, "b": 9}, {"none": "a", "all": "ab"})
    assert not audit(asked, showing(asked, "none"))["safe"]
    assert audit(asked | {"rule": {"zeros": "show"}}, showing(asked, "none"))["safe"]


@pytest.mark.parametrize("seed", range(4))
def test_without_reasons_and_intervals_the_verdict_and_the_cells_are_the_same(seed):
    asked = region(seed, kommuner=3, codes=4, periods=2, mean=2.0)
    names = [cell["id"] for cell in asked["cells"]]
    shown = names[:: seed + 1]
    given = {"show": shown, "hide": [name for name in names if name not in shown]}
    whole_, short = audit(asked, given), audit(asked, given, intervals=False, reasons=False)
    assert whole_["findings"]
    assert not short["safe"]
    who = [(each["attacker"], each["cell"], "undecided" in each) for each in whole_["findings"]]
    assert [(each["attacker"], each["cell"], "undecided" in each) for each in short["findings"]] == who


def test_earlier_releases_that_give_somebody_away_are_named_and_not_mended():
    before = {"ab": "ab published", "b": "b published", "a": "a withheld"}
    asked = problem({"a": 2, "b": 9, "c": 8}, before | {"all": "abc", "c": "c"})
    verdict = audit(asked, showing(asked))
    (found,) = verdict["findings"]
    assert not verdict["safe"]
    assert found["earlier"] is True
    assert found["earlier_because"] == "ab - b = 2"


def test_what_the_new_release_adds_to_a_safe_history_is_not_blamed_on_history():
    asked = problem({"a": 2, "b": 9}, {"ab": "ab published", "a": "a withheld", "b": "b"})
    (found,) = audit(asked, showing(asked, "b"))["findings"]
    assert "earlier" not in found
    assert audit(asked, showing(asked))["safe"]


def test_without_any_figure_a_count_has_no_end():
    asked = problem({"a": 2, "b": 3}, {"a": "a", "ab": "ab"})
    verdict = audit(asked, showing(asked))
    assert verdict["safe"]
    assert verdict["intervals"] == {"a": [0, None], "ab": [0, None]}


def test_facts_of_the_form_are_known_to_everybody():
    same = {"atoms": {"a": 1, "b": 1, "c": -1}, "low": 0, "high": 0}
    asked = problem({"a": 3, "b": 9, "c": 12}, {"a": "a", "b": "b", "c": "c"}, [same])
    (found,) = audit(asked, showing(asked, "b", "c"))["findings"]
    assert found["because"] == "c + row 1 - b = 3"
    assert "opplysning 1" in found["text"]


def pairs(*named: str) -> list[dict[str, Any]]:
    return [{"atoms": dict.fromkeys(pair, 1), "low": None, "high": 1} for pair in named]


def test_what_only_whole_numbers_tell_is_found_and_said():
    counts = {"a": 1, "b": 0, "c": 0, "d": 1, "e": 0, "f": 0}
    asked = problem(counts, {"t": "abcdef"}, pairs("ab", "bc", "ac", "de", "ef", "df"))
    (found,) = audit(asked, showing(asked), threshold=3, compare=True)["findings"]
    assert (found["low"], found["high"]) == (0, 2)
    assert "= 3 (hele tall: 2" in found["because"]
    assert "bare hele tall gir 2" in found["text"]


def test_halves_are_rounded_in_the_right_direction():
    asked = problem({"a": 1, "b": 0, "c": 0}, {"t": "abc"}, pairs("ab", "bc", "ac"))
    (found,) = audit(asked, showing(asked))["findings"]
    assert (found["low"], found["high"]) == (0, 1)
    assert "3/2 (hele tall: 1)" in found["because"]


def test_a_sum_without_end_is_found_when_the_solver_gives_up_or_names_a_direction_that_breaks_a_row():
    """Two questions of the form: the cases by one, and two ways in which ticks hang together with them."""
    one = problem({"a": 0, "b": 1}, {"ab": "ab"}, [{"atoms": {"a": -1}, "low": 0, "high": 1}], coalition=0)
    assert audit(one, showing(one))["intervals"] == {"ab": [0, None]}
    few = [{"atoms": {"a": -1, "b": -1, "c": -1, "n": 2}, "low": 0}]
    few += [{"atoms": {name: -1, "n": 1}, "low": 0} for name in "abc"]
    many = [{"atoms": {"d": 1, "e": 1, "f": 1, "m": -1}, "low": 0, "high": None}]
    many += [{"atoms": {"d": 1, "e": 1, "f": 1, "m": -2}, "low": None, "high": 0}]
    many += [{"atoms": {name: 1, "m": -1}, "low": None, "high": 0} for name in "def"]
    counts = {"n": 0, "a": 0, "b": 0, "c": 0, "m": 1, "d": 0, "e": 0, "f": 1}
    cells = {name: name for name in counts} | {"nm": "nm", "ad": "ad", "be": "be", "cf": "cf"}
    two = problem(counts, cells, few + many)
    verdict = audit(two, showing(two))
    assert verdict["safe"]
    assert set(map(tuple, verdict["intervals"].values())) == {(0, None)}
    assert "undecided" not in verdict


@pytest.mark.parametrize("end", [End.UNKNOWN, End.UNBOUNDED])
def test_what_is_not_proved_is_null_and_says_nothing_of_time(monkeypatch, end):
    asked = problem({"a": 2, "b": 9}, {"all": "ab", "a": "a", "b": "b"})
    monkeypatch.setattr(whole.Solver, "least", lambda *_: Attempt(end))
    verdict = audit(asked, showing(asked, "all"))
    (found,) = verdict["findings"]
    assert (found["low"], found["high"], found["undecided"]) == (None, None, True)
    assert found["text"].startswith("Det lot seg ikke avgjøre hva hvem som helst kan regne ut om «a»;")
    assert verdict["intervals"] == {"a": [None, None], "b": [None, None]}
    assert verdict["undecided"] == ["a", "b"]


def test_facts_that_tell_by_themselves_are_blamed_where_nothing_was_ever_published():
    asked = problem({"a:A": 2, "b:B": 9}, {"a": "a", "b": "b"}, [{"atoms": {"a": 1}, "low": 2, "high": 2}],
                    min_contributors=0)  # fmt: skip
    found = audit(asked, showing(asked))["findings"]
    assert [(each["attacker"], each["earlier"], each["earlier_because"]) for each in found] == [
        (["B"], True, "row 1 = 2"), ([], True, "row 1 = 2"),
    ]  # fmt: skip


def test_signs_and_shares_in_a_sentence_can_be_reckoned_again():
    below = problem({"a": 1, "b": 9}, {"a": "a", "b": "b"}, [{"atoms": {"a": -1}, "low": -1, "high": -1}])
    (found,) = audit(below, showing(below))["findings"]
    assert found["text"] == "Hvem som helst kan regne ut «a»: -opplysning 1 = -(-1) = 1."
    shares = [{"atoms": {"a": 3, "b": 1}, "low": 10, "high": 10}]
    third = problem({"a:A": 1, "b:B": 7, "c:C": 9}, {"a": "a"}, shares)
    (found, *_) = [each for each in audit(third, showing(third))["findings"] if each["attacker"] == ["B"]]
    assert "1/3 × opplysning 1 − egen del av dem = 1/3 × 10 − 7/3 = 1" in found["text"]


def test_no_time_is_no_proof():
    asked = problem(THREE, {"all": "abc", "two": "ab"})
    verdict = audit(asked, showing(asked, "all"), seconds=0.0)
    assert not verdict["safe"]
    assert {each["because"] for each in verdict["findings"]} == {"ikke avgjort"}
    assert all("ikke avgjøre innen tiden" in each["text"] for each in verdict["findings"])
    assert verdict["undecided"] == ["two"]
    assert verdict["intervals"] == {"two": [None, None]}
    assert not any("earlier" in each for each in verdict["findings"])


@pytest.mark.parametrize("end", End)
@pytest.mark.parametrize("number", [0.0, 1.0, 0.5, -3.0, 1e9, float("nan"), float("inf")])
def test_a_solver_that_lies_makes_nothing_safe(monkeypatch, end, number):
    asked = problem({"a": 2, "b": 9}, {"all": "ab", "b": "b", "a": "a"})

    def lie(solver, *_):
        return Attempt(end, [number] * solver.width, [number] * solver.height)

    monkeypatch.setattr(whole.Solver, "least", lie)
    verdict = audit(asked, showing(asked, "all", "b"))
    assert not verdict["safe"]
    assert {each["cell"] for each in verdict["findings"]} == {"a"}


def test_tables_that_are_offered_are_checked_and_false_ones_prove_nothing():
    asked = problem({"a": 2, "b": 9}, {"all": "ab", "a": "a", "b": "b"})
    proof = {"attacker": [], "cell": "a", "low": {"a": 0, "b": 11}, "high": {"a": 9, "b": 2}}
    good = audit(asked, showing(asked, "all", witnesses=[proof]), seconds=0.0)
    assert good["safe"]
    assert good["checked"]["by_additions"] == 1
    wrong = [{"a": 0, "b": 10}, {"a": 0, "b": 11, "x": 0}, {"a": -1, "b": 12}, {"a": 0.0, "b": 11}, {"a": True}]
    for low in (*wrong, [], None):
        false = audit(asked, showing(asked, "all", witnesses=[proof | {"low": low}]), seconds=0.0)
        assert not false["safe"], low


def test_a_table_that_changes_somebodys_own_count_does_not_speak_for_them():
    asked = problem(THREE, {"all": "abc", "a": "a", "b": "b"})
    proof = {"attacker": ["Gjøvik"], "cell": "b", "low": {"a": 5, "b": 0, "c": 6}, "high": {"a": 0, "b": 5, "c": 6}}
    open_ends = audit(asked, showing(asked, "all", witnesses=[proof]), seconds=0.0)["findings"]
    assert ["Gjøvik"] in [each["attacker"] for each in open_ends if each["cell"] == "b"]
    assert ["Toten"] not in [each["attacker"] for each in open_ends if each["cell"] == "b"]


def test_a_release_that_lies_of_itself_is_told_so():
    asked = problem({"a": 2, "b": 9}, {"all": "ab", "a": "a", "b": "b"})
    release = showing(asked, "all", cost=2.0)
    assert "errors" not in audit(asked, release | {"hash": digest(release)}, strict=True)
    wrong = audit(asked, release | {"cost": 1.0, "hash": digest(release)})
    assert len(wrong["errors"]) == 2
    assert not wrong["safe"]
    assert "errors" in audit(asked, release | {"hash": None})
    with pytest.raises(Unreadable, match="kostnaden"):
        audit(asked, release | {"cost": 1.0}, strict=True)
    with pytest.raises(Unreadable, match="Kontrollsummen"):
        audit(asked, release | {"hash": "0" * 64}, strict=True)


BASE = {"rule": {}, "atoms": [{"id": "a", "count": 2}, {"id": "b", "count": 9}],
        "cells": [{"id": "all", "atoms": ["a", "b"]}, {"id": "a", "atoms": ["a"]}]}  # fmt: skip
SAFE = {"show": ["all"], "hide": ["a"]}


@pytest.mark.parametrize(("changed", "says"), [
    ({"cells": [{"id": "all", "atoms": ["x"]}]}, "atomet «x», som ikke finnes"),
    ({"atoms": [{"id": "a", "count": -1}]}, "kan ikke være negativt"),
    ({"atoms": [{"id": "a", "count": 1.5}]}, "må være et helt tall"),
    ({"atoms": [{"id": "a", "count": "1"}]}, "må være et helt tall"),
    ({"atoms": [{"id": "a", "count": True}]}, "må være et helt tall"),
    ({"atoms": [{"id": "a", "count": float("nan")}]}, "må være et helt tall"),
    ({"atoms": [{"id": "a", "count": float("inf")}]}, "må være et helt tall"),
    ({"atoms": [{"id": "a", "count": 1}] * 2}, "Atomet «a» står to ganger"),
    ({"cells": [{"id": "all", "atoms": []}]}, "har ingen atomer"),
    ({"cells": [{"id": "all", "atoms": ["a"]}] * 2}, "Cellen «all» står to ganger"),
    ({"cells": [{"id": "all", "atoms": ["a", "a"]}]}, "samme atom to ganger"),
    ({"cells": [{"id": "all", "atoms": ["a"], "state": "lost"}]}, "ukjent tilstand"),
    ({"cells": [{"id": "all", "atoms": ["a"], "weight": -1}]}, "Vekten"),
    ({"rule": {"threshold": 4}}, "kan ikke være under 5"),
    ({"rule": {"zeros": "maybe"}}, "«zeros»"),
    ({"rule": {"coalition": -1}}, "kan ikke være negativt"),
    ({"rows": [{"atoms": {"a": 1}, "low": 3, "high": None}]}, "stemmer ikke med tallene"),
    ({"rows": [{"atoms": {"q": 1}, "low": 3}]}, "atomet «q», som ikke finnes"),
    ({"atoms": [{"id": "a", "count": 1, "holder": "A"}, {"id": "b", "count": 1, "holder": "B"}]}, "krever minst 3"),
    ({"atoms": {}}, "må være en liste"),
])  # fmt: skip
def test_a_problem_that_cannot_be_read_is_refused_in_a_sentence(changed, says):
    with pytest.raises(Unreadable, match=says) as refused:
        audit(BASE | changed, SAFE)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("release", "says"), [
    ({"show": ["all", "a"], "hide": ["a"]}, "både viser og skjuler"),
    ({"show": ["x"], "hide": []}, "«x», som ikke finnes"),
    ({"show": [], "hide": ["a"]}, "sier ikke om cellen «all»"),
    ({"show": ["all", "all"], "hide": ["a"]}, "samme celle to ganger"),
    ({**SAFE, "values": {"a": 2}}, "skjuler cellen «a», men oppgir verdien"),
    ({**SAFE, "values": {"all": 12}}, "oppgir 12 for cellen «all»"),
    ({**SAFE, "method": "noise"}, "Metoden"),
    ({**SAFE, "cost": -1}, "Kostnaden"),
    ({**SAFE, "witnesses": [1]}, "Et vitne må være et objekt"),
    ([], "Utgivelsen må være et objekt"),
])  # fmt: skip
def test_a_release_that_contradicts_itself_is_refused_in_a_sentence(release, says):
    with pytest.raises(Unreadable, match=says):
        audit(BASE, release)


HUGE = 10**400
UNREADABLE_TO_BOTH: list[dict[str, Any]] = [
    *({"atoms": [{"id": "a", "count": count}, {"id": "b", "count": 9}]} for count in (HUGE, 10_000_001, 1e300, "2")),
    *({"rule": {name: HUGE}} for name in ("threshold", "coalition", "min_contributors")),
    {"rule": {"zeros": ["hide"]}},
    *({"cells": [{"id": "a", "atoms": ["a"], "weight": weight}]} for weight in (HUGE, 2e9, -1, float("nan"), True)),
    *({"rows": [{"atoms": {"a": times}, "low": None}]} for times in (HUGE, 10_000_001, 0.5)),
    *({"rows": [{"atoms": {"a": 1}, "low": None, "high": high}]} for high in (HUGE, 10_000_001)),
    {"rows": [{"atoms": {}, "low": None, "high": None}]},
    {"cells": [{"id": "\ud800", "atoms": ["a"]}]},
    {"atoms": [{"id": "a", "count": 2, "holder": "\ud800"}, {"id": "b", "count": 9}], "rule": {"min_contributors": 0}},
    {"cells": [{"id": "x\ny", "atoms": ["zz"]}]},
    {"cells": [{"id": "x\x1b[2J", "atoms": ["zz\r"]}]},
    {"cells": [{"id": "x" * 500, "atoms": ["zz"]}]},
    {"cells": [{"id": "a", "atoms": [["a1"]]}]},
    {"cells": [{"id": "a", "atoms": ["a"], "state": ["open"]}]},
]


@pytest.mark.parametrize("place", range(len(UNREADABLE_TO_BOTH)))
def test_the_engine_and_the_auditor_refuse_the_same_problems_in_one_plain_sentence(place):
    asked = BASE | UNREADABLE_TO_BOTH[place]
    with pytest.raises(Refusal) as one:
        protect(asked)
    with pytest.raises(Unreadable) as other:
        audit(asked, {"show": [], "hide": [cell["id"] for cell in asked["cells"]]})
    for said in (str(one.value), str(other.value)):
        assert said.isprintable()
        assert said.endswith(".")
        assert len(said) < 250
        assert "['" not in said


@pytest.mark.parametrize("release", [
    {"cost": HUGE}, {"cost": float("inf")}, {"hash": "x", "note": "\ud800"}, {"show": [["all"]]},
    {"values": {"all": 10**400}}, {"show": ["x\ny"]},
])  # fmt: skip
def test_a_release_of_strange_values_is_a_sentence_too(release):
    with pytest.raises(Unreadable) as refused:
        audit(BASE, SAFE | release)
    assert str(refused.value).isprintable()


def test_an_earlier_release_cannot_be_changed():
    asked = BASE | {"cells": [{"id": "all", "atoms": ["a", "b"], "state": "published"}, {"id": "a", "atoms": ["a"]}]}
    with pytest.raises(Unreadable, match="tidligere utgivelse"):
        audit(asked, {"show": [], "hide": ["all", "a"]})


def test_the_command_line_stands_before_the_file_and_comparison_lifts_the_floor():
    assert not audit(BASE, SAFE, threshold=12)["safe"]
    assert audit(BASE, SAFE, threshold=11)["safe"]
    assert audit(BASE | {"rule": {"threshold": 2}}, SAFE, compare=True)["safe"]
    few = BASE | {"atoms": [{"id": "a", "count": 2, "holder": "A"}, {"id": "b", "count": 9}]}
    assert audit(few, SAFE, compare=True)["checked"]["attackers"] == 2


def test_the_verdict_is_plain_json():
    text = json.dumps(audit(BASE, SAFE), allow_nan=False)
    assert json.loads(text)["intervals"] == {"a": [0, 11]}
