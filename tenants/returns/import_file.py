"""Reading a file of registered cases, strictly. Pure: bytes in, rows out, or one sentence that names line and column.

Columns: id, kommune, kvartal and the questions of the reported form, named by their keys; answers are the labels
that the reports print, several joined by «|», empty where it was not answered.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.codes.forms import REPORTED, Question, form
from shared.codes.periods import Quarter, parse

FIRST = ("id", "kommune", "kvartal")
LARGEST = 20_000_000
LONGEST_WORD = 80


class BadFile(ValueError):
    """The file cannot be imported; the text is a sentence to show."""


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A row of the file; `answers` maps question keys to answer codes, only what was answered."""

    line: int
    id: str
    kommune: str
    quarter: Quarter
    answers: Mapping[str, tuple[str, ...]]


def read_cases(data: bytes) -> list[ImportedCase]:
    """Every row of the file. Raises BadFile at the first thing that cannot be read."""
    rows = _rows(_text(data))
    header = next(rows, None)
    if header is None:
        raise BadFile("Fila er tom.")
    _check_header(header[1])
    found, seen = [], dict[str, int]()
    for line, cells in rows:
        if len(cells) != len(header[1]):
            raise BadFile(f"Linje {line} har {len(cells)} kolonner, ikke {len(header[1])}.")
        case = _case(line, dict(zip(header[1], cells, strict=True)))
        if case.id in seen:
            raise BadFile(f"Linje {line}, kolonne id: «{case.id}» står også på linje {seen[case.id]}.")
        seen[case.id] = line
        found.append(case)
    if not found:
        raise BadFile("Fila har ingen saker.")
    return found


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise BadFile("Fila er for stor.")
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))  # a Mac may write å as two characters
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(f"Linje {line} er ikke UTF-8. Lagre fila som UTF-8 og prøv igjen.") from error
    for number, line_text in enumerate(text.splitlines(), 1):
        if any(ord(char) < 32 and char != "\t" for char in line_text):
            raise BadFile(f"Linje {number} har et usynlig styretegn.")
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise BadFile(f"Linje {reader.line_num} er ikke gyldig CSV.") from error


def _check_header(header: Sequence[str]) -> None:
    wanted = [*FIRST, *(question.key for question in form(REPORTED).choices)]
    for name in header:
        if name not in wanted:
            raise BadFile(f"Linje 1: kolonnen «{name[:LONGEST_WORD]}» er ukjent.")
        if header.count(name) > 1:
            raise BadFile(f"Linje 1: kolonnen «{name}» står to ganger.")
    for name in wanted:
        if name not in header:
            raise BadFile(f"Linje 1: kolonnen «{name}» mangler.")


def _case(line: int, cells: Mapping[str, str]) -> ImportedCase:
    answers = {question.key: _codes(line, question, cells[question.key]) for question in form(REPORTED).choices}
    return ImportedCase(
        line=line,
        id=_word(line, "id", cells["id"]),
        kommune=_word(line, "kommune", cells["kommune"]),
        quarter=_quarter(line, cells["kvartal"]),
        answers={key: codes for key, codes in answers.items() if codes},
    )


def _word(line: int, column: str, cell: str) -> str:
    word = cell.strip()
    if not word or len(word) > LONGEST_WORD or not word.isprintable():
        raise BadFile(f"Linje {line}, kolonne {column}: mangler, er for lang eller har tegn som ikke kan skrives ut.")
    return word


def _quarter(line: int, cell: str) -> Quarter:
    try:
        found = parse(cell.strip())
    except ValueError:
        found = ()
    if len(found) != 1 or str(found[0]) != cell.strip():
        raise BadFile(f"Linje {line}, kolonne kvartal: «{cell[:LONGEST_WORD]}» er ikke et kvartal, som 2019Q3.")
    return found[0]


def _codes(line: int, question: Question, cell: str) -> tuple[str, ...]:
    labels = [label.strip() for label in cell.split("|")] if cell.strip() else []
    try:
        codes = tuple(question.by_report_label(label).code for label in labels)
    except ValueError as error:
        unknown = next(label for label in labels if label not in {answer.report_label for answer in question.answers})
        raise BadFile(f"Linje {line}, kolonne {question.key}: svaret «{unknown[:LONGEST_WORD]}» er ukjent.") from error
    if len(set(codes)) != len(codes):
        raise BadFile(f"Linje {line}, kolonne {question.key}: samme svar står to ganger.")
    if question.single and len(codes) > 1:
        raise BadFile(f"Linje {line}, kolonne {question.key}: her kan det bare være ett svar.")
    return codes


def match_kommuner(
    names: Sequence[str], offices: Mapping[str, Sequence[str]], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Name in the file -> address of the office: by `chosen`, else by name within the region.

    `offices` maps each office's name to the addresses that have it. Raises BadFile naming all that fit none.
    """
    known = {name.casefold(): slugs for name, slugs in offices.items()}
    addresses = {slug for slugs in offices.values() for slug in slugs}
    for name, slug in chosen.items():
        if slug not in addresses:
            raise BadFile(f"«{name}={slug}» i --map: regionen har ingen kommune med adressen «{slug}».")
    found = {name: [chosen[name]] if name in chosen else list(known.get(name.casefold(), ())) for name in names}
    lost = [name for name, slugs in found.items() if len(slugs) != 1]
    if lost:
        raise BadFile(
            f"Regionen har ikke disse kommunene, eller har flere med samme navn: {', '.join(lost)}."
            ' Opprett dem med «varde provision kommune», eller pek dem ut med --map "Navn=adresse,…".'
        )
    return {name: slugs[0] for name, slugs in found.items()}


def read_map(text: str) -> dict[str, str]:
    """«Tromsø=gjovik,Alta=hamar» as a mapping. Raises BadFile."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, sign, slug = (part.strip() for part in pair.partition("="))
        if not (name and sign and slug) or name in found:
            raise BadFile(f"«{pair[:LONGEST_WORD]}» i --map kan ikke leses; skriv Navn=adresse, hvert navn én gang.")
        found[name] = slug
    return found
