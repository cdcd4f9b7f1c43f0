"""What was entered wrongly, and the kinds of rows that can be marked so; later rooms add theirs at start.

mistakes_queries.also(Kind("notat", Note, …))       in AppConfig.ready()
unmarked(Note.objects.filter(case=case))            for what is gathered elsewhere
marks = marks_of(Note, rows)                        for a page that shows them folded: {row id: Mark}
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from tenants.inbox.mistakes_models import Mistake
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.privacy.fields import open_together
from varde.ui.dates import short_date
from varde.ui.gone import words


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page says: heading, lead, the question, the button, and what is said when it is done."""

    title: str
    lead: str
    why: str
    button: str
    done: str


def as_mistake(noun: str) -> Asked:
    """For what was entered wrongly, «notatet»."""
    return Asked(
        f"Merk {noun} som feilført",
        "Teksten slettes ikke. Den foldes sammen med navnet ditt og grunnen, og brukes ikke lenger andre steder.",
        "Hva er feil?",
        "Merk som feilført",
        "Merket som feilført.",
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: its word in the address, its table, what it is called, and what it says (labels and values).

    `check` raises Refused for a row that cannot be marked; `after` follows in the same transaction.
    """

    slug: str
    model: type[Model]
    noun: str
    says: Callable[[Any], list[tuple[str, str]]]
    back: Callable[[Any], str]
    asked: Asked
    check: Callable[[Any], None] | None = None
    after: Callable[[Any, Reader], None] | None = None
    word: str = "Feilført"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is shown."""

    word: str
    at: datetime
    who: str
    reason: str

    @property
    def said(self) -> str:
        """«Feilført 12.03.2026 av Kari: feil person»"""
        return f"{self.word} {short_date(self.at)} av {self.who}: {self.reason}"


_kinds: dict[str, Kind] = {}


def also(kind: Kind) -> None:
    """Register; called once per kind in AppConfig.ready()."""
    _kinds[kind.slug] = kind


def kind_of(slug: str) -> Kind | None:
    """The kind with this word in its address."""
    return _kinds.get(slug)


def address(concern_id: UUID, slug: str, row_id: UUID) -> str:
    """Where a row is marked."""
    return f"/innboks/{concern_id}/feilfort/{slug}/{row_id}"


def row_of(kind: Kind, concern: Concern, row_id: UUID) -> Model | None:
    """The row, when it is of this matter."""
    names = {field.name for field in kind.model._meta.concrete_fields}
    own = {"concern": concern} if "concern" in names else {"case__concern": concern}
    return kind.model._default_manager.filter(pk=row_id, **own).first()


def unmarked[R: Model](rows: QuerySet[R]) -> QuerySet[R]:
    """Those that nobody has marked as entered wrongly."""
    return rows.exclude(is_marked(rows.model))


def is_marked(model: type[Model], column: str = "pk") -> Exists:
    """A filter: has the row that `column` names been marked?"""
    return Exists(Mistake.objects.filter(of_table=model._meta.db_table, row_id=OuterRef(column)))


def _mark(row: Mistake) -> Mark:
    word = next((kind.word for kind in _kinds.values() if kind.model._meta.db_table == row.of_table), "Feilført")
    return Mark(word, row.at, row.by_name, words(row, "reason"))


def marks_of(model: type[Model], keys: Iterable[UUID]) -> Mapping[UUID, Mark]:
    """The marks of these rows; a constant number of queries."""
    rows = list(Mistake.objects.filter(of_table=model._meta.db_table, row_id__in=list(keys)).order_by("-at", "-id"))
    open_together(rows)
    return {row.row_id: _mark(row) for row in rows}


def marks_in(concern: Concern) -> Mapping[tuple[str, UUID], Mark]:
    """Every mark of a matter: (table, row id) -> mark."""
    rows = list(Mistake.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return {(row.of_table, row.row_id): _mark(row) for row in rows}


def mark_of(row: Model) -> Mark | None:
    """The mark of one row, if it has one."""
    return marks_of(type(row), [row.pk]).get(row.pk)
