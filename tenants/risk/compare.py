"""Two assessments side by side: what changed, said in words. Pure.

Answers are compared where the same question was asked on the same steps. Anything else is shown without a verdict: a
word that means another thing on another scale is not «higher».
"""

from dataclasses import dataclass

from shared.codes.templates import Scale, Template
from tenants.risk.states import Given

HIGHER, LOWER, SAME = "Høyere risiko", "Lavere risiko", "Uendret"
NEW, GONE, OTHER = "Ikke spurt om sist", "Ikke besvart nå", "Kan ikke sammenlignes"


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the answer now and last time, and what changed."""

    text: str
    now: str
    before: str
    change: str

    @property
    def changed(self) -> bool:
        """Is there something to look at?"""
        return self.change != SAME


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a section, and its words now and last time."""

    title: str
    rows: tuple[Row, ...]
    words: str
    words_before: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything, the level first. `same_template` is False when the questions were others."""

    level: Row
    parts: tuple[Part, ...]
    same_template: bool

    @property
    def changes(self) -> int:
        """How many answers are not as they were, the level apart."""
        return sum(row.changed for part in self.parts for row in part.rows)


def compare(template: Template, given: Given, before: Template, given_before: Given) -> Comparison:
    """The assessment beside the one before it."""
    parts = []
    for section in template.sections:
        rows = tuple(_row(item.id, template, given, before, given_before) for item in section.items)
        words = (given.words.get(section.id, ""), given_before.words.get(section.id, ""))
        parts.append(Part(section.title, rows, *words))
    return Comparison(
        level=_judged("Risikonivå", template.level, given.level, before.level, given_before.level),
        parts=tuple(parts),
        same_template=template == before,
    )


def _row(key: str, template: Template, given: Given, before: Template, given_before: Given) -> Row:
    item = next(item for item in template.items if item.id == key)
    old = next((item for item in before.items if item.id == key), None)
    scale = template.scale(item)
    if old is None:
        return Row(item.text, scale.label_of(given.items.get(key)), "", NEW)
    return _judged(item.text, scale, given.items.get(key), before.scale(old), given_before.items.get(key))


def _judged(text: str, scale: Scale, now: int | None, scale_before: Scale, before: int | None) -> Row:
    return Row(text, scale.label_of(now), scale_before.label_of(before), _change(scale, now, scale_before, before))


def _change(scale: Scale, now: int | None, scale_before: Scale, before: int | None) -> str:
    if now is None:
        return SAME if before is None else GONE
    if before is None:
        return NEW
    if [(s.value, s.label) for s in scale.steps] != [(s.value, s.label) for s in scale_before.steps]:
        return OTHER
    return SAME if now == before else HIGHER if now > before else LOWER
