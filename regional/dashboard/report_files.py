"""The report as files: made from its JSON form and from nothing else, so none of them can hold more. Pure."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from shared.reporting.document import Cell, Document, Section, Table
from shared.reporting.formats import pdf, xlsx
from varde.exits.sheets import Writer
from varde.ui.charts import HIDDEN
from varde.ui.numbers import percent

type Content = Mapping[str, Any]
COLUMNS = ("Svar", "Antall", "Andel", "Av dem som har svar")


def as_json(content: Content) -> bytes:
    """The report itself."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(content: Content) -> bytes:
    """A line a figure: question, answer, count, shares."""
    made = io.StringIO()
    writer = Writer(made)
    writer.writerow(["question", "answer", "count", "share", "share_answered"])
    writer.writerow(["", "cases", _shown(content["cases"]), "", ""])
    for key, question in _all(content).items():
        for name in ("asked", "answered", "ticks", "multi"):
            if name in question:
                writer.writerow([key, f"({name})", _shown(question[name]), "", ""])
        for label, row in _lines(question):
            shares = [_shown(row[name]) if name in row else "" for name in ("share", "share_answered")]
            writer.writerow([key, label, _shown(row["count"]), *shares])
    for one in content["planned"]:
        writer.writerow([one["id"], "count", _shown(one["count"]), _shown(_share(one)), ""])
        writer.writerow([one["id"], "of", _shown(one["of"]), "", ""])
    return made.getvalue().encode()


def _all(content: Content) -> dict[str, Any]:
    return dict(content["questions"]) | dict(content.get("more", {}))


def _lines(question: Content) -> Iterator[tuple[str, Content]]:
    """Every line of a question: answers, groups, those without an answer, and what is left."""
    yield from question["answers"].items()
    for group in question.get("groups", ()):
        yield group["label"], group
    if "blank" in question:
        yield "Ikke oppgitt", question["blank"]
    if "rest" in question:
        yield question["rest"]["label"], question["rest"]


def _shown(value: float | None) -> str:
    return HIDDEN if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _share(figure: Content) -> float | None:
    return None if figure["count"] is None or not figure["of"] else figure["count"] / figure["of"]


def document(content: Content, name: str) -> Document:
    """The report as pages and sheets. `name`: the region's."""
    labels = {key: question.get("label", key) for key, question in _all(content).items()}
    tables = [_table(labels[key], key, one) for key, one in content["questions"].items()]
    more = [_table(labels[key], key, one) for key, one in content.get("more", {}).items()]
    sections = [Section("Skjemaet", tables=tuple(tables))]
    sections += [Section("Tider, frister, personer og vakttelefon", tables=tuple(more))] if more else []
    if content["planned"]:
        sections.append(Section("Sammensatte tall", tables=(_planned(content),)))
    sections.append(Section("Kommunene i tallene", tables=(_kommuner(content),), notes=tuple(content.get("notes", ()))))
    meta = (("Periode", content["period"]), ("Saker", _shown(content["cases"])), *_protection(content["protection"]))
    return Document(
        "Regionens rapport", content.get("table", {}).get("label", content["period"]), meta, tuple(sections), name
    )


def _table(label: str, key: str, question: Content) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (line, row["count"], *(_written(row, part) for part in ("share", "share_answered")))
        for line, row in _lines(question)
    ]
    sums = [(name, question.get(part)) for name, part in (("Saker i alt", "asked"), ("Saker med svar", "answered"))]
    rows += [(name, value, "", "") for name, value in sums]
    return Table(label, COLUMNS, tuple(rows), key=key)


def _written(row: Content, part: str) -> str | None:
    return "" if part not in row else None if row[part] is None else percent(row[part])


def _planned(content: Content) -> Table:
    rows = [
        (
            one.get("label", one["id"]),
            one["count"],
            one["of"],
            None if (share := _share(one)) is None else percent(share),
        )
        for one in content["planned"]
    ]
    return Table("Sammensatte tall", ("Saker med", "Antall", "Av", "Andel"), tuple(rows))


def _kommuner(content: Content) -> Table:
    return Table("Kommuner", ("Kommune",), tuple((name,) for name in content["kommuner"]))


def _protection(said: Content) -> tuple[tuple[str, str], ...]:
    if not said["protected"]:
        return (("Beskyttelse", "Ingen. Rå tall, bare til kontroll mot en kilde."),)
    rule = f"Minst {said['min_contributors']} kommuner. En rest under {said['threshold']} skal ikke kunne regnes ut."
    return (
        ("Utgivelse", f"Nr. {said['release']} i hovedboken, godkjent av {said['approved_by']}"),
        ("Fingeravtrykk", said["digest"]),
        ("Beskyttelse", rule),
        ("Laget med", ", ".join(f"{part} {version}" for part, version in sorted(said["versions"].items()))),
    )


FORMATS: Mapping[str, Callable[[Content, str], bytes]] = MappingProxyType(
    {
        "json": lambda content, name: as_json(content),
        "csv": lambda content, name: as_csv(content),
        "xlsx": lambda content, name: xlsx(document(content, name)),
        "pdf": lambda content, name: pdf(document(content, name)),
    }
)
"""What `--format` may be -> what makes the bytes, from the report and the region's name."""
