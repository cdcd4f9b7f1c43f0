"""What pages, exports and machines show of a release: made from its statements and nothing else. Pure.

Lines stand in the order of the form, never by value. A share is a whole per cent, worked out from two printed figures
and printed beside its numerator; all shares of a question are of the same. What is not told is None (":" to the eye):
nothing, little, or hidden for another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from regional.releases.areas import Area
from regional.releases.asked import Model
from regional.releases.cells import Cell, Kind, canonical, cases
from regional.releases.offered import Levels, Offered
from regional.releases.problem import Json
from shared.codes.forms import Form, Question
from shared.codes.plans import PlannedFigure
from shared.codes.release_plans import Group, ReleasePlan, asked
from shared.contracts.fields import to_json
from shared.contracts.releases import Group as About
from shared.contracts.releases import ReleasedFigure, ReleasedLine, ReleasedQuestion, ReleasedTable, Unit

HIDDEN = ":"
REST = "Øvrige (slått sammen)"
REST_TICKS = "Øvrige avkryssinger (slått sammen)"
BLANK = "Ikke oppgitt"

type Values = Mapping[str, int | None]
"""Printed and withheld figures by cell id; a cell that was never planned is not there."""


def percent(value: int | None, base: int | None) -> int | None:
    """A whole per cent, halves up; None where one of the two is not printed."""
    return None if value is None or not base else (200 * value + base) // (2 * base)


@dataclass(frozen=True, slots=True)
class Page:
    """What a table is made from."""

    table: Offered
    levels: Levels
    plan: ReleasePlan
    of: Model
    form: Form
    values: Values
    area: Area = field(default_factory=Area)

    def said(self, key: str, kind: Kind, codes: tuple[str, ...] = ()) -> int | None:
        """What is printed of a cell of this table."""
        cell = canonical(Cell(key, kind, codes, self.table.periods), self.of)
        return self.values.get(cell.id)

    @property
    def cases(self) -> int | None:
        """The number of cases, if it is printed."""
        return self.values.get(cases(self.table.periods, self.table.quarter).id)

    @property
    def questions(self) -> dict[str, Question]:
        """All that the table may hold, in order: the form's, what is counted beside it, the calls."""
        return {key: one for key, one in asked(self.form).items() if key in self.of.questions}

    def about(self, key: str) -> About:
        """What kind of question it is."""
        if key in self.of.phone:
            return "phone"
        return "form" if any(key == one.key for one in self.form.choices) else "steering"


def table(page: Page) -> Json:
    """One table as it is frozen: exactly the JSON of `ReleasedTable`."""
    found: Any = to_json(ReleasedTable, released(page), "table")
    return dict(found)


def released(page: Page) -> ReleasedTable:
    """The same as a value."""
    given = [one for key, one in page.questions.items() if page.levels.get(key, "none") != "none"]
    # A region without a shared phone leaves nothing out.
    out = [key for key in page.questions if page.levels.get(key, "none") == "none" and key not in page.of.phone]
    return ReleasedTable(
        id=page.table.id,
        kind=page.table.kind,
        label=page.table.label,
        periods=page.table.periods,
        cases=page.cases,
        questions=tuple(_question(page, one) for one in given),
        left_out=() if page.table.kind == "quarter" else tuple(out),
        planned=tuple(_figure(page, one) for one in page.of.figures.values() if _is_told(page, one)),
        population=page.area.population,
        kommuner=page.area.kommuner,
        starts=page.area.starts,
        notes=page.area.notes,
    )


def _question(page: Page, question: Question) -> ReleasedQuestion:
    key, single = question.key, page.of.questions[question.key].single
    level, about = page.levels[key], page.about(key)
    if level == "none":
        raise ValueError("Et spørsmål uten nivå står ikke i tabellen.")
    unit: Unit = "calls" if about == "phone" else "cases" if single or level == "all" else "ticks"
    whole = page.said(key, "calls") if about == "phone" else page.cases
    ticks = None if single else page.said(key, "ticks")
    answered = page.said(key, "answered")
    base = ticks if unit == "ticks" else whole
    groups = page.plan.questions[key].levels[level]
    lines = [_line(page, key, group, base, None if unit == "ticks" else answered) for group in groups]
    blank = page.said(key, "blank")
    return ReleasedQuestion(
        key=key,
        label=f"{question.label} (avkryssinger)" if unit == "ticks" else question.label,
        group=about,
        level=level,
        unit=unit,
        asked=whole,
        answered=answered,
        ticks=ticks,
        multi=None if single else page.said(key, "multi"),
        lines=tuple(lines),
        blank=_named(BLANK, blank, None if unit == "ticks" else percent(blank, whole)),
        rest=_rest(
            [*lines] if not single else [*lines, _named(BLANK, blank)], whole if single else ticks, unit, single
        ),
    )


def _line(page: Page, key: str, group: Group, base: int | None, answered: int | None) -> ReleasedLine:
    value = page.said(key, "codes", group.codes)
    return ReleasedLine(
        code=group.code,
        label=group.label,
        value=value,
        share=percent(value, base),
        share_answered=percent(value, answered),
    )


def _named(label: str, value: int | None, share: int | None = None) -> ReleasedLine:
    return ReleasedLine(code="", label=label, value=value, share=share, share_answered=None)


def _rest(lines: Sequence[ReleasedLine], whole: int | None, unit: Unit, single: bool) -> ReleasedLine | None:
    """What is left of the printed total when the printed lines are taken away; None where nothing is hidden.

    Where a case may have several answers what is left are ticks: no share of the cases.
    """
    values = [each.value for each in lines]
    if whole is None or None not in values:
        return None
    left = whole - sum(value for value in values if value is not None)
    share = percent(left, whole) if single or unit == "ticks" else None
    return _named(REST if single else REST_TICKS, left, share)


def _is_told(page: Page, figure: PlannedFigure) -> bool:
    cell = canonical(Cell(figure.id, "cross", (), page.table.periods), page.of)
    keys = (figure.question, *figure.among)
    planned = page.plan.tables[page.table.kind].planned and all(page.levels.get(key, "none") != "none" for key in keys)
    return planned and cell.id in page.values


def _figure(page: Page, figure: PlannedFigure) -> ReleasedFigure:
    count, of = page.said(figure.id, "cross"), page.said(figure.id, "of")
    return ReleasedFigure(
        id=figure.id,
        label=_label(page, figure),
        question=figure.question,
        any=figure.any,
        among=dict(figure.among),
        count=count,
        of=of,
        share=percent(count, of),
    )


def _label(page: Page, figure: PlannedFigure) -> str:
    own = page.plan.figure(figure.id)
    if own is not None:
        return own.label
    questions = page.questions
    said = " eller ".join(questions[figure.question].answer(code).label for code in figure.any)
    for key, codes in figure.among.items():
        said += f", blant saker med {' eller '.join(questions[key].answer(code).label for code in codes)}"
    return said
