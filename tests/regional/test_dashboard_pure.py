"""What is drawn and printed of released tables: from the shown values alone, in the order of the form."""

import pytest

from regional.dashboard.choosing import by_kind, first, told
from regional.dashboard.through import CASES, PLANNED, RATE, questions, through
from regional.releases.given import Given
from tests.regional.released_tables import AT, grouped, kjonn, observed, person, release, table
from varde.ui.released import picture
from varde.ui.series import ABSENT

HALF, YEAR = table("2025H2", "half", kjonn(25, 15)), table("2025", "year", kjonn(30, None), planned=(observed(),))


def test_each_table_is_there_once_from_the_newest_release_that_stands():
    old, new = release(3, table("2025H1")), release(7, HALF, YEAR)
    gone = release(9, withdrawn_at=AT)
    found = told([old, gone, new])
    assert [(one.table.id, one.release.number) for one in found] == [("2025H2", 7), ("2025", 7), ("2025H1", 3)]
    assert [title for title, _ in by_kind(found)] == ["Halvår", "År"]
    assert first(found).table.id == "2025H2"
    assert first([]) is None
    assert told([release(9, HALF, withdrawn_at=AT)]) == []


def test_a_hidden_line_has_the_same_row_whatever_it_is():
    chart = picture(table("2025", "year", kjonn(None, None))).sections[0].charts[0]
    assert chart.rows[0] | {"label": ""} == chart.rows[1] | {"label": ""}
    assert [row["label"] for row in chart.rows] == ["mann", "kvinne", "Ikke oppgitt", "Øvrige (slått sammen)"]


def test_the_order_is_the_forms_and_not_by_value():
    for woman, man in ((1, 39), (39, 1)):
        rows = picture(table("2025", "year", kjonn(woman, man))).sections[0].charts[0].rows
        assert [row["label"] for row in rows[:2]] == ["mann", "kvinne"]


def test_rates_are_per_thousand_in_the_tables_own_time():
    assert picture(HALF).rate == "0,80"
    assert picture(table("start..2025H2", "start")).rate == ""
    assert picture(table(cases=None)).rate == picture(table(population=None)).rate == ""


def test_the_pilots_shares_stand_beside_where_they_are_of_the_same():
    beside = picture(HALF).sections[0].charts[0].beside
    assert [(one.label, one.own, one.pilot) for one in beside] == [("kvinne", "63\u00a0%", "73\u00a0%")]
    assert picture(table("2025H2", "half", grouped())).sections[0].charts[0].beside == ()


def test_sections_by_kind_and_what_is_counted():
    shown = picture(table("2025H2", "half", grouped(), person()))
    assert [section.code for section in shown.sections] == ["form", "steering"]
    said = " ".join(shown.sections[0].charts[0].said)
    assert "38 av 40 saker har svar" in said
    assert "teller avkryssinger" in said
    assert shown.sections[0].charts[0].of == 60


def test_a_figure_through_time_in_order_with_its_release():
    tables = told([release(3, table("2025H1", "half", kjonn(None, 30))), release(7, HALF)])
    drawn = through(tables, "kjonn", share=False)
    assert [period["href"] for period in drawn.periods] == ["/statistikk/utgivelser/3", "/statistikk/utgivelser/7"]
    assert [(row["label"], row["values"]) for row in drawn.rows][:2] == [("mann", [30, 15]), ("kvinne", [None, 25])]
    assert through(tables, "kjonn", share=True).unit == "percent"
    assert through(tables, CASES, share=True).rows[0]["values"] == [40, 40]
    assert through(tables, RATE, share=False).unit == "rate"


def test_a_line_that_one_table_does_not_have_is_not_given_out_and_none_is_hidden():
    tables = told([release(3, table("2025H1", "half", grouped())), release(7, HALF)])
    drawn = through(tables, "overgrep", share=False)
    assert [row["values"] for row in drawn.rows] == [[20, ABSENT], [None, ABSENT], [None, ABSENT]]
    assert "«:» er skjult" in drawn.note
    assert "«–» er ikke gitt ut" in drawn.note


def test_what_lacks_between_is_there_without_a_figure_and_leads_to_what_was_withdrawn():
    tables = told([release(3, table("2024H1")), release(9, table("2026H1"))])
    gone = Given(5, AT, "2025H1", "1. halvår 2025", "", "", (), AT, "", {}, {})
    drawn = through(tables, CASES, share=False, withdrawn=[gone])
    assert [each["label"] for each in drawn.periods] == [
        "Tabell 2024H1", "2. halvår 2024", "1. halvår 2025 (trukket tilbake)", "2. halvår 2025", "Tabell 2026H1",
    ]  # fmt: skip
    assert [each["href"] for each in drawn.periods][1:4] == ["", "/statistikk/utgivelser/5", ""]
    assert drawn.rows[0]["values"] == [40, ABSENT, ABSENT, ABSENT, 40]


def test_the_newest_that_was_withdrawn_stands_last_without_a_figure():
    gone = release(5, period="2025H2", withdrawn_at=AT)
    for kind, names in (("half", ["2025H2"]), ("quarter", ["2025Q3", "2025Q4"]), ("year", [])):
        alone = told([release(3, table({"half": "2025H1", "quarter": "2025Q2", "year": "2024"}[kind], kind))])
        drawn = through(alone, CASES, share=False, withdrawn=[gone])
        assert drawn.rows[0]["values"] == [40] + [ABSENT] * len(names)


@pytest.mark.parametrize(
    ("kind", "first", "last", "between"),
    [
        ("quarter", "2025Q3", "2026Q1", ["4. kvartal 2025"]),
        ("year", "2023", "2026", ["2024", "2025"]),
        ("start", "start..2024H2", "start..2025H2", ["Siden start, til og med 1. halvår 2025"]),
        ("half", "2025H1", "2025H2", []),
    ],
)
def test_each_kind_of_table_has_its_own_next(kind, first, last, between):
    tables = told([release(3, table(first, kind)), release(9, table(last, kind))])
    assert [each["label"] for each in through(tables, CASES, share=False).periods][1:-1] == between


def test_a_rate_that_there_is_none_of_is_not_said_to_be_hidden():
    known, alone = table("2025H1", "half", cases=None), table("2025H2", "half", population=None)
    drawn = through(told([release(3, known), release(7, alone)]), RATE, share=False)
    assert drawn.rows[0]["values"] == [None, ABSENT]


def test_planned_figures_can_be_followed_where_there_are_any():
    tables = told([release(7, HALF, YEAR)])
    assert PLANNED in questions(tables)
    assert PLANNED not in questions([one for one in tables if one.table.kind == "half"])
    assert through([one for one in tables if one.table.kind == "year"], PLANNED, share=True).rows[0]["values"] == [30]


@pytest.mark.parametrize("key", [CASES, RATE])
def test_what_is_always_there(key):
    assert key in questions(told([release(7, HALF)]))
