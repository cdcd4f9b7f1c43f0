"""The kommune's own figures as a page draws them: every answer, beside the region's released and the pilot's printed.

Pure. Nothing is hidden: these are figures of cases that the reader has access to (decision 1).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.codes.forms import REPORTED, Question, form
from shared.codes.pilot import Pilot, pilot
from shared.codes.release_plans import CURRENT_PLAN, OwnFigure, release_plan
from shared.codes.steering import DEADLINE, HELD, KNOWN, NEW, PERSON, steering
from shared.contracts import Counts, QuestionCounts, ReleasedTable
from varde.ui import numbers
from varde.ui.released import percent as whole_percent
from varde.ui.series import rate

BLANK = "Ikke oppgitt"
SEVERAL = "En sak kan ha flere svar, så andelene kan bli mer enn 100 % til sammen."
YEAR_OF_QUARTERS = 4
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Beside:
    """The same share here, in the region and in the pilot; "" where it is not known there."""

    label: str
    own: str
    region: str
    pilot: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A question: `rows` as the bars take them, `of` what fills the line, `said` sentences under it.

    `known`: has any case an answer?
    """

    key: str
    label: str
    known: bool
    rows: tuple[dict[str, Any], ...]
    of: int
    said: tuple[str, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A figure by itself."""

    label: str
    value: str
    note: str = ""


def questions() -> dict[str, Question]:
    """All that is counted of a case, by key: what is steered by first, then the form's."""
    return {one.key: one for one in (*steering(), *form(REPORTED).choices)}


def counts_of(counts: Counts, key: str) -> QuestionCounts:
    """What cases have answered to a question of the form or beside it."""
    return counts.questions[key] if key in counts.questions else counts.steering[key]


def charts(counts: Counts, group: Sequence[Question], region: ReleasedTable | None) -> tuple[Chart, ...]:
    """The pictures of some questions."""
    return tuple(_chart(one, counts, region, pilot()) for one in group)


def _chart(question: Question, counts: Counts, region: ReleasedTable | None, known: Pilot) -> Chart:
    own = counts_of(counts, question.key)
    blank = counts.cases - own.answered
    rows = [(answer.label, own.answers[answer.code]) for answer in question.answers] + [(BLANK, blank)]
    return Chart(
        key=question.key,
        label=question.label,
        known=own.answered > 0,
        rows=tuple({"label": name, "count": count, "share": _share(count, counts.cases)} for name, count in rows),
        of=counts.cases,
        said=tuple(_said(question, own, counts.cases)),
        beside=tuple(_beside(question, own, counts.cases, region, known)) if counts.cases else (),
    )


def _share(count: int, of: int) -> float | None:
    return count / of if of else None


def _said(question: Question, own: QuestionCounts, cases: int) -> Iterator[str]:
    if cases:
        yield f"{numbers.whole(own.answered)} av {numbers.whole(cases)} saker har svar."
    if not question.single and own.ticks:
        several = "Ingen saker har flere." if not own.multi else f"{numbers.whole(own.multi)} av sakene har flere."
        yield f"{SEVERAL} {numbers.whole(own.ticks)} avkryssinger til sammen. {several}"


def _beside(
    question: Question, own: QuestionCounts, cases: int, region: ReleasedTable | None, known: Pilot
) -> Iterator[Beside]:
    for answer in question.answers:
        count = own.answers[answer.code]
        for of_answered, of in ((False, cases), (True, own.answered)):
            there = known.percent(question.key, answer.code, of_answered=of_answered)
            near = _region_share(region, question.key, answer.code, of_answered=of_answered)
            if there is None and (near is None or of_answered):
                continue
            name = f"{answer.label}, av dem som har svar" if of_answered else answer.label
            here = numbers.percent(count / of) if of else ""
            yield Beside(name, here, _written(near), _written(there))


def _written(share: int | None) -> str:
    return "" if share is None else whole_percent(share)


def _region_share(region: ReleasedTable | None, key: str, code: str, *, of_answered: bool) -> int | None:
    """The region's released share of the same answer: only where it is a line by itself, counted in cases."""
    for one in region.questions if region else ():
        if one.key == key and one.unit == "cases" and one.level == "all":
            line = next((line for line in one.lines if line.code == code), None)
            return None if line is None else line.share_answered if of_answered else line.share
    return None


def key_figures(
    counts: Counts, population: int | None, quarters: int, region: ReleasedTable | None, as_of: str = ""
) -> list[Key]:
    """What is asked for first: cases, persons, how many in proportion, deadlines. `as_of`: when the population was."""
    person, held = counts.steering[PERSON], counts.steering[DEADLINE]
    found = [
        Key("Saker", numbers.whole(counts.cases)),
        Key(
            "Personer med første sak",
            numbers.whole(person.answers[NEW]) if person.answered or not counts.cases else "Ikke kjent",
            _known(person.answers[KNOWN], counts.cases - person.answered),
        ),
    ]
    if population and counts.cases:
        found.append(_rate(counts.cases, population, as_of, quarters, region))
    if held.answered:
        of = f"{numbers.whole(held.answers[HELD])} av {numbers.whole(held.answered)} saker der det er kjent"
        found.append(Key("Avklart innen fristen", numbers.percent(held.answers[HELD] / held.answered), of))
    return found


def _known(known: int, unsaid: int) -> str:
    said = [f"{numbers.whole(known)} av sakene gjelder noen som har hatt sak før"] if known else []
    said += [f"{numbers.whole(unsaid)} er uten personkort"] if unsaid else []
    return ". ".join(said)


def per_thousand(cases: int, population: int) -> float:
    """Cases per 1,000 inhabitants in the time that is shown."""
    return _THOUSAND * cases / population


def _rate(cases: int, population: int, as_of: str, quarters: int, region: ReleasedTable | None) -> Key:
    day = f" per {as_of}" if as_of else ""
    said = [f"av {numbers.whole(population)} innbyggere{day}, i alle aldre; antall voksne er ikke registrert"]
    if region is not None and region.kind != "start" and region.cases is not None and region.population:
        said.append(f"regionen {rate(per_thousand(region.cases, region.population))}")
    if quarters == YEAR_OF_QUARTERS:
        said.append(f"piloten {rate(pilot().per_thousand_a_year)} på ett år")
    return Key("Saker per 1\u00a0000 innbyggere", rate(per_thousand(cases, population)), "; ".join(said))


@dataclass(frozen=True, slots=True)
class Sum:
    """Some answers of one question added up, under a name of its own; `because`: why these answers."""

    label: str
    count: str
    of: str
    share: str
    region: str
    because: str


def sums(counts: Counts, region: ReleasedTable | None) -> list[Sum]:
    """The plan's own figures: those that can be worked out of a case, and are known of one at least.

    The region's share is of all cases: it stands only beside what is of all cases here too.
    """
    told = {one.id: one.share for one in region.planned} if region else {}
    return [
        Sum(
            one.label,
            numbers.whole(count),
            numbers.whole(of),
            numbers.percent(count / of),
            _written(told.get(one.figure.id)) if of == counts.cases else "",
            one.because,
        )
        for one in own_sums()
        for count, of in ((sum_of(counts, one), base_of(counts, one)),)
        if of
    ]


def base_of(counts: Counts, one: OwnFigure) -> int:
    """What a sum is a share of: of times only the cases that have them, else all cases."""
    key = one.figure.question
    return counts.steering[key].answered if key in counts.steering else counts.cases


def own_sums() -> list[OwnFigure]:
    """Sums over answers of a case; those over calls are the region's."""
    asked = questions()
    return [one for one in release_plan(CURRENT_PLAN).figures if one.figure.question in asked]


def sum_of(counts: Counts, one: OwnFigure) -> int:
    """Cases with any of the answers, of which a case has one at most."""
    own = counts_of(counts, one.figure.question)
    return sum(own.answers[code] for code in one.figure.any)


def share_of(one: OwnFigure, counts: Counts) -> float:
    """A sum's share in per cent; of at least one case."""
    return 100 * sum_of(counts, one) / base_of(counts, one)


def share_held(counts: Counts) -> float:
    """The share of deadlines that held, in per cent; of at least one that is known."""
    held = counts.steering[DEADLINE]
    return 100 * held.answers[HELD] / held.answered


def answers_through(counts: Sequence[Counts], question: Question) -> list[Mapping[str, Any]]:
    """How many had each answer, time after time; answers that nobody ever gave are left out."""
    rows = [(answer.label, [counts_of(each, question.key).answers[answer.code] for each in counts])
            for answer in question.answers]  # fmt: skip
    rows.append((BLANK, [each.cases - counts_of(each, question.key).answered for each in counts]))
    return [{"label": name, "values": values} for name, values in rows if any(values)]
