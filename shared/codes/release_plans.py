"""What the region gives out, how finely, and what is hidden first: decided before any figure is seen.

One version a file. A question has up to three levels, each a partition of its answers: `all` (every answer by itself),
`groups`, `few`; a coarser level is made of whole groups of the finer one. Level `none` gives nothing of the question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from shared.codes.data_files import read
from shared.codes.forms import Form, Question, form
from shared.codes.phone_calls import phone_questions
from shared.codes.plans import PlannedFigure
from shared.codes.steering import steering
from shared.codes.strict import BadList, known, rows, unique

CURRENT_PLAN = "release_plan_1"
type Level = Literal["all", "groups", "few", "none"]
LEVELS: tuple[Level, ...] = ("all", "groups", "few", "none")
KINDS = ("quarter", "half", "year", "start")
SUMS = ("cases", "quarter", "answered", "blank", "ticks", "multi", "planned", "of", "rest")
"""The figures that are no answer. `cases`, of a `quarter` too; `of`: what a planned figure is among; `rest`: the others
among these."""
_QUESTION = {"question", "weights", "groups", "few"}
_FIGURE = {"id", "label", "question", "any", "because"}
_WHOLE = {"version", "form", "source", "expected", "least_per_category", "weights", "tables", "questions", "figures"}


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a table: answers added up. Where a case may have several answers it counts ticks, not cases."""

    code: str
    label: str
    codes: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """A question's lines at each level it has, in the order of the form."""

    key: str
    levels: Mapping[Level, tuple[Group, ...]]

    def at_most(self, level: Level) -> Level:
        """The finest level that the question has and that is not finer than this one."""
        return next((one for one in LEVELS[LEVELS.index(level) :] if one in self.levels), "none")

    def below(self, level: Level) -> Level:
        """The next level down."""
        return self.at_most(LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)])


@dataclass(frozen=True, slots=True)
class Expected:
    """Cases to expect before any have been released: so many per thousand inhabitants a year, printed there."""

    per_thousand_a_year: float
    source: str


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """Cases with any of some answers to a single choice, under a name of its own; `because`: why these answers."""

    figure: PlannedFigure
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """A version of the plan. `least`: cases per category that a level needs. `weights`: what hiding a sum costs."""

    version: str
    form: str
    source: str
    expected: Expected
    least: Mapping[Level, float]
    weights: Mapping[str, float]
    tables: Mapping[str, "TablePlan"]
    questions: Mapping[str, QuestionPlan]
    figures: tuple[OwnFigure, ...]

    def figure(self, id_: str) -> OwnFigure | None:
        """The figure of the plan's own with this id."""
        return next((one for one in self.figures if one.figure.id == id_), None)


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What a kind of table holds beside the number of cases."""

    kind: str
    questions: bool
    planned: bool


@cache
def release_plan(version: str) -> ReleasePlan:
    """The plan of this version. Raises BadList for one that cannot be used."""
    return read_plan(read(version), version)


def read_plan(content: Any, file: str) -> ReleasePlan:
    """The plan that a file holds. Raises BadList with the file, the place and what is wrong."""
    listed = rows(content, "questions", file)
    if content.keys() != _WHOLE:
        raise BadList(f"{file}: filen skal ha feltene {', '.join(sorted(_WHOLE))} og ingen andre.")
    try:
        of = form(content["form"])
    except (TypeError, ValueError) as error:
        raise BadList(f"{file}: {error}") from error
    keys = [str(row.get("question")) for row in listed]
    unique(keys, file)
    questions = asked(of)
    if keys != list(questions):
        raise BadList(f"{file}: spørsmålene skal være skjemaets, i skjemaets rekkefølge, og så de andre.")
    levels = ("all", "groups", "few")
    least = _numbers(content["least_per_category"], levels, f"{file}, «least_per_category»")
    return ReleasePlan(
        version=content["version"],
        form=of.version,
        source=content["source"],
        expected=_expected(content["expected"], file),
        least={level: least[level] for level in LEVELS if level != "none"},
        weights=_numbers(content["weights"], SUMS, f"{file}, «weights»"),
        tables=_tables(content, file),
        questions={key: _question(row, questions[key], file) for key, row in zip(keys, listed, strict=True)},
        figures=_figures(content, questions, file),
    )


def asked(of: Form) -> dict[str, Question]:
    """All that is given out: the form's questions, what is counted beside it of a case, and of the calls."""
    return {question.key: question for question in (*of.choices, *steering(), *phone_questions())}


def _figures(content: Any, questions: Mapping[str, Question], file: str) -> tuple[OwnFigure, ...]:
    listed = rows(content, "figures", file)
    unique((str(row.get("id")) for row in listed), file)
    return tuple(_figure(row, questions, f"{file}, «{row.get('id')}»") for row in listed)


def _figure(row: Mapping[str, Any], questions: Mapping[str, Question], where: str) -> OwnFigure:
    if row.keys() != _FIGURE:
        raise BadList(f"{where}: skal ha feltene {', '.join(sorted(_FIGURE))} og ingen andre.")
    if not all(isinstance(row[name], str) and row[name].strip() for name in _FIGURE - {"any"}):
        raise BadList(f"{where}: «id», «label», «question» og «because» skal være tekst.")
    question = questions[known(row["question"], questions, "spørsmål", where)]
    codes = [answer.code for answer in question.answers]
    if not isinstance(row["any"], list) or not question.single or not 0 < len(row["any"]) < len(codes):
        raise BadList(f"{where}: «any» skal være noen av svarene på et spørsmål med ett svar.")
    any_ = tuple(known(str(code), codes, "svar", where) for code in row["any"])
    unique(any_, where)
    return OwnFigure(PlannedFigure(row["id"], question.key, any_, {}), row["label"], row["because"])


def _expected(said: Any, file: str) -> Expected:
    where = f"{file}, «expected»"
    if not isinstance(said, dict) or said.keys() != {"per_thousand_a_year", "source"}:
        raise BadList(f"{where}: skal ha «per_thousand_a_year» og «source».")
    if not isinstance(said["source"], str) or not said["source"].strip():
        raise BadList(f"{where}: «source» mangler.")
    rate = _numbers({"rate": said["per_thousand_a_year"]}, ("rate",), where)["rate"]
    return Expected(rate, said["source"])


def _tables(content: Any, file: str) -> dict[str, TablePlan]:
    listed = rows(content, "tables", file)
    for row in listed:
        ok = row.keys() == {"kind", "questions", "planned"}
        if not ok or not all(isinstance(row[name], bool) for name in ("questions", "planned")):
            raise BadList(f"{file}, «tables»: hver rad skal ha «kind», «questions» og «planned».")
    kinds = [str(row["kind"]) for row in listed]
    unique(kinds, file)
    if set(kinds) != set(KINDS):
        raise BadList(f"{file}, «tables»: skal ha en rad for hver av {', '.join(KINDS)}.")
    return {kind: TablePlan(kind, row["questions"], row["planned"]) for kind, row in zip(kinds, listed, strict=True)}


def _question(row: Mapping[str, Any], question: Question, file: str) -> QuestionPlan:
    where = f"{file}, «{question.key}»"
    if row.keys() != _QUESTION:
        raise BadList(f"{where}: skal ha feltene {', '.join(sorted(_QUESTION))} og ingen andre.")
    codes = [answer.code for answer in question.answers]
    weights = _numbers(row["weights"], codes, where)
    every = tuple(Group(answer.code, answer.label, (answer.code,), weights[answer.code]) for answer in question.answers)
    levels: dict[Level, tuple[Group, ...]] = {"all": every}
    names: tuple[Level, ...] = ("groups", "few")
    for name in names:
        if row[name]:
            levels[name] = _groups(row[name], question, weights, f"{where}, «{name}»")
            _made_of(
                levels[name], [group for each in list(levels)[:-1] for group in levels[each]], f"{where}, «{name}»"
            )
    sizes = [len(groups) for groups in levels.values()]
    if sorted(set(sizes), reverse=True) != sizes:
        raise BadList(f"{where}: et grovere nivå skal ha færre linjer enn det finere.")
    return QuestionPlan(question.key, levels)


def _groups(said: Any, question: Question, weights: Mapping[str, float], where: str) -> tuple[Group, ...]:
    """A partition of the question's answers, each line at least as dear to hide as the dearest answer in it."""
    if not isinstance(said, list) or len(said) < 2:
        raise BadList(f"{where}: skal være en liste med minst to linjer.")
    found = [_group(row, weights, where) for row in said]
    unique((group.code for group in found), where)
    unique((group.label.casefold() for group in found), where)
    used = [code for group in found for code in group.codes]
    unique(used, where)
    if missing := [answer.code for answer in question.answers if answer.code not in used]:
        raise BadList(f"{where}: svaret «{missing[0]}» er ikke med.")
    return tuple(found)


def _group(row: Any, weights: Mapping[str, float], where: str) -> Group:
    if not isinstance(row, dict) or row.keys() != {"code", "label", "codes"}:
        raise BadList(f"{where}: hver linje skal ha «code», «label» og «codes».")
    if not all(isinstance(row[name], str) and row[name].strip() for name in ("code", "label")):
        raise BadList(f"{where}: «code» og «label» skal være tekst.")
    if not isinstance(row["codes"], list) or not row["codes"]:
        raise BadList(f"{where}, «{row['code']}»: «codes» skal være en liste med minst ett svar.")
    codes = tuple(known(str(code), weights, "svar", f"{where}, «{row['code']}»") for code in row["codes"])
    return Group(row["code"], row["label"], codes, max(weights[code] for code in codes))


def _made_of(coarse: Sequence[Group], finer: Sequence[Group], where: str) -> None:
    """Raises BadList where a line takes a part of a finer line."""
    for group in coarse:
        for part in finer:
            if set(part.codes) & set(group.codes) and not set(part.codes) <= set(group.codes):
                raise BadList(f"{where}: «{group.code}» tar en del av «{part.code}».")


def _numbers(said: Any, names: Sequence[str], where: str) -> dict[str, float]:
    if not isinstance(said, dict) or said.keys() != set(names):
        raise BadList(f"{where}: skal ha tall for {', '.join(names)} og ingen andre.")
    for name in names:
        if isinstance(said[name], bool) or not isinstance(said[name], int | float) or not 0 < said[name] < 1000:
            raise BadList(f"{where}: «{name}» skal være et tall over 0.")
    return {name: said[name] for name in names}
