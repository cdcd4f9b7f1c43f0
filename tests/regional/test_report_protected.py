"""The pilot's own report as it may be shown, read back from what is really printed, and laid siege to.

The attackers share no code with engine or auditor, and get nothing but the texts of the JSON, the CSV, the workbook,
the PDF, the page and the API, with each kommune's own figures beside.
"""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.template.loader import render_to_string

from regional.dashboard.report import report
from regional.dashboard.report_files import FORMATS
from regional.releases.areas import Area
from regional.releases.cells import Cell, canonical, cases
from regional.releases.engines import engines
from regional.releases.levels import basis
from regional.releases.making import History, Made, Wanted, make
from regional.releases.offered import tables
from regional.releases.problem import Rule
from regional.releases.shown import Page, released
from regional.releases.statements import by_id
from regional.releases.statements import canonical as frozen
from shared.codes.release_plans import release_plan
from shared.contracts import ReleasedQuestion, ReleasedTable
from shared.contracts.fields import to_json
from tests.disclosure.attackers.knowledge import Statement
from tests.disclosure.siege import siege
from tests.regional.reading import FORM, Read, label_of, lines_of, of_api, of_csv, of_json, of_page, rows_of
from tests.regional.released_tables import release
from tests.regional.releasing import OF, pilot, world_of
from varde.ui.released import picture

PLAN = release_plan("release_plan_1")
PERIODS = ("2018H2", "2019H1", "2019H2")
START = tables("2019H2", PERIODS)[-1]
ASKED = "2018Q4..2019Q3"
INHABITANTS = 3_000_000


@dataclass(frozen=True)
class Out:
    """What is printed, in every form, and the truth that only the test knows."""

    made: Made
    table: ReleasedTable
    content: dict[str, Any]
    page: str
    api: bytes

    def file(self, ending: str) -> bytes:
        return FORMATS[ending](self.content, "Pilotregionen")


@cache
def out() -> Out:
    """The pilot's three half-years given out as one table, by the installed engine."""
    world = world_of(PERIODS, pilot())
    wanted = Wanted({START.id: START}, {START.id: basis(START, [], INHABITANTS, PLAN)})
    made = make(world, History(), wanted, plan=PLAN, of=OF, rule=Rule(), protect=engines(b"k").protect)
    area = Area(population=INHABITANTS, kommuner=tuple(pilot()), starts=dict.fromkeys(pilot(), date(2018, 10, 1)))
    table = released(Page(START, made.levels[START.id], PLAN, OF, FORM, by_id(made.statements), area))
    content = report(release(7, table), table, period=ASKED)
    page = render_to_string("ui/components/released.html", {"picture": picture(table)})
    api = frozen({"tables": [to_json(ReleasedTable, table, "table")]})
    return Out(made, table, content, page, api)


def readings() -> dict[str, Read]:
    """What each form says, line by line; the page calls answers by the form's own labels."""
    whole = out()
    names = {question.label: question.key for question in whole.table.questions}
    labels = {
        (one.key, line.label): label_of(one.key, line.code, line.label)
        for one in whole.table.questions
        for line in one.lines
    }
    page = of_page(whole.page, names)
    return {
        "json": of_json(whole.file("json")),
        "csv": of_csv(whole.file("csv")),
        "api": of_api(whole.api, START.id),
        "page": {(key, labels.get((key, label), label)): text for (key, label), text in page.items()},
    }


def atoms_of(cell: Cell) -> list[str] | None:
    """Which unknown counts a printed figure adds up; everybody knows it. None where the plan has no such cell."""
    named = {one["id"]: one["atoms"] for one in out().made.problem["cells"]}
    return named.get(canonical(cell, OF).id)


def cell(key: str, kind: Any, codes: tuple[str, ...] = ()) -> Cell:
    return Cell(key, kind, codes, PERIODS)


def lines(question: ReleasedQuestion) -> dict[str, tuple[str, ...]]:
    """A line's answers by the report's name of it: public, by the plan."""
    groups = PLAN.questions[question.key].levels[question.level]
    return {label_of(question.key, group.code, group.label): group.codes for group in groups}


def cells() -> Iterator[tuple[tuple[str, str], Cell]]:
    """What every line of every form is about."""
    yield ("", "cases"), cases(PERIODS)
    for one in out().table.questions:
        yield (one.key, "asked"), cases(PERIODS)
        for name in ("answered", "ticks", "multi"):
            yield (one.key, name), cell(one.key, name)
        yield (one.key, "Ikke oppgitt"), cell(one.key, "blank")
        for label, codes in lines(one).items():
            yield (one.key, label), cell(one.key, "codes", codes)
    for figure in out().table.planned:
        yield (figure.id, "count"), cell(figure.id, "cross")
        yield (figure.id, "of"), cell(figure.id, "of")


def rests(said: Read) -> Iterator[Statement]:
    """«Øvrige»: all lines of a question that are not told, together."""
    for one in out().table.questions:
        if one.rest is None or (text := said.get((one.key, one.rest.label))) in (None, ":"):
            continue
        hidden = [codes for label, codes in lines(one).items() if said.get((one.key, label)) == ":"]
        parts = [atoms_of(cell(one.key, "codes", codes)) for codes in hidden]
        if OF.questions[one.key].single and said.get((one.key, "Ikke oppgitt")) == ":":
            parts.append(atoms_of(cell(one.key, "blank")))
        whole: dict[str, int] = {}
        for atom in (atom for part in parts for atom in part or ()):
            whole[atom] = whole.get(atom, 0) + 1
        yield Statement(whole, int(text), int(text))


def statements(said: Read) -> list[Statement]:
    """All that a form says, as an attacker writes it down."""
    known = {name: atoms for name, one in cells() if (atoms := atoms_of(one))}
    found = [
        Statement(dict.fromkeys(known[name], 1), int(text), int(text))
        for name, text in said.items()
        if text != ":" and name in known
    ]
    return [*found, *rests(said)]


def test_nothing_is_read_that_is_not_a_figure_of_the_plan():
    known = {name for name, _ in cells()} | {
        (one.key, one.rest.label) for one in out().table.questions if one.rest is not None
    }
    for form, said in readings().items():
        strange = {name for name, text in said.items() if name not in known and text != ":"}
        assert strange == set(), form


def test_every_form_says_the_same():
    found = readings()
    whole = found["json"]
    for form, said in found.items():
        assert len(said) > 50, form
        assert {name: text for name, text in said.items() if text != whole.get(name, ":")} == {}, form


def by_label() -> dict[str, set[str]]:
    """What the report says anywhere of lines with this name."""
    found: dict[str, set[str]] = {}
    for (key, label), text in readings()["json"].items():
        name = figures().get(key, label) if label in ("count", "of") else SUMS.get(label, label)
        found.setdefault(name, set()).add(text)
    return found


SUMS = {"asked": "Saker i alt", "answered": "Saker med svar"}


def figures() -> dict[str, str]:
    return {figure.id: figure.label for figure in out().table.planned}


def test_the_workbook_says_the_same_of_every_line():
    known, seen = by_label(), 0
    for row in rows_of(out().file("xlsx")):
        if row and row[0] in known and row[1:]:
            assert row[1] in known[row[0]], row
            seen += 1
    assert seen > 60


def test_the_paper_says_the_same_of_every_line(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(out().file("pdf"))
    paper = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    known = by_label()
    found = list(lines_of(paper, set(known)))
    assert len(found) > 50
    assert [one for one in found if one[1] not in known[one[0]]] == []


def small(said: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    return {name: text for name, text in said.items() if text.isdigit() and int(text) < 5 and name[1] != "multi"}


def test_the_protected_report_prints_no_small_number():
    for form, said in readings().items():
        assert small(said) == {}, form
    assert readings()["json"]["", "cases"] == "167"


def test_a_share_stands_only_beside_printed_figures():
    for question in [*out().content["questions"].values(), *out().content["more"].values()]:
        for row in question["answers"].values():
            assert row["count"] is not None or (row["share"], row["share_answered"]) == (None, None)
            assert row["share"] is None or row["share"] == row["count"] / question["asked"]


def test_lines_stand_in_the_order_of_the_form():
    for one in out().table.questions:
        assert [label_of(one.key, line.code, line.label) for line in one.lines] == list(lines(one))


def test_the_auditor_finds_it_safe():
    verdict = engines(b"k").audit(out().made.problem, out().made.release)
    assert (verdict["safe"], verdict["findings"]) == (True, [])


def test_nobody_finds_a_small_rest_in_what_is_really_printed():
    """All forms at once, by every attacker: outsiders and each of the pilot's kommuner."""
    said = [statement for reading in readings().values() for statement in statements(reading)]
    unique = {(frozenset(one.atoms.items()), one.low): one for one in said}
    assert len(unique) > 50
    assert siege(out().made.problem, unique.values()) == {}


def test_the_attackers_would_have_found_it():
    """One hidden answer told beside the rest is enough for them."""
    problem, said = out().made.problem, statements(readings()["json"])
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    hidden = next(one for one in out().made.statements if one.value is None and one.cell.kind == "codes")
    atoms = atoms_of(hidden.cell)
    assert atoms is not None
    value = sum(counts[atom] for atom in atoms)
    assert siege(problem, [*said, Statement(dict.fromkeys(atoms, 1), value, value)])
