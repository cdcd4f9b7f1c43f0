"""What pages, exports and machines show of a release: made from its statements and nothing else. Pure.

Lines stand in the order of the form, never by value. A share is a whole per cent, worked out from two printed figures
and printed beside its numerator. What is not told is None (":" to the eye): nothing, little, or hidden for another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regional.releases.asked import Asked, Model
from regional.releases.cells import Cell, canonical, cases
from regional.releases.offered import Levels, Offered
from regional.releases.problem import Json
from shared.codes.forms import Form, Question
from shared.codes.plans import PlannedFigure
from shared.codes.release_plans import Group, ReleasePlan

HIDDEN = ":"
REST = "Øvrige (slått sammen)"
BLANK = "Ikke oppgitt"
LATE = "Saker som ble meldt inn for sent, er med i perioden etter."

type Values = Mapping[str, int | None]
"""Printed and withheld figures by cell id; a cell that was never planned is not there."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `share` of the table's cases (of the ticks where the lines count ticks), in whole per cent."""

    code: str
    label: str
    value: int | None
    share: int | None
    share_answered: int | None = None

    def as_json(self) -> Json:
        """As frozen."""
        return {
            "code": self.code,
            "label": self.label,
            "value": self.value,
            "share": self.share,
            "share_answered": self.share_answered,
            **({"hidden": True} if self.value is None else {}),
        }


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

    def said(self, key: str, kind: str, codes: tuple[str, ...] = ()) -> int | None:
        """What is printed of a cell of this table."""
        cell = canonical(Cell(key, kind, codes, self.table.periods), self.of)  # type: ignore[arg-type]
        return self.values.get(cell.id)

    @property
    def cases(self) -> int | None:
        """The number of cases, if it is printed."""
        return self.values.get(cases(self.table.periods, self.table.quarter).id)


def table(page: Page) -> Json:
    """One table as it is frozen."""
    asked = [
        one for one in page.form.choices if page.levels.get(one.key, "none") != "none" and one.key in page.of.questions
    ]
    return {
        "id": page.table.id,
        "kind": page.table.kind,
        "label": page.table.label,
        "periods": list(page.table.periods),
        "cases": page.cases,
        "questions": [_question(page, one) for one in asked],
        "left_out": [one.key for one in page.form.choices if one not in asked] if page.table.kind != "quarter" else [],
        "planned": [_figure(page, one) for one in page.of.figures.values() if _is_told(page, one)],
    }


def _question(page: Page, question: Question) -> Json:
    key, asked = question.key, page.of.questions[question.key]
    level = page.levels[key]
    groups = page.plan.questions[key].levels[level]
    in_ticks = not asked.single and level != "all"
    ticks = None if asked.single else page.said(key, "ticks")
    answered = page.said(key, "answered")
    base = ticks if in_ticks else page.cases
    lines = [_line(page, key, group, base, None if in_ticks else answered) for group in groups]
    blank = page.said(key, "blank")
    return {
        "key": key,
        "label": question.label,
        "level": level,
        "unit": "ticks" if in_ticks else "cases",
        "asked": page.cases,
        "answered": answered,
        **({} if asked.single else {"ticks": ticks, "multi": page.said(key, "multi")}),
        "lines": [each.as_json() for each in lines],
        "blank": Line("", BLANK, blank, percent(blank, page.cases)).as_json(),
        "rest": _rest(asked, lines, blank, page.cases, ticks),
    }


def _line(page: Page, key: str, group: Group, base: int | None, answered: int | None) -> Line:
    value = page.said(key, "codes", group.codes)
    return Line(group.code, group.label, value, percent(value, base), percent(value, answered))


def _rest(asked: Asked, lines: Sequence[Line], blank: int | None, cases: int | None, ticks: int | None) -> Json | None:
    """What is left of the printed total when the printed lines are taken away; None where nothing is hidden."""
    values = [each.value for each in lines] + ([blank] if asked.single else [])
    whole = cases if asked.single else ticks
    if whole is None or None not in values:
        return None
    left = whole - sum(value for value in values if value is not None)
    return {"label": REST, "value": left, "share": percent(left, whole)}


def _is_told(page: Page, figure: PlannedFigure) -> bool:
    cell = canonical(Cell(figure.id, "cross", (), page.table.periods), page.of)
    return page.plan.tables[page.table.kind].planned and cell.id in page.values


def _figure(page: Page, figure: PlannedFigure) -> Json:
    count, of = page.said(figure.id, "cross"), page.said(figure.id, "of")
    among = {key: [page.form.question(key).answer(code).label for code in codes] for key, codes in figure.among.items()}
    own = [page.form.question(figure.question).answer(code).label for code in figure.any]
    said = " eller ".join(own)
    for labels in among.values():
        said += f", blant saker med {' eller '.join(labels)}"
    return {
        "id": figure.id,
        "label": said,
        "question": figure.question,
        "any": list(figure.any),
        "among": {key: list(codes) for key, codes in figure.among.items()},
        "count": count,
        "of": of,
        "share": percent(count, of),
        **({"hidden": True} if count is None else {}),
    }
