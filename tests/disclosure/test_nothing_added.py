"""Nothing is added on the way out: what stands on pages, in files and in pictures, in texts and in attributes, is what
the released tables say. So whoever attacks the tables attacks all that is shown.

The tables are the pilot's cases with any figures hidden, by the real making of tables; the same tables as if nothing
could be told are drawn beside, and whatever the two drawings differ in has to be a told figure or to follow from one.
"""

import os
import random
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from regional.releases.areas import Area
from regional.releases.offered import Offered, planned, tables
from regional.releases.problem import Rule, Stated, problem
from regional.releases.shown import Page, released
from shared.codes.periods import parse
from shared.codes.release_plans import LEVELS, release_plan
from tenants.returns.counts import count_cases
from tests.disclosure import ways_out
from tests.disclosure.ways_out import Tables, allowed, cells, figures, heights, is_hidden, numbers, sums, tally, unsaid
from tests.regional.reading import FORM
from tests.regional.releasing import OF, pilot, world_of

PLAN = release_plan("release_plan_1")
PERIODS = ("2018H2", "2019H1", "2019H2")
OFFERED = {one.id: one for at, half in enumerate(PERIODS, 1) for one in tables(half, PERIODS[:at])}
SHOWN = ("2018H2", "start..2018H2", "2019H1", "2019H2", "2019", "start..2019H2")
AREA = Area(population=71_531, kommuner=tuple(pilot()), starts=dict.fromkeys(pilot(), date(2018, 10, 1)))
SEEDS = int(os.environ.get("VARDE_WAYS", "2"))
KEYS = [key for key in PLAN.questions if key not in OF.phone]


@cache
def truth() -> dict[str, int]:
    """Every figure that any of the tables could hold, by its id."""
    world = world_of(PERIODS, pilot())
    every = {
        each.cell: each.cell
        for one in OFFERED.values() for level in LEVELS[:-1]
        for each in planned(one, {key: PLAN.questions[key].at_most(level) for key in KEYS}, PLAN, OF)
    }  # fmt: skip
    made = problem(world, [Stated(cell, "open") for cell in every], rule=Rule())
    counts = {atom["id"]: atom["count"] for atom in made["atoms"]}
    return {cell["id"]: sum(counts[atom] for atom in cell["atoms"]) for cell in made["cells"]}


@cache
def shown(seed: int) -> Tables:
    """All tables of three half-years, each at its own level of detail, of so many times the pilot's cases."""
    chance = random.Random(seed)
    times, often = chance.randint(11, 47), chance.uniform(0.05, 0.95)
    told = {name: None if chance.random() < often else times * value for name, value in truth().items()}
    return tuple(released(_page(OFFERED[name], chance.choice(LEVELS[:-1]), told)) for name in SHOWN)


def _page(one: Offered, level: str, told: dict[str, int | None]) -> Page:
    levels = {key: PLAN.questions[key].at_most(level) for key in KEYS}  # type: ignore[arg-type]
    return Page(one, levels, PLAN, OF, FORM, told, AREA)


def strange(real: Iterable[str], blank: Iterable[str], known: set[str]) -> list[str]:
    """Numbers that stand there only because something is told, and are none of these."""
    drawn, empty = (set().union(*map(numbers, texts)) for texts in (real, blank))
    return sorted(one for one in drawn - empty - known - ways_out.MARKS if one.removesuffix(".0") not in known)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_pages_files_and_machines_say_what_the_table_says(seed):
    ways = (lambda each: [ways_out.pages(each)], ways_out.files, lambda each: [ways_out.by_machine(each)])
    for one in shown(seed):
        for way in ways:
            assert strange(way(one), way(unsaid(one)), allowed([one])) == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_kommune_has_nothing_else_of_the_region_beside_its_own_figures(seed):
    counts = count_cases(pilot()["Alta"], parse("2019"))
    whole = released(_page(OFFERED["2019"], "all", dict(truth())))
    assert ways_out.beside_own(counts, whole) != ways_out.beside_own(counts, unsaid(whole))
    for one in (whole, *shown(seed)):
        real, blank = (ways_out.beside_own(counts, each) for each in (one, unsaid(one)))
        assert strange([real], [blank], allowed([one])) == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_pictures_through_time_are_drawn_by_what_the_tables_say(seed):
    made = shown(seed)
    real, blank = (list(ways_out.over_time(one)) for one in (made, tuple(map(unsaid, made))))
    assert strange(real, blank, allowed(made) | heights(made)) == []


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize(("period", "before"), [("2018H2", ""), ("2019H1", "2018H2"), ("2019", "")])
def test_the_report_to_bufdir_says_what_the_tables_say(seed, period, before):
    made = shown(seed)
    real, blank = (list(ways_out.reports(one, period, before)) for one in (made, tuple(map(unsaid, made))))
    known = allowed(made) | sums(made) | tally(ways_out.to_bufdir(made, period, before))
    assert strange(real, blank, known) == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_stands_at_a_question_is_told_of_that_question(seed):
    for one in shown(seed):
        real, blank = (ways_out.pages(each).split('id="sporsmal-')[1:] for each in (one, unsaid(one)))
        for question, said, empty in zip(one.questions, real, blank, strict=True):
            alone = replace(one, questions=(question,), planned=(), cases=None)
            assert strange([said.partition("<section")[0]], [empty], allowed([alone])) == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_note_under_the_tables_of_a_report_tells_of_its_question(seed):
    made = shown(seed)
    document, seen = ways_out.to_bufdir(made, "2019"), 0
    for when, name in (("i perioden", "2019"), ("siden start", "start..2019H2")):
        (about,) = (one for one in made if one.id == name)
        notes = [note for section in document.sections if section.title.endswith(when) for note in section.notes]
        for one in about.questions:
            own = [note.removeprefix(one.label) for note in notes if note.startswith(f"{one.label}:")]
            assert strange(own, [""], {str(told) for told in figures(one)}) == []
            seen += len(own)
    assert seen


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_hidden_is_drawn_in_its_place_in_the_form_as_if_nothing_were_told(seed):
    """Nothing of the line is another: neither its bar, nor where it stands, nor what is said to who does not see."""
    seen = 0
    for one in shown(seed):
        real, blank = cells(ways_out.pages(one)), cells(ways_out.pages(unsaid(one)))
        assert [name(row) for row in real] == [name(row) for row in blank]
        for row, empty in zip(real, blank, strict=True):
            hidden = [at for at, cell in enumerate(row) if is_hidden(cell)]
            seen += len(hidden)
            assert [row[at] for at in hidden] == [empty[at] for at in hidden]
            if 1 in hidden:
                assert row[0] == empty[0]
    assert seen > 5


def name(row: list[str]) -> str:
    return re.sub(r"<[^>]+>", "", row[0])
