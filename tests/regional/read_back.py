"""What several releases say, read back from each text alone: table, question, line -> what stands there.

A share stands under the line's name with " %". What a table is about (its questions, lines and periods) is public; the
tables by which it is known here hold no figure.
"""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from tests.disclosure.whole_way import OF
from tests.regional.reading import Page, Read, label_of, number

type Json = dict[str, Any]
type Said = dict[tuple[str, str, str], str]
SUMS = ("asked", "answered", "ticks", "multi")
CASES = ("", "cases")


def lines(question: Json) -> list[Json]:
    """Every line of a question of a table, what is left too."""
    return [*question["lines"], question["blank"], *([question["rest"]] if question["rest"] else [])]


def of_table(table: Json) -> Said:
    """A table of what machines get."""
    found = {CASES: table["cases"]}
    for question in table["questions"]:
        key = question["key"]
        found |= {(key, name): question[name] for name in SUMS}
        for line in lines(question):
            found |= {(key, line["label"]): line["value"], (key, f"{line['label']} %"): line["share"]}
    for one in table["planned"]:
        found |= {(one["label"], "count"): one["count"], (one["label"], "of"): one["of"],
                  (one["label"], "count %"): one["share"]}  # fmt: skip
    return {(table["id"], *name): ":" if value is None else str(value) for name, value in found.items()}


def filled(table: Json, said: Said) -> Json:
    """A table with nothing but what was read: what an attacker has in front of it."""
    told = {name[1:]: None if text == ":" else int(text) for name, text in said.items() if name[0] == table["id"]}

    def line(key: str, one: Json, of: int | None) -> Json:
        names = (key, one["label"]), (key, f"{one['label']} %")
        share = told.get(names[1]) if of else None
        return one | {"value": told.get(names[0]), "share": share, "share_answered": None}

    def question(one: Json) -> Json:
        key = one["key"]
        sums = {name: told.get((key, name)) for name in SUMS}
        sums["asked"] = told.get(CASES) if sums["asked"] is None else sums["asked"]
        of = sums["ticks" if one["unit"] == "ticks" else "asked"]
        rest = one["rest"] and line(key, one["rest"], of)
        return one | sums | {
            "lines": [line(key, each, of) for each in one["lines"]], "blank": line(key, one["blank"], sums["asked"]),
            "rest": rest if rest and rest["value"] is not None else None,
        }  # fmt: skip

    planned = [
        one | {"count": told.get((one["label"], "count")), "of": told.get((one["label"], "of"))}
        for one in table["planned"]
    ]
    return table | {
        "cases": told.get(CASES), "questions": [question(one) for one in table["questions"]], "planned": planned,
    }  # fmt: skip


def percent(text: str) -> str:
    """«46 %» -> «46»."""
    return number(text.replace("%", "").strip()) if text else ""


def of_page(page: str, table: Json) -> Said:
    """A drawn table: the bars, the sentences under them, planned figures, and how many cases."""
    found: dict[tuple[str, str], str] = {}
    if cases := re.search(r"<dt>Saker</dt><dd>(.*?)</dd>", page):
        found[CASES] = number(unescape(cases[1]))
    main = page.partition('id="planlagte')
    for block in main[0].split('id="sporsmal-')[1:]:
        key = block.partition('"')[0]
        for row in Page(block).tables[0][1][1:]:
            found |= {(key, row[0]): number(row[1])} | ({(key, f"{row[0]} %"): percent(row[2])} if row[2] else {})
        found |= {(key, name): number(text) for name, text in _sentences(block)}
    for row in Page(main[2]).tables[0][1][1:] if main[1] else ():
        found |= {
            (row[0], "count"): number(row[1]),
            (row[0], "of"): number(row[2]),
            (row[0], "count %"): percent(row[3]),
        }
    return {(table["id"], *name): text for name, text in found.items()}


def _sentences(block: str) -> Iterator[tuple[str, str]]:
    text = unescape(re.sub(r"<[^>]+>", " ", block))
    several = {
        r"([\d\xa0]+) av ([\d\xa0]+) (?:saker|samtaler) har svar": ("answered", "asked"),
        r"Hvor mange av ([\d\xa0]+) \w+ som har svar": ("asked",),
        r"([\d\xa0]+) avkryssinger til sammen": ("ticks",),
        r"([\d\xa0]+) saker har flere\.": ("multi",),
    }
    for pattern, names in several.items():
        if said := re.search(pattern, text):
            yield from zip(names, said.groups(), strict=True)


def through_time(page: str, key: str, tables: Iterable[Json], *, share: bool) -> Said:
    """A figure through time: a row for each period, a column for each line."""
    named = {table["label"]: table for table in tables}
    (_, (head, *rows)), *_ = Page(page).tables
    sign, found = " %" if share else "", dict[tuple[str, str, str], str]()
    for period, *cells in rows:
        if period not in named:
            assert all(cell.startswith("–") for cell in cells), f"{period} is not given out"
            continue
        table = named[period]
        held = {line["label"] for one in table["questions"] if one["key"] == key for line in lines(one)}
        planned = {one["label"] for one in table["planned"]}
        for label, cell in zip(head[1:], cells, strict=True):
            if key == "saker":
                found[table["id"], *CASES] = number(cell)
            elif key == "sammensatte" and label in planned:
                found[table["id"], label, f"count{sign}"] = percent(cell)
            elif label in held:
                found[table["id"], key, f"{label}{sign}"] = percent(cell)
            else:
                assert cell.startswith("–"), f"{period}: {label}"
    return found


def of_report(read: Read, table: Json) -> Said:
    """The region's report by its own readers, in the table's names; questions that the table has not are all hidden."""
    names = {
        (one["key"], label_of(one["key"], line["code"], line["label"])): line["label"]
        for one in table["questions"] for line in lines(one)
    }  # fmt: skip
    keys, planned = {one["key"] for one in table["questions"]}, {one["id"]: one["label"] for one in table["planned"]}
    told = {name: text for name, text in read.items() if name[0] in {"", *keys, *planned} and _is_of(name, names)}
    return {
        (table["id"], planned.get(key, key), names.get((key, label), label)): text
        for (key, label), text in told.items() if text != ":"
    }  # fmt: skip


def _is_of(name: tuple[str, str], names: Mapping[tuple[str, str], str]) -> bool:
    """The report writes of a single choice, as of all others, how many ticks: as many as answers."""
    key, what = name
    if what in ("ticks", "multi"):
        return not OF.questions[key].single
    return name in names or what in (*SUMS, "cases", "count", "of")


def of_rows(rows: Iterable[list[str]], period: Json, start: Json | None) -> Said:
    """The report to Bufdir as rows of a sheet or lines of a paper: under which heading and which table they stand."""
    found: Said = {}
    table: Json | None = None
    key = ""
    for row in rows:
        if (heading := row[0]) and len(row) == 1:
            if heading.endswith((", i perioden", ", siden start")):
                table, key = (start if heading.endswith("start") else period), ""
            elif heading in ("Hovedtall", *(_ENDS)):
                table, key = (period if heading == "Hovedtall" else None), ""
            elif table is not None:
                key = next((one["key"] for one in table["questions"] if one["label"] == heading), key)
        elif table is not None and len(row) > 1:
            found |= _line(table, key, row, start)
    return found


_ENDS = ("Kontroll av tallene siden start", "Mangler og motsigelser", "Slik er tallene skjermet")


def _line(table: Json, key: str, row: list[str], start: Json | None) -> Said:
    label, told = row[0], [number(cell.replace("%", "").strip()) for cell in row[1:]]
    if label == "Saker i perioden":
        return {(table["id"], *CASES): told[0]}
    if label == "Saker siden start" and start:
        return {(start["id"], *CASES): told[0]}
    if label in {one["label"] for one in table["planned"]} and len(told) > 1:
        return {(table["id"], label, "count"): told[0], (table["id"], label, "of"): told[1]}
    held = {line["label"] for one in table["questions"] if one["key"] == key for line in lines(one)}
    if label not in held or not re.fullmatch(r":|\d+", told[0]):
        return {}
    shares = {(table["id"], key, f"{label} %"): told[1]} if told[1:] and re.fullmatch(r":|\d+", told[1]) else {}
    return {(table["id"], key, label): told[0]} | shares


def rows_of_cells(content: str) -> Iterator[list[str]]:
    """The report's CSV, a line a cell, as rows again under their headings."""
    above, row = ("", ""), list[str]()
    said = csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";")
    for section, title, label, column, value in list(said)[1:]:
        if (row and (section, title, label) != (*above, row[0])) or column in ("Antall", ""):
            yield from ([row] if row else [])
            row = []
        if (section, title) != above:
            yield [section]
            yield [title]
            above = section, title
        row = [*(row or [label]), value]
    yield from ([row] if row else [])


def rows_of_paper(content: bytes, folder: Path) -> Iterator[list[str]]:
    """The lines of a PDF, parted where there is room between two words."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    yield from (re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if line.strip())


def rows_of_page(page: str) -> Iterator[list[str]]:
    """A report drawn on a page: its headings and the rows of its tables."""
    for block in page.split("<section")[1:]:
        if heading := re.search(r"<h2[^>]*>(.*?)</h2>", block, re.DOTALL):
            yield [unescape(heading[1])]
        for caption, rows in Page(block).tables:
            yield [caption]
            yield from (row for row in rows if row)


def tables_of(copies: Iterable[Json]) -> dict[str, Json]:
    """Every table of some frozen copies."""
    return {table["id"]: table for copy in copies for table in copy["tables"]}


def of_machine(content: bytes) -> Said:
    """One release as a machine gets it."""
    said: Said = {}
    for table in json.loads(content)["tables"]:
        said |= of_table(table)
    return said
