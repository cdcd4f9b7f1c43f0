"""The 51 figures that the evaluation prints come out of count, return, pool and report."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from regional.statistics.pool import add_up, raw_report
from shared.codes.forms import REPORTED, form
from shared.codes.periods import parse
from shared.contracts import Counts
from tenants.returns.counts import RegisteredCase, count_cases

DATA = Path(__file__).parents[1] / "data"
FIGURES = json.loads((DATA / "pilot_published.json").read_text(encoding="utf-8"))["figures"]
PERIOD = "2018Q4..2019Q3"


def read_case(row: dict[str, str]) -> RegisteredCase:
    answers = {
        question.key: tuple(question.by_report_label(label).code for label in row[question.key].split("|") if label)
        for question in form(REPORTED).choices
    }
    return RegisteredCase(parse(row["kvartal"])[0], answers)


def kommuner() -> dict[str, Counts]:
    cases = defaultdict(list)
    with (DATA / "pilot_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases[row["kommune"]].append(read_case(row))
    # A return for each quarter, added up again, as the region gets them.
    return {name: add_up(count_cases(own, [quarter]) for quarter in parse(PERIOD)) for name, own in cases.items()}


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return raw_report(kommuner(), period=PERIOD)


def planned(report: dict[str, Any], figure: dict[str, Any]) -> float:
    found = next(one for one in report["planned"] if one["id"] == figure["id"])
    return found["count"] if "value" in figure else found["count"] / found["of"]


def value(report: dict[str, Any], figure: dict[str, Any]) -> float:
    question = report["questions"][figure["question"]]
    stat = figure["stat"]
    if figure.get("among") or stat in {"count_any", "share_any"}:
        return planned(report, figure)
    if stat in {"ticks", "answered"}:
        return question[stat]
    if stat in {"unanswered", "share_multi"}:
        return (
            question["asked"] - question["answered"] if stat == "unanswered" else question["multi"] / question["asked"]
        )
    answer = question["answers"][figure["answer"]]
    return answer[{"count": "count", "share": "share", "share_of_answered": "share_answered"}[stat]]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure["id"])
def test_the_printed_figure_comes_out(report: dict[str, Any], figure: dict[str, Any]) -> None:
    found = value(report, figure)
    assert found == figure["value"] if "value" in figure else round(found * 100) == figure["percent"]


def test_all_of_them_are_there(report: dict[str, Any]) -> None:
    assert (len(FIGURES), report["cases"], report["period"]) == (51, 167, PERIOD)


def test_a_report_without_returns_is_empty() -> None:
    assert raw_report({}, period="2019Q3")["cases"] == 0
