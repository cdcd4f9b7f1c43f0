"""Templates of risk assessment: what is asked, on which scales, and the levels to choose between. Pure values.

A template is a file (see `template_file`); the house ships one of its own, and a region may hand out another. It says
what is asked and never what it adds up to: the level is chosen by a person who gives the reasons.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes.data_files import read

SHIPPED = "risk_varde_1"


@dataclass(frozen=True, slots=True)
class Step:
    """One value of a scale. `value` only orders the steps; nothing is summed."""

    value: int
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps from the lowest risk to the highest."""

    id: str
    steps: tuple[Step, ...]

    def label_of(self, value: int | None) -> str:
        """The word of a value; "" for None and for one that the scale does not have."""
        return next((step.label for step in self.steps if step.value == value), "")


@dataclass(frozen=True, slots=True)
class Item:
    """One question, answered on a scale."""

    id: str
    text: str
    help: str
    scale: str
    required: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together; `reasoning` asks for words on them."""

    id: str
    title: str
    help: str
    reasoning: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A version of a template. `note` is what everybody who uses it must know, for example that it is not tested."""

    key: str
    version: str
    title: str
    source: str
    note: str
    scales: tuple[Scale, ...]
    level: Scale
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """Title and version, as it is called everywhere."""
        return f"{self.title}, {self.version}"

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question in its order."""
        return tuple(item for section in self.sections for item in section.items)

    def scale(self, item: Item) -> Scale:
        """The scale that a question is answered on."""
        return next(scale for scale in self.scales if scale.id == item.scale)


def build(data: dict[str, Any]) -> Template:
    """The template of a file that has been found sound (`template_file.faults`)."""
    return Template(
        **{name: data[name] for name in ("key", "version", "title", "source")},
        note=data.get("note", ""),
        scales=tuple(_scale(row["id"], row["values"]) for row in data["scales"]),
        level=_scale("level", data["level"]["values"]),
        sections=tuple(_section(row) for row in data["sections"]),
    )


def _scale(key: str, rows: list[dict[str, Any]]) -> Scale:
    return Scale(key, tuple(Step(**row) for row in rows))


def _section(row: dict[str, Any]) -> Section:
    items = tuple(
        Item(item["id"], item["text"], item.get("help", ""), item["scale"], item.get("required", True))
        for item in row["items"]
    )
    return Section(row["id"], row["title"], row.get("help", ""), row.get("reasoning", True), items)


@cache
def shipped() -> Template:
    """The template that is in use where the office has loaded no other."""
    return build(shipped_data())


def shipped_data() -> dict[str, Any]:
    """The same as it stands in its file; never changed by callers."""
    found: dict[str, Any] = read(SHIPPED)
    return found
