"""What is shown follows from what is stated: the order of the form, whole per cent of printed figures, one line for the
rest."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases.calls import parts_of
from regional.releases.cells import Cell, cases
from regional.releases.drafting import job_of, packed, unpacked
from regional.releases.ledger import Broken, Entry, ledger
from regional.releases.levels import Basis, basis, choose, lowered
from regional.releases.making import History, Made, Wanted, earlier, make, tables_of
from regional.releases.offered import Offered, comparable, planned, tables
from regional.releases.problem import NOBODY, Closed, Fact, Part, Rule, Stated, World, problem, value
from regional.releases.shown import HIDDEN, REST, REST_TICKS, Page, percent, table
from regional.releases.statements import BadStatement, Statement, by_id, canonical, digest, of_release, read
from shared.codes.forms import REPORTED, form
from shared.codes.phone_calls import CALLS
from shared.codes.release_plans import LEVELS, release_plan
from shared.codes.steering import steering
from shared.contracts.fields import from_json, to_json
from shared.contracts.releases import ReleasedTable
from tests.regional.releasing import OF, pilot, world_of
from tests.regional.test_statistics_pilot import FIGURES
from varde.refusal import Refused

PLAN = release_plan("release_plan_1")
PERIODS = ("2018H2", "2019H1", "2019H2")
START = tables("2019H2", PERIODS)[-1]
ASKED = [key for key in PLAN.questions if key not in OF.phone]
ALL = {key: PLAN.questions[key].at_most("all") for key in ASKED}
FORM = form(REPORTED)


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(PERIODS, pilot())


def page(levels: Any, values: dict[str, int | None], offered: Offered = START) -> Any:
    return table(Page(offered, levels, PLAN, OF, FORM, values))


@pytest.fixture(scope="module")
def raw(world: World) -> dict[str, int]:
    made = problem(world, [Stated(each.cell, "open") for each in planned(START, ALL, PLAN, OF)], rule=Rule())
    counts = {atom["id"]: atom["count"] for atom in made["atoms"]}
    return {cell["id"]: sum(counts[atom] for atom in cell["atoms"]) for cell in made["cells"]}


def share(number: int, of: int) -> float:
    return round(100 * number / of)


def label_of(key: str, label: str) -> str:
    return FORM.question(key).by_report_label(label).code


def figure_of(shown: Any, figure: dict[str, Any]) -> float:
    """A printed figure of the evaluation, read from the table as anybody would read it."""
    question = next(one for one in shown["questions"] if one["key"] == figure["question"])
    stat, lines = figure["stat"], {line["code"]: line for line in question["lines"]}
    if figure.get("among") or stat in {"count_any", "share_any"}:
        told = next(one for one in shown["planned"] if one["id"] == figure["id"])
        return told["count"] if "value" in figure else told["share"]
    if stat in {"ticks", "answered"}:
        return question[stat]
    if stat == "unanswered":
        return question["blank"]["value"]
    if stat == "share_multi":
        return share(question["multi"], question["asked"])
    line = lines[label_of(figure["question"], figure["answer"])]
    return line[{"count": "value", "share": "share", "share_of_answered": "share_answered"}[stat]]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure["id"])
def test_the_pilots_printed_figures_are_cells_of_the_plan(raw: dict[str, int], figure: dict[str, Any]) -> None:
    shown = page(ALL, dict(raw))
    assert figure_of(shown, figure) == figure.get("value", figure.get("percent"))


def test_the_pilot_has_167_cases_and_51_figures(raw: dict[str, int]) -> None:
    assert (page(ALL, dict(raw))["cases"], len(FIGURES)) == (167, 51)


def printed(shown: Any) -> list[int]:
    inner = shown.values() if isinstance(shown, dict) else shown if isinstance(shown, list) else []
    own = [shown] if type(shown) is int else []
    return own + [number for one in inner for number in printed(one)]


hidden_sets = st.sets(st.integers(0, 500), max_size=120)


@settings(max_examples=60, deadline=None)
@given(hidden_sets, st.sampled_from(LEVELS[:-1]))
def test_nothing_is_shown_but_what_is_stated_and_what_follows_from_it(raw: Any, gone: set[int], level: Any) -> None:
    """The page of the release, made from other values where it says nothing, is the same page."""
    levels = {key: PLAN.questions[key].at_most(level) for key in ASKED}
    cells = [each.cell for each in planned(START, levels, PLAN, OF)]
    values = {cell.id: None if at in gone else raw.get(cell.id, 0) for at, cell in enumerate(cells)}
    shown = page(levels, values)
    for question in shown["questions"]:
        lines = question["lines"]
        groups = PLAN.questions[question["key"]].levels[levels[question["key"]]]
        assert [line["code"] for line in lines] == [group.code for group in groups]
        base = question["ticks"] if question["unit"] == "ticks" else question["asked"]
        for line in lines:
            assert line["share"] == percent(line["value"], base)
            assert line["share_answered"] in (None, percent(line["value"], question["answered"]))
        if question["rest"]:
            single = OF.questions[question["key"]].single
            told = [line["value"] for line in [*lines, *([question["blank"]] if single else [])]]
            whole = question["asked"] if single else question["ticks"]
            assert question["rest"]["value"] == whole - sum(value or 0 for value in told)
            assert None in told
            assert question["rest"]["share"] == (None if not single and question["unit"] == "cases" else percent(
                question["rest"]["value"], whole
            ))  # fmt: skip


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_is_whole_per_cent_of_two_printed_figures(number: int, base: int) -> None:
    found = percent(number, base)
    assert found is not None
    assert abs(found - 100 * number / base) <= 0.5
    assert percent(None, base) is percent(number, None) is percent(number, 0) is None


def test_a_withheld_answer_has_no_share_and_the_rest_is_one_line(raw: dict[str, int]) -> None:
    values: dict[str, int | None] = dict(raw)
    cell = Cell("kategori", "codes", ("other",), PERIODS)
    blank = Cell("kategori", "blank", (), PERIODS)
    values |= {cell.id: None, blank.id: None}
    question = next(one for one in page(ALL, values)["questions"] if one["key"] == "kategori")
    assert question["lines"][-1] == {
        "code": "other", "label": "annet", "value": None, "share": None, "share_answered": None,
    }  # fmt: skip
    rest = {"code": "", "label": REST, "value": raw[cell.id] + raw[blank.id], "share": 0, "share_answered": None}
    assert question["rest"] == rest
    assert HIDDEN == ":"


def test_groups_of_several_ticks_count_ticks_and_say_so(raw: dict[str, int]) -> None:
    levels = {key: PLAN.questions[key].at_most("groups") for key in ASKED}
    shown = page(levels, dict.fromkeys((each.cell.id for each in planned(START, levels, PLAN, OF)), 10))
    units = {one["key"]: one["unit"] for one in shown["questions"]}
    ticks = {key for key, unit in units.items() if unit == "ticks"}
    assert ticks == {"overgrep", "sarbarhet", "handtert_av", "utfall"}
    assert {one["key"] for one in shown["questions"] if one["label"].endswith("(avkryssinger)")} == ticks


def test_a_table_is_exactly_what_is_read_everywhere(raw: dict[str, int]) -> None:
    shown = page(ALL, dict(raw))
    read_ = from_json(ReleasedTable, json.loads(canonical(shown)), "table")
    assert to_json(ReleasedTable, read_, "table") == shown
    groups = {one.key: one.group for one in read_.questions}
    assert {key for key, group in groups.items() if group == "steering"} == {one.key for one in steering()}
    outside = next(one for one in read_.planned if one.id == "share.outside_services")
    assert (outside.label, outside.of) == ("Meldt av andre enn tjenestene", 167)
    assert outside.count == sum(
        line.value or 0
        for one in read_.questions
        if one.key == "melder"
        for line in one.lines
        if line.code in outside.any
    )


def test_what_is_left_where_a_case_may_have_several_answers_are_ticks_and_no_share_of_cases(
    raw: dict[str, int],
) -> None:
    values: dict[str, int | None] = dict(raw)
    gone = [Cell("overgrep", "codes", (code,), PERIODS).id for code in ("honour", "other")]
    question = next(one for one in page(ALL, values | dict.fromkeys(gone))["questions"] if one["key"] == "overgrep")
    assert question["unit"] == "cases"
    assert question["rest"]["label"] == REST_TICKS
    assert (question["rest"]["value"], question["rest"]["share"]) == (sum(raw[one] for one in gone), None)


def test_calls_are_a_question_of_their_own_base_that_each_kommune_knows_its_part_of(world: World) -> None:
    rows = [
        *[call("stored", place="3407")] * 9, *[call("sent", "update", place="3413")] * 4,
        call("returned", place="3407"), *[call("ended", "advice")] * 7, *[call("missed")] * 6,
        *[call("ended", "hung_up")] * 2, call("open"),
        call("missed", answered_at="x"), *[call("ended", "spam")],
    ]  # fmt: skip
    parts = parts_of(rows, {"3407": "g", "3413": "h"})
    assert [(part.kommune, sum(part.numbers.values()) // 2) for part in parts if part.kommune != NOBODY] == [
        ("g", 9), ("h", 4),
    ]  # fmt: skip
    before, own, after = world.closed
    phoned = World((before, Closed(own.id, (*own.parts, *parts)), after))
    half = tables("2019H1", PERIODS[:2])[2]
    forms = {each.id: [phoned.model(part.form) for part in each.parts] for each in phoned.closed}
    assert comparable(CALLS, half, forms)
    assert comparable(CALLS, START, forms)
    assert not comparable(CALLS, tables("2018H2", PERIODS[:1])[2], forms)
    assert comparable("kjonn", half, forms)
    cells = planned(half, {CALLS: "groups"}, PLAN, OF)
    numbers = {each.cell.id: value(phoned, each.cell) for each in cells}
    found = page({CALLS: "groups"}, numbers, half)["questions"][0]
    assert (found["group"], found["unit"], found["asked"], found["answered"]) == ("phone", "calls", len(rows), 29)
    assert [line["value"] for line in found["lines"]] == [13, 7, 8, 1]
    assert found["blank"]["value"] == 3
    made = problem(phoned, [Stated(each.cell, "open") for each in cells], rule=Rule())
    holders = {atom.get("holder") for atom in made["atoms"] if f"/{CALLS}/" in atom["id"]}
    assert holders == {None, "g", "h"}
    assert own.kommuner == phoned.closed[1].kommuner


def call(state: str, kind: str = "", place: str = "", answered_at: str | None = None) -> dict[str, Any]:
    return {"state": state, "kind": kind, "place": place, "kommune": None, "answered_at": answered_at}


def test_a_quarter_shows_its_cases_alone(world: World) -> None:
    quarter = tables("2019H1", PERIODS[:2])[0]
    cells = planned(quarter, ALL, PLAN, OF)
    assert [each.cell for each in cells] == [cases(("2019H1",), "1")]
    shown = page({}, {cells[0].cell.id: value(world, cells[0].cell)}, quarter)
    assert (shown["cases"], shown["questions"], shown["planned"]) == (value(world, cells[0].cell), [], [])


def test_the_same_release_is_the_same_bytes_and_a_statement_survives_the_ledger() -> None:
    one = Statement(Cell("kjonn", "codes", ("man",), PERIODS), 12)
    assert read(json.loads(canonical(one.as_json()))) == one
    assert digest(canonical({"b": 1, "a": "å"})) == digest(canonical({"a": "å", "b": 1}))
    for broken in ({}, one.as_json() | {"kind": "other"}, one.as_json() | {"value": -1}, one.as_json() | {"more": 1}):
        with pytest.raises(BadStatement):
            read(broken)


def show_all(problem_: Any) -> Any:
    return {"show": [cell["id"] for cell in problem_["cells"] if cell["state"] == "open"], "hide": []}


def show_cases(problem_: Any) -> Any:
    ids = [cell["id"] for cell in problem_["cells"] if cell["state"] == "open"]
    return {"show": [one for one in ids if "saker" in one], "hide": [one for one in ids if "saker" not in one]}


def wanted_of(period: str, closed: Any, population: int | None = None) -> Wanted:
    offered = tables(period, closed)
    return Wanted(tables_of(offered), {one.id: basis(one, [], population, PLAN) for one in offered})


def made_with(world: World, engine: Any, history: History | None = None, period: str = "2019H2") -> Made:
    wanted = wanted_of(period, PERIODS, 3_000_000)
    return make(world, history or History(), wanted, plan=PLAN, of=OF, rule=Rule(), protect=engine)


def test_a_level_that_hides_too_much_goes_down_and_never_up(world: World) -> None:
    nothing = made_with(world, show_cases)
    assert all(level == "none" for levels in nothing.levels.values() for level in levels.values())
    assert {each.cell.question for each in nothing.statements} == {"saker"}
    assert nothing.rounds > 1
    everything = made_with(world, show_all)
    assert everything.levels == everything.first_levels
    for name, levels in everything.levels.items():
        assert all(LEVELS.index(nothing.levels[name][key]) >= LEVELS.index(level) for key, level in levels.items())


def test_a_statement_is_never_made_twice(world: World) -> None:
    first = made_with(world, show_all, period="2019H1")
    second = made_with(world, show_all, History(first.statements))
    told = [each.cell for each in [*first.statements, *second.statements]]
    assert len(set(told)) == len(told)
    states = {cell["id"]: cell["state"] for cell in second.problem["cells"]}
    assert all(states[each.cell.id] == "published" for each in first.statements)


def test_what_is_withheld_stays_so_and_what_is_settled_is_a_fact(world: World) -> None:
    shown, gone = Cell("kjonn", "codes", ("man",), ("2018H2",)), Cell("kjonn", "codes", ("woman",), ("2018H2",))
    history = History((Statement(shown, 3), Statement(gone, None)), (Fact(cases(("2018H2",)), 0, 50),))
    assert [cell["state"] for cell in earlier(world, history, Rule())["cells"]] == ["published", "withheld"]
    settled = History(history.statements, history.facts, frozenset([shown, gone]))
    found = earlier(world, settled, Rule())
    assert found["cells"] == []
    assert [(row["low"], row["high"]) for row in found["rows"][-2:]] == [(0, 50), (3, 3)]


def test_a_proof_is_kept_as_what_differs_and_comes_back_whole(world: World) -> None:
    made = problem(world, [Stated(cases(PERIODS), "open")], rule=Rule())
    low = {atom["id"]: atom["count"] for atom in made["atoms"]}
    name = next(iter(low))
    release = {"witnesses": [{"attacker": [], "cell": "x", "low": low, "high": low | {name: low[name] + 3}}]}
    kept = packed(made, release)
    assert len(kept["witnesses"][0]["high"]) == 1
    assert unpacked(json.loads(canonical(kept))) == release["witnesses"]


def test_a_table_of_too_few_kommuner_is_refused_but_what_was_said_is_still_audited(world: World) -> None:
    names = [part.kommune for part in world.closed[0].parts]
    merged = World(world.closed, dict.fromkeys(names, "ny") | {names[0]: "a"})
    marked = {"kommune": "a", "form": REPORTED, "mark": ""}
    row = {"area": 1, "members": [], "contributors": [marked], "missing": [], "population": None}
    row |= {"late": False, "waits": False}
    told = ledger(Entry(at, "closed", row | {"period": period}) for at, period in enumerate(PERIODS, 1))
    with pytest.raises(Refused, match="nok kommuner"):
        job_of(told, 3, merged, (), "2019H2")
    assert job_of(told, 3, world, (), "2019H2").period == "2019H2"
    assert earlier(merged, History(), Rule())["rule"]["min_contributors"] == 1


def test_a_ledger_with_a_hole_or_a_row_that_cannot_be_read_is_broken() -> None:
    for rows in (
        [Entry(2, "rule", {"threshold": 5, "coalition": 1, "min_contributors": 3})],
        [Entry(1, "rule", {"threshold": 5})],
        [Entry(1, "gossip", {})],
        [Entry(1, "outside", {"cell": {}, "low": -1, "high": 2, "kommuner": None})],
    ):
        with pytest.raises(Broken):
            ledger(rows)


def test_a_release_that_leaves_a_cell_out_or_names_another_is_refused(world: World) -> None:
    stated = [Stated(cases(PERIODS), "open")]
    made = problem(world, stated, rule=Rule())
    assert by_id(of_release(made, stated, show_all(made))) == {cases(PERIODS).id: 167}
    for release in ({"show": [], "hide": []}, {"show": ["x"], "hide": [stated[0].cell.id]}):
        with pytest.raises(BadStatement):
            of_release(made, stated, release)


def test_levels_come_from_what_was_released_before_else_from_the_population() -> None:
    year = tables("2019H2", PERIODS)[3]
    before = Offered("2018", "year", ("2018H1", "2018H2"))
    found = basis(year, [(Offered("2018H2", "half", ("2018H2",)), 9), (before, 140)], 70_000, PLAN)
    assert found == Basis(140, "Sist utgitte tall av samme slag: 2018.")
    assert basis(year, [], 70_000, PLAN).cases == 30.8
    assert basis(START, [], 70_000, PLAN).cases == 46.2
    assert basis(year, [], None, PLAN).cases is None


def test_the_finest_level_with_enough_cases_per_line_is_chosen() -> None:
    assert choose(Basis(1000, ""), PLAN, OF)["relasjon"] == "all"
    assert choose(Basis(100, ""), PLAN, OF)["relasjon"] == "groups"
    assert choose(Basis(24, ""), PLAN, OF)["relasjon"] == "few"
    assert choose(Basis(16, ""), PLAN, OF)["kjonn"] == "all"
    chosen = choose(Basis(10, ""), PLAN, OF)
    assert {level for key, level in chosen.items() if key not in OF.phone} == {"none"}
    unknown = choose(Basis(None, ""), PLAN, OF)
    assert (unknown["relasjon"], unknown["kjonn"]) == ("few", "none")
    assert (unknown[CALLS], choose(Basis(1000, ""), PLAN, OF)[CALLS]) == ("groups", "groups")


def test_a_level_goes_down_only_where_more_than_half_of_its_lines_are_hidden() -> None:
    cells = planned(START, ALL, PLAN, OF)
    lines = [each.cell.id for each in cells if each.cell.question == "relasjon" and each.line]
    assert lowered(ALL, cells, lines[:5], PLAN)["relasjon"] == "all"
    assert lowered(ALL, cells, lines[:6], PLAN)["relasjon"] == "groups"
    assert lowered(ALL, cells, lines[:6], PLAN) | {"relasjon": "all"} == ALL
    grunnlag = [each.cell.codes for each in cells if each.cell.question == "grunnlag" and each.line]
    assert all(len(codes) == 1 for codes in grunnlag)


def test_a_holder_is_the_one_that_a_kommune_became_and_a_fact_may_be_about_one_kommune(world: World) -> None:
    names = [part.kommune for part in world.closed[0].parts]
    merged = World(world.closed, {names[0]: "ny", names[1]: "ny"})
    fact = Fact(cases(PERIODS), 4, 4, frozenset(names[:1]))
    made = problem(merged, [Stated(cases(PERIODS), "open")], rule=Rule(), facts=[fact])
    assert len({atom["holder"] for atom in made["atoms"]}) == len(names) - 1
    assert {atom.rsplit("/", 1)[1] for atom in made["rows"][-1]["atoms"]} == {names[0]}


def test_a_period_without_contributions_gives_cells_without_atoms_never_figures() -> None:
    made = problem(World((Closed("2019H1", ()),)), [Stated(cases(("2019H1",)), "open")], rule=Rule())
    assert made["cells"][0]["atoms"] == []
    assert Part("a", REPORTED, {}) == Part("a", REPORTED, {})
