"""Reading what is printed as anybody would: from the bytes of a report, a page or the API, never from what made them.

Every figure is known by its question and line («kjonn», «kvinne»), the sums of a question by their names.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

from shared.codes.forms import REPORTED, form

type Read = dict[tuple[str, str], str]
"""(question, line) -> what stands there: a number, or ":"."""
FORM = form(REPORTED)


def shown(value: Any) -> str:
    return ":" if value is None else str(value)


def of_json(content: bytes) -> Read:
    """The report's JSON."""
    said = json.loads(content)
    found = {("", "cases"): shown(said["cases"])}
    for key, question in (said["questions"] | said["more"]).items():
        for name in ("asked", "answered", "ticks", "multi"):
            if name in question:
                found[key, name] = shown(question[name])
        rows = [*question["answers"].items(), *((one["label"], one) for one in question.get("groups", ()))]
        rows += [("Ikke oppgitt", question["blank"])] if "blank" in question else []
        rows += [(question["rest"]["label"], question["rest"])] if "rest" in question else []
        found |= {(key, label): shown(row["count"]) for label, row in rows}
    for one in said["planned"]:
        found |= {(one["id"], "count"): shown(one["count"]), (one["id"], "of"): shown(one["of"])}
    return found


def of_csv(content: bytes) -> Read:
    """The report's CSV."""
    rows = list(csv.reader(io.StringIO(content.decode())))[1:]
    return {(key, label.strip("()") if label in SUMS else label): count for key, label, count, *_ in rows}


SUMS = ("(asked)", "(answered)", "(ticks)", "(multi)")


def of_api(content: bytes, table: str) -> Read:
    """A table of the frozen bytes that a machine gets, with the report's labels."""
    said = next(one for one in json.loads(content)["tables"] if one["id"] == table)
    found = {("", "cases"): shown(said["cases"])}
    for question in said["questions"]:
        key = question["key"]
        found |= {(key, name): shown(question[name]) for name in ("asked", "answered")}
        found |= {(key, name): shown(question[name]) for name in ("ticks", "multi") if question["ticks"] is not None}
        lines = [*question["lines"], question["blank"], *([question["rest"]] if question["rest"] else [])]
        found |= {(key, label_of(key, line["code"], line["label"])): shown(line["value"]) for line in lines}
    for one in said["planned"]:
        found |= {(one["id"], "count"): shown(one["count"]), (one["id"], "of"): shown(one["of"])}
    return found


def label_of(key: str, code: str, label: str) -> str:
    """The report's label of an answer that the page calls by the form's."""
    answers = {each.code: each for each in FORM.question(key).answers} if key in KEYS else {}
    return answers[code].report_label if code in answers and answers[code].label == label else label


KEYS = {question.key for question in FORM.choices}


class Page(HTMLParser):
    """Every table of a page: its caption, and the texts of each row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._into: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append(("", []))
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in ("th", "td", "caption"):
            self._into = []

    def handle_endtag(self, tag: str) -> None:
        if self._into is None or tag not in ("th", "td", "caption"):
            return
        text = " ".join("".join(self._into).split())
        self._into = None
        if tag == "caption":
            self.tables[-1] = (text, self.tables[-1][1])
        else:
            self.tables[-1][1][-1].append(text)

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)


def of_page(page: str, names: Mapping[str, str]) -> Read:
    """The bars of a page. `names`: a question's key by its label."""
    found: Read = {}
    for caption, rows in Page(page).tables:
        if key := names.get(caption):
            found |= {(key, row[0]): number(row[1]) for row in rows if row[1:] and row[1] != "Antall"}
    return found


def number(text: str) -> str:
    """«1 234», or ":" with what is said to those who do not see it."""
    return ":" if text.startswith(":") else text.replace("\u00a0", "").replace(" ", "")


def rows_of(content: bytes) -> Iterator[list[str]]:
    """Every row of a workbook, as text."""
    with ZipFile(io.BytesIO(content)) as book:
        names = book.namelist()
        strings = [name for name in names if "sharedStrings" in name]
        texts = re.findall(r"<si>(.*?)</si>", book.read(strings[0]).decode(), re.DOTALL) if strings else []
        shared = [unescape(re.sub(r"<[^>]+>", "", text)) for text in texts]
        for name in sorted(name for name in names if "worksheets/sheet" in name and name.endswith(".xml")):
            for row in re.findall(r"<row [^>]*?>(.*?)</row>", book.read(name).decode(), re.DOTALL):
                yield [
                    _cell(kind, inner, shared) for kind, inner in re.findall(r"<c ([^>]*?)>(.*?)</c>", row, re.DOTALL)
                ]


def _cell(kind: str, inner: str, shared: list[str]) -> str:
    value = unescape(re.sub(r"<[^>]+>", "", inner))
    return shared[int(value)] if 't="s"' in kind else value


def lines_of(paper: str, labels: set[str]) -> Iterator[tuple[str, str]]:
    """Lines of a paper that begin with a label and have a figure after it: (label, figure)."""
    for text in paper.splitlines():
        parts = re.split(r"\s{2,}", text.strip())
        if parts[0] in labels and parts[1:]:
            yield parts[0], number(parts[1].split(" ")[0])
