"""What the pages say is next, and what a row of the ledger says: from what stands there, and never a figure."""

import uuid
from datetime import date

import pytest

from regional.releases.models import EntryKind
from regional.releases.pages_next import Task, next_step
from regional.releases.pages_queries import Coming, Sender
from regional.releases.pages_shown import shown
from regional.releases.pages_words import KINDS, facts, period, rule, title, version, wanted
from shared.contracts import ReleasedLine, ReleasedQuestion, ReleasedTable

RULE = {"threshold": 5, "coalition": 1, "min_contributors": 3}


def coming(*, over=True, lacks=()):
    return Coming("2025H1", "1. halvår 2025", date(2025, 7, 1), over, (Sender("Gjøvik", ("1. kvartal 2025",), lacks),))


def task(state, *, own=False, others=("Sara",)):
    return Task(uuid.uuid4(), "release", "Gi ut tall for 1. halvår 2025", state, "", "info", "Stine", own, others)


@pytest.mark.parametrize(
    ("tasks", "waits", "next_half", "says", "button"),
    [
        ([task("waiting"), task("ready")], ["2024H2"], coming(), "Du kan godkjenne", "Se på det"),
        ([task("ready", own=True)], ["2024H2"], coming(), "Venter på en til", "Se hva som venter"),
        ([task("waiting", own=True)], [], coming(), "Under arbeid", "Følg med"),
        ([], ["2024H2"], coming(), "Be om tall for 2. halvår 2024", "Be om tall for 2. halvår 2024"),
        ([], [], coming(), "Lukk 1. halvår 2025", "Lukk 1. halvår 2025"),
        ([], [], coming(lacks=("2. kvartal 2025",)), "Tall mangler for 1. halvår 2025", "Se på halvåret"),
        ([], [], coming(over=False), "1. halvår 2025 varer fortsatt", ""),
        ([], [], None, "Ingen kommuner har sendt tall ennå", ""),
    ],
)
def test_the_oldest_thing_that_can_be_done_is_next(tasks, waits, next_half, says, button):
    step = next_step(tasks, waits, next_half)
    assert says in step.title
    assert step.button == button
    assert bool(step.url) == bool(button)


def test_who_is_alone_with_the_role_is_told_whom_to_ask():
    assert "Be administratoren" in next_step([task("ready", own=True, others=())], [], None).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025H1", "1. halvår 2025"),
        ("2025", "2025"),
        ("start..2025H2", "Siden start, til og med 2. halvår 2025"),
        ("noe", "noe"),
    ],
)
def test_a_period_is_said_in_words(text, said):
    assert period(text) == said


def test_every_kind_of_row_and_wish_has_words():
    assert set(KINDS) == set(EntryKind.values)
    about = {"period": "2025H1", "without": True, "release": 4}
    for kind in set(EntryKind.values) - {"drafted"}:
        assert wanted(kind, about) != kind
    assert title("withdrawn", about) == "Trukket tilbake: utgivelse nr. 4"


def test_the_rule_is_said_as_a_sentence():
    said = "Ingen tall under 5 kan regnes ut av det som vises, heller ikke av en kommune som kjenner sine egne tall."
    assert rule(RULE).startswith(said)
    assert "2 kommuner som kjenner" in rule(RULE | {"coalition": 2})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bufdir_2018", "Registreringsskjema 2018"),
        ("release_plan_1", "Utgave 1"),
        ("highspy 1.16.0", "HiGHS 1.16.0"),
        ("noe annet", "noe annet"),
    ],
)
def test_a_version_is_said_in_words(name, said):
    assert version(name) == said


def test_what_stops_everything_is_next_and_then_the_settling_of_it():
    first = next_step([task("ready")], ["2024H2"], coming(), "Et tall er ført inn.")
    assert (first.title, first.text) == ("Noe må tas til etterretning", "Et tall er ført inn.")
    settling = Task(uuid.uuid4(), "settled", "Ta til etterretning", "ready", "", "info", "Stine", False, ("Sara",))
    assert next_step([task("ready"), settling], [], coming(), "Et tall er ført inn.").url == settling.url


def test_a_draft_says_no_figure_in_the_ledger():
    content = {
        "period": "2025H1",
        "tables": ["2025Q1"],
        "rule": RULE,
        "audit": {"safe": True},
        "statements": [{"v": 77}],
    }
    assert "77" not in str(facts("drafted", content))


def line(code, value):
    return ReleasedLine(code=code, label=code, value=value, share=None, share_answered=None)


def table(kind, name, *values):
    lines = tuple(line(str(at), value) for at, value in enumerate(values))
    question = ReleasedQuestion(
        key="kjonn", label="Kjønn", group="form", level="all", unit="cases", asked=20, answered=20, ticks=None,
        multi=None, lines=lines, blank=line("", 0), rest=None,
    )  # fmt: skip
    return ReleasedTable(
        id=name, kind=kind, label=name, periods=("2025H1",), cases=20, questions=(question,), left_out=(), planned=(),
        population=None, kommuner=("Gjøvik",), starts={}, notes=(),
    )  # fmt: skip


def test_how_many_figures_are_hidden_is_counted_table_by_table_and_the_half_year_is_drawn_first():
    drawn = shown([table("quarter", "2025Q1", 1), table("half", "2025H1", None, None, 9)], {}, "")
    assert drawn is not None
    assert [(each.figures, each.hidden) for each in drawn.contents] == [(3, 0), (5, 2)]
    assert drawn.chosen.id == "2025H1"
    assert drawn.why is None
    assert shown([], {}, "") is None


def test_why_a_question_is_told_so_finely_is_said_with_what_it_was_chosen_by():
    said = {
        "basis": {"cases": 12.5, "because": "Sist utgitte tall."},
        "chosen": {"kjonn": "all"},
        "given": {"kjonn": "few"},
    }
    drawn = shown([table("half", "2025H1", 9)], {"2025H1": said}, "2025H1")
    assert drawn is not None
    assert drawn.why is not None
    assert "12,5 saker" in drawn.why.because
    assert [(each.level, each.lowered) for each in drawn.why.levels] == [("få grupper", True)]
