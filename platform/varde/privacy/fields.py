"""Fields whose content is sealed under the matter's key, and opened only when somebody looks at the row.

A model with such fields inherits `Row` and says which matter it belongs to:

    class Note(AppendOnly):
        text = SealedTextField()

        @property
        def key_id(self) -> UUID:
            return self.case.concern_id

In memory an attribute holds the closed bytes until it is read; a list that shows no text decrypts none. Saving seals
what was set and passes on unchanged what was not. A value opens only in its own office, table, column and row.
Searching or updating past the row is refused, but for empty (`text=""`) and `isnull`.

A list that shows texts calls `open_together(rows)` first: one query and one unwrap call for all of them.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from varde.privacy import envelope
from varde.privacy.cells import Cell, Closed, moving
from varde.privacy.errors import CannotOpen, NotSealed, PlainRefused
from varde.privacy.keyring import OpenKey, keyring

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")

if TYPE_CHECKING:

    class _Typed(models.Field[_Set, _Get]):
        """What a type checker believes of the attribute."""

else:

    class _Typed(models.Field):
        def __class_getitem__(cls, types):
            return cls


class SealedAttribute(DeferredAttribute):
    """Opens at the first look, closes when the row is saved."""

    field: "_Sealed[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        cell = super().__get__(instance, cls)
        if moving():
            return cell
        if not cell.opened:
            cell = instance.__dict__[self.field.attname] = self.field.opened(cell, instance)
        return cell.plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Closed):
            pk = instance.__dict__.get(_pk_name(instance))
            value = Cell(closed=value, bound_to=pk)
        elif not isinstance(value, Cell):
            value = Cell(plain=value, opened=True)
        instance.__dict__[self.field.attname] = value


class _Sealed(_Typed[_Set, _Get]):
    """What the two have in common; `_dump` and `_load` turn a value into bytes and back."""

    descriptor_class = SealedAttribute

    def get_internal_type(self) -> str:
        return "BinaryField"

    def _dump(self, value: Any) -> bytes:
        raise PlainRefused(type(self).__name__)

    def _load(self, content: bytes) -> Any:
        raise PlainRefused(type(self).__name__)

    # --- reading -------------------------------------------------------------------------------------------
    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Closed | None:
        return None if value is None else Closed(value)

    def opened(self, cell: Cell, instance: models.Model) -> Cell:
        """The cell with its content. CannotOpen, Destroyed or NotSealed."""
        closed = cell.closed or b""
        raw = self._open(closed, cell.bound_to or instance.pk) if closed else b""
        return Cell(closed=closed, plain=self._load(raw), opened=True, raw=raw, bound_to=cell.bound_to or instance.pk)

    def _open(self, closed: bytes, pk: Any) -> bytes:
        if not envelope.is_envelope(closed):
            raise NotSealed
        key = keyring().of(envelope.key_of(closed))
        return key.open(closed, self._place(pk, key))

    def _place(self, pk: Any, key: OpenKey) -> bytes:
        return envelope.place(key.office, self.model._meta.db_table, str(self.column), pk, key.id)

    # --- writing -------------------------------------------------------------------------------------------
    def pre_save(self, model_instance: models.Model, add: bool) -> Closed | None:
        """Bytes for the database: those that came from there while nothing changed, else sealed anew."""
        cell: Cell = model_instance.__dict__[self.attname]
        if cell.closed is not None and cell.bound_to not in (None, model_instance.pk):
            cell = self.opened(cell, model_instance)  # a copy under another id must be sealed for its own row
            return self._seal(self._dump(cell.plain), model_instance)
        if cell.closed is not None and (not cell.opened or self._dump(cell.plain) == cell.raw):
            return Closed(cell.closed)
        return None if cell.plain is None else self._seal(self._dump(cell.plain), model_instance)

    def _seal(self, content: bytes, instance: models.Model) -> Closed:
        if not content:
            return Closed()
        if instance.pk is None:
            raise PlainRefused("Raden må ha en id før innholdet kan lukkes.")
        key_id: UUID = instance.key_id  # type: ignore[attr-defined]
        begins = instance._state.adding and instance.pk == key_id  # the row is the matter itself
        ring = keyring()
        key = ring.at_birth(key_id) if begins else ring.for_writing(key_id)
        return Closed(key.seal(content, self._place(instance.pk, key)))

    def get_prep_value(self, value: Any) -> Any:
        """Closed bytes and emptiness pass; everything else would store or search plain text."""
        if value is None or isinstance(value, Closed) or hasattr(value, "resolve_expression"):
            return value
        if value in ("", b"") or (isinstance(value, dict | list) and not value):
            return Closed()
        raise PlainRefused(f"«{self.name}» er lukket: den kan ikke søkes i eller endres utenom raden.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = self.get_prep_value(value)
        return connection.Database.Binary(value) if isinstance(value, Closed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ("exact", "isnull"):
            raise PlainRefused(f"«{self.name}» er lukket: «{lookup_name}» kan ikke brukes.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise PlainRefused(f"«{self.name}» er lukket: «{lookup_name}» kan ikke brukes.")

    def value_to_string(self, obj: models.Model) -> str:
        raise PlainRefused(f"«{self.name}» er lukket og kan ikke skrives til fil.")

    # --- the promise of the model --------------------------------------------------------------------------
    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not hasattr(self.model, "key_id"):
            message = f"{self.model._meta.label} har lukkede felt, men ikke `key_id`."
            found.append(checks.Error(message, obj=self, id="varde.E010"))
        if not isinstance(self.model._meta.pk, models.UUIDField):
            message = f"{self.model._meta.label} har lukkede felt og må ha en uuid som id."
            found.append(checks.Error(message, obj=self, id="varde.E011"))
        return found


class SealedTextField(_Sealed[str, str]):
    """Text of any length. Empty text is stored as no bytes at all."""

    def _dump(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise PlainRefused(f"«{self.name}» skal være tekst.")
        return value.encode()

    def _load(self, content: bytes) -> str:
        return content.decode()

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)


class SealedJSONField(_Sealed[dict[str, Any], dict[str, Any]]):
    """A JSON object. An empty one is stored as no bytes; the default is an empty one."""

    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def _dump(self, value: Any) -> bytes:
        if not isinstance(value, dict):
            raise PlainRefused(f"«{self.name}» skal være et JSON-objekt.")
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() if value else b""

    def _load(self, content: bytes) -> dict[str, Any]:
        return dict(json.loads(content)) if content else {}


def sealed_fields(model: type[models.Model]) -> "list[_Sealed[Any, Any]]":
    """The sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, _Sealed)]


def open_together(rows: Iterable[models.Model]) -> None:
    """Fetch the keys of everything closed in these rows at once. What is hidden stays closed and raises when read."""
    closed = [
        cell.closed
        for row in rows
        for field in sealed_fields(type(row))
        if isinstance(cell := row.__dict__.get(field.attname), Cell) and cell.closed and not cell.opened
    ]
    keyring().preload({envelope.key_of(each) for each in closed if envelope.is_envelope(each)})


def text_or(row: models.Model, name: str, otherwise: str) -> str:
    """The text of a sealed field, or another text where the key is hidden or destroyed: for lists of mixed rows."""
    try:
        return str(getattr(row, name))
    except CannotOpen:
        return otherwise


def _pk_name(instance: models.Model) -> str:
    pk = instance._meta.pk
    return pk.attname if pk else "id"
