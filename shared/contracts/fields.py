"""The kinds of field a letter may have, each with its way to JSON and back.

str, int, bool, bytes, UUID, aware datetime, date, Literal of strings, another dataclass, a mapping of names, a tuple of
one kind, and any of them or None.
"""

import base64
import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Literal, TypeAliasType, get_args, get_origin, get_type_hints
from uuid import UUID

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact."""

LATER: Mapping[str, object] = MappingProxyType({"later": True})
"""Metadata of a field (with a default) that a letter got after its first version went out. It is written only when it
says something, so that a letter which says nothing new is the same bytes as before, and old letters can be read."""


class BadLetter(ValueError):
    """The letter is not one that the house knows; the text names the field, never its content."""


def to_json(kind: Any, value: object, where: str) -> object:
    """Return `value` as JSON data, after checking that a field of `kind` may hold it."""
    kind = _plain(kind)
    if dataclasses.is_dataclass(kind):
        if type(value) is not kind:
            raise BadLetter(f"{where}: feil type")
        return {
            name: to_json(hint, getattr(value, name), f"{where}.{name}")
            for name, hint in _hints(kind)
            if name not in _later(kind) or getattr(value, name) != _later(kind)[name]
        }
    if get_origin(kind) is Mapping:
        return _each(to_json, kind, value, where)
    if get_origin(kind) in (tuple, UnionType):
        return _several(to_json, kind, value, where, stands_as=(tuple, list))
    return _scalar(kind)[0](value, kind, where)


def from_json[T](kind: type[T], value: object, where: str) -> T:
    """Return the value of `kind` that `value` stands for. Raises BadLetter for anything but an exact fit."""
    found: T = _read(kind, value, where)
    return found


def _read(kind: Any, value: object, where: str) -> Any:
    kind = _plain(kind)
    if dataclasses.is_dataclass(kind):
        return _read_record(kind, value, where)
    if get_origin(kind) is Mapping:
        return _each(_read, kind, value, where)
    if get_origin(kind) in (tuple, UnionType):
        return _several(_read, kind, value, where, stands_as=(list, tuple))
    return _scalar(kind)[1](value, kind, where)


def _read_record(kind: Any, value: object, where: str) -> Any:
    hints = dict(_hints(kind))
    later = _later(kind)
    if not isinstance(value, dict) or not hints.keys() - later.keys() <= value.keys() <= hints.keys():
        raise BadLetter(f"{where}: ukjente eller manglende felt")
    # A later field that says nothing is left out: a letter that reads the same must be the same bytes.
    if any(name in value and value[name] == default for name, default in later.items()):
        raise BadLetter(f"{where}: et felt som ikke sier noe, skal ikke stå")
    content = {name: _read(hint, value[name], f"{where}.{name}") for name, hint in hints.items() if name in value}
    try:
        return kind(**content)
    except BadLetter:
        raise
    except ValueError as error:
        raise BadLetter(f"{where}: {error}") from error


def _each(step: Callable[[Any, object, str], Any], kind: Any, value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadLetter(f"{where}: feil type")
    names, inner = get_args(kind)
    return {step(names, name, f"{where}.*"): step(inner, content, f"{where}.*") for name, content in value.items()}


def _several(
    step: Callable[[Any, object, str], Any], kind: Any, value: object, where: str, *, stands_as: tuple[type, type]
) -> Any:
    """A tuple (in JSON a list), or something that may also be None."""
    inner = get_args(kind)[0]
    if get_origin(kind) is UnionType:
        return None if value is None else step(inner, value, where)
    found, made = stands_as
    if type(value) is not found:
        raise BadLetter(f"{where}: feil type")
    return made(step(inner, each, f"{where}.*") for each in value)  # type: ignore[attr-defined]


def _plain(kind: Any) -> Any:
    return kind.__value__ if isinstance(kind, TypeAliasType) else kind


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(kind))


@cache
def _later(kind: Any) -> Mapping[str, object]:
    return {field.name: field.default for field in dataclasses.fields(kind) if field.metadata.get("later")}


def _is_text(value: object, _kind: Any, where: str) -> str:
    if type(value) is not str:
        raise BadLetter(f"{where}: skal være tekst")
    # NUL has no place in a database text, and a lone surrogate has none in UTF-8.
    if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise BadLetter(f"{where}: teksten har ugyldige tegn")
    return value


def _is_number(value: object, _kind: Any, where: str) -> int:
    if type(value) is not int or abs(value) > LARGEST:
        raise BadLetter(f"{where}: skal være et helt tall")
    return value


def _is_bool(value: object, _kind: Any, where: str) -> bool:
    if type(value) is not bool:
        raise BadLetter(f"{where}: skal være sann eller usann")
    return value


def _is_choice(value: object, kind: Any, where: str) -> str:
    text = _is_text(value, kind, where)
    if text not in get_args(kind):
        raise BadLetter(f"{where}: ukjent kode")
    return text


def _write_text_of(value: object, kind: Any, where: str) -> str:
    if type(value) is not kind:
        raise BadLetter(f"{where}: feil type")
    return str(value) if kind is UUID else value.isoformat()  # type: ignore[attr-defined]


def _write_moment(value: object, _kind: Any, where: str) -> str:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise BadLetter(f"{where}: tidspunktet mangler tidssone")
    return value.isoformat()


def _read_text_of(value: object, kind: Any, where: str) -> Any:
    text = _is_text(value, kind, where)
    parse = UUID if kind is UUID else kind.fromisoformat
    try:
        found = parse(text)
    except ValueError as error:
        raise BadLetter(f"{where}: kan ikke leses") from error
    # One spelling only: a letter that reads the same must be the same bytes.
    if _scalar(kind)[0](found, kind, where) != text:
        raise BadLetter(f"{where}: er ikke skrevet på den ene tillatte måten")
    return found


def _write_bytes(value: object, _kind: Any, where: str) -> str:
    if type(value) is not bytes:
        raise BadLetter(f"{where}: feil type")
    return base64.b64encode(value).decode()


def _read_bytes(value: object, _kind: Any, where: str) -> bytes:
    if type(value) is not str:
        raise BadLetter(f"{where}: feil type")
    try:
        found = base64.b64decode(value, validate=True)
    except ValueError as error:
        raise BadLetter(f"{where}: kan ikke leses") from error
    if base64.b64encode(found).decode() != value:
        raise BadLetter(f"{where}: er ikke skrevet på den ene tillatte måten")
    return found


type _Step = Callable[[object, Any, str], Any]

_SCALARS: Mapping[Any, tuple[_Step, _Step]] = {
    str: (_is_text, _is_text),
    int: (_is_number, _is_number),
    bool: (_is_bool, _is_bool),
    bytes: (_write_bytes, _read_bytes),
    UUID: (_write_text_of, _read_text_of),
    date: (_write_text_of, _read_text_of),
    datetime: (_write_moment, _read_text_of),
}


def _scalar(kind: Any) -> tuple[_Step, _Step]:
    return (_is_choice, _is_choice) if get_origin(kind) is Literal else _SCALARS[kind]
