"""The region's report as data: made from one released table and from nothing else. Pure.

Questions and answers are named as in the figures that Bufdir and the evaluation print. A hidden value is null with
`"hidden": true` beside it; shares (0..1) are worked out from the printed figures.
"""

from collections.abc import Iterable
from typing import Any

from regional.releases.given import Given
from shared.codes.forms import REPORTED, Question, form
from shared.contracts import ReleasedFigure, ReleasedLine, ReleasedQuestion, ReleasedTable
from varde.ui.charts import HIDDEN

type Json = dict[str, Any]


def report(release: Given, table: ReleasedTable, *, period: str) -> Json:
    """The report that may be shown, of the period as it was asked for."""
    found = {one.key: one for one in table.questions}
    asked = form(REPORTED).choices
    return {
        "period": period,
        "table": {"id": table.id, "kind": table.kind, "label": table.label, "periods": list(table.periods)},
        "kommuner": list(table.kommuner),
        **_value("cases", table.cases),
        "questions": {one.key: _question(one, found.get(one.key), table.cases) for one in asked},
        "more": {one.key: _more(one) for one in table.questions if one.group != "form"},
        "planned": [_figure(one) for one in table.planned],
        "notes": list(table.notes),
        "protection": protection(release),
    }


def protection(release: Given) -> Json:
    """How the figures are protected, and where in the ledger they stand."""
    return {
        **release.rule,
        "method": "suppress",
        "attackers": ["outsider", "kommune"],
        "hidden_as": HIDDEN,
        "protected": True,
        "release": release.number,
        "digest": release.digest,
        "approved_by": release.approved_by,
        "versions": dict(release.versions),
    }


def _question(asked: Question, said: ReleasedQuestion | None, cases: int | None) -> Json:
    if said is None:
        nothing = {answer.report_label: _answer(None, cases, None) for answer in asked.answers}
        return {"asked": cases, "answered": None, "ticks": None, "multi": None, "hidden": True, "answers": nothing}
    lines = {(line.code, line.label): line for line in said.lines}
    alone = {answer.code: lines.pop((answer.code, answer.label), None) for answer in asked.answers}
    answers = {
        answer.report_label: _answer(_count(alone[answer.code]), said.asked, said.answered) for answer in asked.answers
    }
    totals = {
        "asked": said.asked,
        "answered": said.answered,
        "ticks": said.answered if asked.single else said.ticks,
        "multi": 0 if asked.single else said.multi,
    }
    hidden = {"hidden": True} if None in totals.values() else {}
    grouped = {"groups": [_group(line, said) for line in lines.values()]} if lines else {}
    return totals | hidden | {"level": said.level, "answers": answers} | grouped | _left(said)


def _count(line: ReleasedLine | None) -> int | None:
    return None if line is None else line.value


def _answer(count: int | None, asked: int | None, answered: int | None) -> Json:
    shares = {"share": share(count, asked), "share_answered": share(count, answered)}
    return {"count": count, **shares, **_hidden(count)}


def _group(line: ReleasedLine, said: ReleasedQuestion) -> Json:
    """Answers added up; of the ticks where the question may have several answers."""
    of = said.ticks if said.unit == "ticks" else said.asked
    return {
        "code": line.code, "label": line.label, "unit": said.unit, "count": line.value, "share": share(line.value, of),
        **_hidden(line.value),
    }  # fmt: skip


def _left(said: ReleasedQuestion) -> Json:
    blank = {
        "blank": {"count": said.blank.value, "share": share(said.blank.value, said.asked), **_hidden(said.blank.value)}
    }
    return blank | ({"rest": {"label": said.rest.label, "count": said.rest.value}} if said.rest else {})


def _more(said: ReleasedQuestion) -> Json:
    """A question that the form does not ask: times and deadlines, persons, the phone."""
    answers = {line.label: _answer(line.value, said.asked, said.answered) for line in said.lines}
    named = {"label": said.label, "unit": said.unit, "level": said.level}
    return named | {"asked": said.asked, "answered": said.answered, "answers": answers} | _left(said)


def _figure(one: ReleasedFigure) -> Json:
    named: Json = {
        "id": one.id,
        "question": one.question,
        "any": _labels(one.question, one.any),
        "among": {key: _labels(key, codes) for key, codes in one.among.items()},
        "label": one.label,
    }
    return named | {"count": one.count, "of": one.of} | _hidden(one.count)


def _labels(key: str, codes: Iterable[str]) -> list[str]:
    """As the report names them; a question of another form keeps its codes."""
    try:
        question = form(REPORTED).question(key)
        return [question.answer(code).report_label for code in codes]
    except ValueError:
        return list(codes)


def share(count: int | None, base: int | None) -> float | None:
    """0..1 of a printed base; None where either is not told."""
    return None if count is None or not base else count / base


def _value(name: str, value: int | None) -> Json:
    return {name: value, **_hidden(value)}


def _hidden(value: int | None) -> dict[str, bool]:
    return {"hidden": True} if value is None else {}
