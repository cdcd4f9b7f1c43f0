"""Every way that a released table goes out by, as text with all its attributes, and what its figures allow there.

What is allowed is worked out here from the table alone: its figures, and the few things that are stated to follow from
them (shares, cases per 1,000 inhabitants, lengths of bars, heights of points, sums and differences of printed figures).
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from itertools import combinations, product
from zipfile import ZipFile

from django.template.loader import render_to_string

from regional.bufdir import report as bufdir
from regional.bufdir.basis import Half, Rule, Source, basis
from regional.dashboard.choosing import told
from regional.dashboard.report import report
from regional.dashboard.report_files import FORMATS as OF_REPORT
from regional.dashboard.through import questions, through
from regional.releases.given import Given
from shared.codes.forms import REPORTED, form
from shared.codes.steering import steering
from shared.contracts import Counts, ReleasedLine, ReleasedQuestion, ReleasedTable
from shared.contracts.fields import to_json
from shared.reporting.bars import svg
from shared.reporting.document import Document
from shared.reporting.formats import FORMATS
from tenants.returns import own_figures
from tests.regional.reading import rows_of
from varde.ui.released import picture

type Tables = tuple[ReleasedTable, ...]
AT = datetime(2020, 1, 20, 12, tzinfo=UTC)
RULE = {"threshold": 5, "coalition": 1, "zeros": "hide", "min_contributors": 3}
MARKS = {"2", "4", "10", "20", "30", "40", "100", "300"}
"""Of drawings, whatever is told: a point's radius, the hatch, a bar's corners, its track."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def numbers(text: str) -> set[str]:
    """Every number of a text, «1 234» as 1234 and «0,44» as 0.44."""
    joined = re.sub(r"(?<=\d)(?:\u00a0|&nbsp;)(?=\d{3})", "", text)
    return {found.replace(",", ".") for found in NUMBER.findall(joined)}


def unsaid(table: ReleasedTable) -> ReleasedTable:
    """The same table as if nothing of it could be told."""
    asked = tuple(
        replace(
            one, asked=None, answered=None, lines=tuple(map(_unsaid, one.lines)), blank=_unsaid(one.blank),
            ticks=None, multi=None, rest=one.rest and _unsaid(one.rest),
        )
        for one in table.questions
    )  # fmt: skip
    planned = tuple(replace(one, count=None, of=None, share=None) for one in table.planned)
    return replace(table, cases=None, questions=asked, planned=planned)


def _unsaid(line: ReleasedLine) -> ReleasedLine:
    return replace(line, value=None, share=None, share_answered=None)


def pages(table: ReleasedTable) -> str:
    """As the region, its releases and each kommune draw it."""
    return render_to_string("ui/components/released.html", {"picture": picture(table)})


def beside_own(counts: Counts, table: ReleasedTable) -> str:
    """What a kommune's own figures have of the region beside them: all that its page draws, in words."""
    asked = (*steering(), *form(REPORTED).choices)
    drawn = (own_figures.charts(counts, asked, table), own_figures.sums(counts, table))
    return str((drawn, own_figures.key_figures(counts, 4_000, 4, table))).replace("\\xa0", "\u00a0")


def given(*tables: ReleasedTable) -> Given:
    return Given(7, AT, "2019H2", "", "Stine", "Sara", tables, None, "ab" * 32, RULE, {"protect": "1"})


def over_time(tables: Tables) -> Iterator[str]:
    """Each figure in all the tables of a kind, as numbers and as shares."""
    every = told([given(*tables)])
    for kind, key, share in product({one.kind for one in tables}, questions(every), (False, True)):
        drawn = through([one for one in every if one.table.kind == kind], key, share=share)
        if drawn.rows:
            yield render_to_string(
                "ui/components/series.html",
                {"caption": drawn.title, "periods": drawn.periods, "rows": drawn.rows, "unit": drawn.unit},
            )


def files(table: ReleasedTable) -> Iterator[str]:
    """The region's report but for the PDF, which is made of the same document as the workbook."""
    content = report(given(table), table, period=table.id)
    for ending in ("json", "csv", "xlsx"):
        yield read(OF_REPORT[ending](content, "Regionen"), ending)


def read(content: bytes, ending: str) -> str:
    """The text of a file; of a workbook its cells, and what it says of itself."""
    if ending == "csv":
        text = content.decode().removeprefix("\ufeff")
        parts = ";" if ";" in text.partition("\n")[0] else ","
        return "\n".join("\t".join(row) for row in csv.reader(StringIO(text), delimiter=parts))
    if ending == "json":
        return json.dumps(json.loads(content), ensure_ascii=False, indent=0)
    with ZipFile(BytesIO(content)) as book:
        itself = [book.read(name).decode() for name in sorted(book.namelist()) if "docProps" in name]
    return "\n".join([*("\t".join(row) for row in rows_of(content)), *(re.sub(r"<[^>]+>", " ", one) for one in itself)])


def to_bufdir(tables: Tables, period: str, before: str = "") -> Document:
    """The report to Bufdir of a period that stands on these tables, beside the last one of the period `before`."""
    last = bufdir.Last(1, to_bufdir(tables, before)) if before else None
    halves = sorted({each for one in tables for each in one.periods})
    sources = [Source(number, "ab" * 32, AT, "Stine", "Sara", one) for number, one in enumerate(tables, 1)]
    found = basis(period, sources, [Half(one, ("Gjøvik",), (), waits=False) for one in halves], (), Rule(5, 1))
    assert found is not None
    return bufdir.document(
        found, region="Regionen", form=form(REPORTED), closed=halves, texts=bufdir.Texts(), last=last
    )


def reports(tables: Tables, period: str, before: str = "") -> Iterator[str]:
    """The same as page, files and pictures."""
    made = to_bufdir(tables, period, before)
    yield render_to_string("reporting/_document.html", {"document": made})
    for ending in ("json", "csv", "xlsx"):
        yield read(FORMATS[ending](made), ending)
    for section in made.sections:
        yield from (svg(table, 1) for table in section.tables if table.chart)


def by_machine(table: ReleasedTable) -> str:
    """As machines get it, and as it goes by post to the kommuner."""
    return str(to_json(ReleasedTable, table, "table"))


def figures(question: ReleasedQuestion) -> list[int]:
    """All that is told of a question, in lines and sums."""
    lines = [*question.lines, question.blank, *([question.rest] if question.rest else [])]
    sums = (question.asked, question.answered, question.ticks, question.multi)
    return [one for one in (*(line.value for line in lines), *sums) if one is not None]


def allowed(tables: Iterable[ReleasedTable]) -> set[str]:
    """The numbers that may stand anywhere, with the shares that the tables state."""
    found: set[float | str] = set()
    for table in tables:
        known = [one for one in (table.cases, table.population) if one is not None]
        for question in table.questions:
            own = figures(question)
            known += own
            found |= set(_shares(own)) | set(_lengths(own))
            lines = [*question.lines, question.blank, *([question.rest] if question.rest else [])]
            found |= {share for line in lines for share in (line.share, line.share_answered) if share is not None}
        for one in table.planned:
            told = [each for each in (one.count, one.of) if each is not None]
            known += told
            found |= set(_shares(told)) | ({one.share} if one.share is not None else set())
        found |= {*known, *_rates(table)}
    return {str(one) for one in found}


def _shares(told: Iterable[int]) -> Iterator[str]:
    """One printed figure of another, as files have them."""
    for value, of in product(set(told), repeat=2):
        if of and value <= of:
            yield from (repr(value / of), f"{value / of:.4g}", str((200 * value + of) // (2 * of)))


def _lengths(told: Iterable[int]) -> Iterator[str]:
    """A bar is as long, in per cent or of 300 on paper, as one printed figure is of another."""
    for value, of in product(set(told), repeat=2):
        if of and value <= of:
            yield from (f"{100 * value / of:.1f}", f"{300 * value / of:.1f}", str(round(300 * value / of, 1)))


def _rates(table: ReleasedTable) -> Iterator[str]:
    if table.cases is not None and table.population:
        yield from ("1000", f"{1000 * table.cases / table.population:.2f}")


def heights(tables: Iterable[ReleasedTable]) -> set[str]:
    """Where points may lie: figures on a scale that ends at the next 1, 2 or 5 with noughts of the largest shown."""
    values: set[float] = set()
    for table in tables:
        shares = [one.share for question in table.questions for one in (*question.lines, question.blank)]
        values |= {one for one in (table.cases, *shares, *(each.share for each in table.planned)) if one is not None}
        values |= {each.count for each in table.planned if each.count is not None}
        values |= {one for question in table.questions for one in figures(question)}
        if table.cases is not None and table.population:
            values.add(1000 * table.cases / table.population)
    ends = {step * 10.0**power for step in (1, 2, 5) for power in range(-3, 6)}
    points = {f"{84 - 74 * value / end:.1f}" for value in values for end in ends if value <= end}
    return points | {f"{end:.2f}" for end in ends} | {f"{end:.0f}" for end in ends}


def sums(tables: Iterable[ReleasedTable]) -> set[str]:
    """What the report to Bufdir adds up: one printed figure of several tables, and the lines of a question; and by how
    much a printed figure differs from that of the last report."""
    found: set[int] = set()
    told: dict[tuple[str, str], list[int]] = {}
    for table in tables:
        told.setdefault(("", ""), []).extend([] if table.cases is None else [table.cases])
        for question in table.questions:
            own = [line.value for line in question.lines]
            if None not in own:
                found.add(sum(one for one in own if one is not None))
            named = {"answered": question.answered, "ticks": question.ticks, "blank": question.blank.value}
            named |= {line.code: line.value for line in question.lines}
            named |= {"rest": question.rest.value} if question.rest else {}
            for name, value in named.items():
                told.setdefault((question.key, name), []).extend([] if value is None else [value])
        for one in table.planned:
            told.setdefault((one.id, ""), []).extend([] if one.count is None else [one.count])
    for values in told.values():
        found |= {sum(some) for size in (2, 3, 4) for some in combinations(values, size)}
        found |= {abs(one - other) for one, other in combinations(values, 2)}
    return {str(one) for one in found}


def tally(made: Document) -> set[str]:
    """How many of the sums stand, do not, and cannot be checked: counted from what is printed beside each."""
    rows = [
        row for section in made.sections for table in section.tables if table.key == bufdir.STARTS for row in table.rows
    ]
    kinds = [str(row[-1]) for row in rows]
    return {str(kinds.count(one)) for one in ("Stemmer", "Stemmer ikke", "Kan ikke kontrolleres")}


def cells(page: str) -> list[list[str]]:
    """Every row of every table of a page: its cells whole, with what is drawn in them."""
    found = re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)
    return [re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL) for row in found]


def is_hidden(cell: str) -> bool:
    """Does it print «:»?"""
    return re.match(r"<td[^>]*>:", cell) is not None
