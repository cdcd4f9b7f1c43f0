"""What lacks in a report, what does not fit together, and whether the total since the start adds up. Pure.

Everything here is worked out of printed figures: a figure that is not told is never guessed at, and a sum that needs
one is said to be one that cannot be checked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regional.bufdir.basis import Basis, figures
from shared.codes.periods import label as period_label
from shared.codes.periods import parse
from shared.contracts import ReleasedQuestion, ReleasedTable
from shared.reporting.words import written
from varde.text import listed
from varde.ui.released import name_of

HALF = 2
PHONE = "telefon"
ANSWERS = ("Stemmer", "Stemmer ikke", "Kan ikke kontrolleres")
"""Of a sum: it stands, it does not, and it rests on something that has not been given out."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total since the start, beside what it should be: the one before and what has come since. None: not told."""

    label: str
    before: int | None
    came: int | None
    now: int | None

    @property
    def expected(self) -> int | None:
        """The one before and what came."""
        return None if self.before is None or self.came is None else self.before + self.came

    @property
    def stands(self) -> str:
        """In words."""
        stands, does_not, unknown = ANSWERS
        if self.expected is None or self.now is None:
            return unknown
        return stands if self.expected == self.now else does_not


def sums(found: Basis) -> list[Sum]:
    """Every figure of the total since the start that the one before has too; nothing where there is none before."""
    if found.start is None or found.before is None or not found.between:
        return []
    now, then = figures(found.start.table), figures(found.before.table)
    between = [figures(one.table) for one in found.between]
    return [
        Sum(label, then[key][1], _added([one[key][1] for one in between]), value)
        for key, (label, value) in now.items()
        if key in then and all(key in one for one in between)
    ]


def _added(values: Sequence[int | None]) -> int | None:
    known = [one for one in values if one is not None]
    return sum(known) if len(known) == len(values) else None


def gaps(found: Basis, closed: Sequence[str]) -> list[str]:
    """What the report lacks, in sentences."""
    return [*_of_halves(found, closed), *_of_start(found), *_of_questions(found.own.table)]


def _of_halves(found: Basis, closed: Sequence[str]) -> Iterator[str]:
    for half in found.halves:
        if half.missing:
            yield f"{listed(half.missing)} hadde ikke sendt alle tallene da {half.label} ble lukket."
        if half.waits and half.period in found.own.table.periods:
            yield f"Noe fra {half.label} passet ikke inn da halvåret ble lukket, og venter til neste halvår."
    for period in found.own.table.periods:
        if period not in closed:
            yield f"{period_label(parse(period)).capitalize()} er ikke lukket."
    for one in found.withdrawn:
        if one.period <= found.own.table.periods[-1]:  # a later one would not have been in the report
            when = period_label(parse(one.period))
            yield f"Utgivelse {one.number} ({when}) er trukket tilbake. Tallene i den er ikke med."


def _of_start(found: Basis) -> Iterator[str]:
    if found.start is None and not found.mid_year:
        yield "Tall siden start er ikke gitt ut til og med denne perioden."
    without = [name for name, day in found.own.table.starts.items() if day is None]
    if without:
        yield f"Startdatoen mangler for {listed(without)}."
    if found.own.table.population is None:
        yield "Innbyggertallet mangler, så tall per 1 000 innbyggere kan ikke regnes ut."


def _of_questions(table: ReleasedTable) -> Iterator[str]:
    if table.left_out:
        names = listed([_name(key) for key in table.left_out])
        why = "Det er for få saker til å dele dem opp, eller spørsmålet er nytt eller endret."
        yield f"Disse spørsmålene er ikke med i perioden: {names}. {why}"
    for question in table.questions:
        blank, of = question.blank.value, question.asked
        if blank is not None and of and HALF * blank >= of:
            yield f"«{question.label}»: {written(blank)} av {written(of)} er ikke oppgitt."
        if question.lines and all(line.value is None for line in question.lines):
            yield f"«{question.label}»: ingen av svarene kan vises."


def _name(key: str) -> str:
    return "Samtaler til vakttelefonen" if key == PHONE else name_of(key)


def contradictions(found: Basis) -> list[str]:
    """What the printed figures say against each other, in sentences."""
    tables = [one.table for one in found.sources]
    return [*(said for one in tables for said in _within(one)), *_of_year(found), *_of_sums(found)]


def _within(table: ReleasedTable) -> Iterator[str]:
    for question in table.questions:
        of_cases = question.unit == "cases" and question.group != "phone"
        if of_cases and None not in (question.asked, table.cases) and question.asked != table.cases:
            asked, cases = written(question.asked), written(table.cases)
            yield f"{table.label}, «{question.label}»: spurt om {asked}, men det er {cases} saker."
        yield from _adds_up(table, question)
    for figure in table.planned:
        if figure.count is not None and figure.of is not None and figure.count > figure.of:
            count, of = written(figure.count), written(figure.of)
            yield f"{table.label}, «{figure.label}»: {count} er flere enn de {of} det er blant."


def _adds_up(table: ReleasedTable, question: ReleasedQuestion) -> Iterator[str]:
    answered, blank, of = question.answered, question.blank.value, question.asked
    if answered is not None and blank is not None and of is not None and answered + blank != of:
        said = f"{written(answered)} med svar og {written(blank)} uten er ikke {written(of)}"
        yield f"{table.label}, «{question.label}»: {said}."
    single = question.ticks is None and question.multi is None
    shown = [line.value for line in question.lines]
    whole = answered if single else question.ticks
    total = _added(shown)
    if question.level == "all" and total is not None and whole is not None and total != whole:
        said = f"svarene er {written(total)} til sammen, men skulle vært {written(whole)}"
        yield f"{table.label}, «{question.label}»: {said}."


def _of_year(found: Basis) -> Iterator[str]:
    """The year is its halves together."""
    known = {one.table.id: figures(one.table) for one in found.sources}
    halves = [known[one] for one in found.own.table.periods if one in known]
    if len(found.own.table.periods) != HALF or len(halves) != HALF:
        return
    for key, (label, value) in figures(found.own.table).items():
        if all(key in one for one in halves):
            added = _added([one[key][1] for one in halves])
            if added is not None and value is not None and added != value:
                yield f"{label}: {written(value)} i året, men {written(added)} i de to halvårene til sammen."


def _of_sums(found: Basis) -> Iterator[str]:
    for one in sums(found):
        if one.stands == "Stemmer ikke":
            why = "En utgivelse er trukket tilbake i mellomtiden." if found.withdrawn else "Ingen kjent forklaring."
            said = (
                f"{written(one.before)} før og {written(one.came)} til er {written(one.expected)},"
                f" ikke {written(one.now)}"
            )
            yield f"{one.label} siden start: {said}. {why}"


def against_last(found: Basis, last: Mapping[str, int | None]) -> list[str]:
    """Where the total before this period is another than the last report said (by what it is of), and why it can be."""
    if found.before is None:
        return []
    why = (
        "Utgivelsen tallet sto i, er trukket tilbake."
        if found.withdrawn
        else "Tallet er gitt ut på nytt siden, for eksempel med saker som ble meldt inn for sent."
    )
    return [
        f"{label} siden start: forrige rapport sa {written(last[label])}, nå er det {written(value)}. {why}"
        for label, value in figures(found.before.table).values()
        if value is not None and last.get(label) is not None and value != last[label]
    ]
