"""The kommune's own report as a document, in the order of the form. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shared.codes.forms import Form, Question
from shared.codes.periods import label
from shared.codes.plans import PlannedFigure, plan
from shared.codes.steering import steering
from shared.contracts import Counts, QuestionCounts, Return
from shared.reporting.document import Cell, Document, Section, Table
from tenants.reporting.check import Check
from tenants.reporting.rules import RULES
from tenants.reporting.states import Period
from varde.ui.dates import short_date
from varde.ui.numbers import whole, whole_percent

BLANK, SHARE = "ikke oppgitt", "Andel"
CASES = "cases"
_BY_QUARTER = ("cases.quarters", "check.lines")
_NONE = QuestionCounts(answered=0, ticks=0, multi=0, answers={})


@dataclass(frozen=True, slots=True)
class Made:
    """What a report is made of: the letter as it would be sent, counted over every case, the check of it, and how many
    cases break each rule (code -> cases)."""

    office: str
    number: str
    owner: str
    on: date
    period: Period
    form: Form
    letter: Return
    check: Check
    broken: Mapping[str, int]


def document(made: Made) -> Document:
    """The report. Every figure is the kommune's own and is counted over all its cases."""
    since = made.letter.since_start
    return Document(
        title="Rapport til Bufdir",
        subtitle=f"{made.office}, {made.period.label}",
        meta=(
            ("Kommune", f"{made.office} ({made.number})"),
            ("Periode", made.period.label),
            ("Siden start", f"fra {short_date(since.from_date)} til {short_date(made.period.quarters[-1].last_day)}"),
            ("Skjema", made.form.label),
            ("Talt", f"{short_date(made.on)}, for {made.owner}"),
        ),
        sections=(_cases(made), _check(made.check), _gaps(made), _questions(made), *_planned(made), *_steering(made)),
        office=made.office,
        dated=made.on,
        mark="Kommunens egne tall, små tall er med",
    )


def of_any_period(made: Document) -> Document:
    """For a comparison with the report of another period: its own cases are called so and not by its name, and what
    stands quarter by quarter is left out."""
    sections = tuple(
        replace(one, tables=tuple(_unnamed(each) for each in one.tables if each.name not in _BY_QUARTER))
        for one in made.sections
    )
    return replace(made, sections=sections)


def _unnamed(table: Table) -> Table:
    if table.name != CASES or not table.rows:
        return table
    return replace(table, rows=(("Saker i perioden", *table.rows[0][1:]), *table.rows[1:]))


def _cases(made: Made) -> Section:
    counts, since = made.letter.counts, made.letter.since_start.counts
    rows = tuple((label([line.quarter]), line.now) for line in made.check.lines if line.quarter in made.period.quarters)
    both = ((made.period.label, counts.cases), ("Siden start", since.cases))
    totals = Table("Saker", ("Når", "Saker"), both, key=CASES)
    quarters = Table("Saker i hvert kvartal", ("Kvartal", "Saker"), rows, chart=True, key="cases.quarters")
    text = (
        "Tallene gjelder alle saker i kommunen, også saker som er slettet fordi oppbevaringstiden er ute. "
        "De er ikke skjermet: del dem bare med dem som skal ha kommunens egne tall."
    )
    return Section("Saker", text, (totals, quarters))


def _check(check: Check) -> Section:
    return Section("Kontroll av tallene siden start", "", check.tables(), check.sentences())


def _gaps(made: Made) -> Section:
    counts = made.letter.counts
    unanswered = tuple(
        (f"{question.number}. {question.label}", counts.cases - counts.questions[question.key].answered)
        for question in made.form.choices
        if counts.questions[question.key].answered < counts.cases
    )
    against = tuple((rule.sentence, made.broken[rule.code]) for rule in RULES if made.broken.get(rule.code))
    return Section(
        "Mangler og motsigelser",
        "",
        (
            Table("Spørsmål som ikke er besvart", ("Spørsmål", "Saker"), unanswered, key="gaps"),
            Table("Svar som ikke passer sammen", ("Hva", "Saker"), against, key="broken"),
        ),
    )


def _questions(made: Made) -> Section:
    asked = [(f"{question.number}. {question.label}", question) for question in made.form.choices]
    counts, since = made.letter.counts, made.letter.since_start.counts
    tables = tuple(
        _table(title, question, counts, since, counts.questions, since.questions) for title, question in asked
    )
    several = tuple(
        f"«{question.label}»: {whole(own.ticks)} kryss i {_cases_said(own.answered)}, "
        f"{_cases_said(own.multi)} med flere kryss."
        for question in made.form.choices
        if not question.single and (own := counts.questions[question.key]).answered
    )
    text = f"«I alt» er siden start. Andelen er av alle saker. «{BLANK.capitalize()}» er saker uten svar."
    return Section("Spørsmålene i skjemaet", text, tables, several)


def _cases_said(number: int) -> str:
    return f"{whole(number)} {'sak' if number == 1 else 'saker'}"


def _table(
    title: str,
    question: Question,
    counts: Counts,
    since: Counts,
    own: Mapping[str, QuestionCounts],
    ever: Mapping[str, QuestionCounts],
) -> Table:
    here, so_far = own.get(question.key, _NONE), ever.get(question.key, _NONE)
    rows = [
        (answer.label, here.answers.get(answer.code, 0), so_far.answers.get(answer.code, 0))
        for answer in question.answers
    ]
    rows.append((BLANK, counts.cases - here.answered, since.cases - so_far.answered))
    columns = ("Svar", "Antall", f"{SHARE} (%)", "I alt")
    shown = tuple((name, number, _share(number, counts.cases), before) for name, number, before in rows)
    return Table(title, columns, shown, chart=True, key=question.key)


def _share(number: int, of: int) -> Cell:
    return whole_percent(number / of) if of else "–"


def _planned(made: Made) -> Iterator[Section]:
    figures = plan(made.form.version)
    counts, since = made.letter.counts.planned, made.letter.since_start.counts.planned
    rows = tuple(
        (_figure(made.form, each), counts[each.id].count, counts[each.id].of, since[each.id].count, since[each.id].of)
        for each in figures
        if each.id in counts and each.id in since
    )
    if rows:
        columns = ("Hva", "Antall", "Av", "I alt", "Av, i alt")
        yield Section(
            "Sammenstilte tall", "«I alt» er siden start.", (Table("Planlagte tall", columns, rows, key="planned"),)
        )


def _figure(form: Form, figure: PlannedFigure) -> str:
    own = _said(form.question(figure.question), figure.any)
    among = "; ".join(_said(form.question(key), codes) for key, codes in figure.among.items())
    return f"{own}, av saker med {among}" if among else own


def _said(question: Question, codes: tuple[str, ...]) -> str:
    return f"{question.label.lower()}: {' eller '.join(question.answer(code).label for code in codes)}"


def _steering(made: Made) -> Iterator[Section]:
    counts, since = made.letter.counts, made.letter.since_start.counts
    if since.steering:
        tables = tuple(
            _table(question.label, question, counts, since, counts.steering, since.steering) for question in steering()
        )
        text = "«I alt» er siden start. Importerte saker og saker som venter, har ikke noe svar."
        yield Section("Tid, frister og personer", text, tables)
