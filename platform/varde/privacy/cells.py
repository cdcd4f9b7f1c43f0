"""What a row in memory holds of a sealed field: closed bytes, and the content once somebody has looked."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn

from varde.privacy.errors import PlainRefused


class Closed(bytes):
    """Bytes of a sealed column. They can be stored, compared and counted, but never shown as if they were text."""

    def __repr__(self) -> str:
        return f"<lukket, {len(self)} byte>"

    def __str__(self) -> str:
        raise PlainRefused("Lukket innhold åpnes bare gjennom raden det står i.")

    def __format__(self, spec: str) -> str:
        return str(self)


class Cell:
    """Never changed once made. `closed` is what the database holds, None for a value that is not stored yet."""

    __slots__ = ("bound_to", "closed", "opened", "plain", "raw")

    def __init__(
        self,
        *,
        closed: bytes | None = None,
        plain: Any = None,
        opened: bool = False,
        raw: bytes = b"",
        bound_to: Any = None,
    ) -> None:
        self.closed, self.plain, self.opened, self.raw, self.bound_to = closed, plain, opened, raw, bound_to

    def __repr__(self) -> str:
        return "<lukket felt>"

    def __deepcopy__(self, memo: dict[int, Any]) -> "Cell":
        plain = copy.deepcopy(self.plain, memo)
        return Cell(closed=self.closed, plain=plain, opened=self.opened, raw=self.raw, bound_to=self.bound_to)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise PlainRefused("En rad med lukket innhold kan ikke legges i mellomlager eller kø.")


_as_they_are: ContextVar[bool] = ContextVar("varde_cells_as_they_are", default=False)


@contextmanager
def as_they_are() -> Iterator[None]:
    """While Django copies a row's values to another copy of the same row: nothing needs to be opened for that."""
    token = _as_they_are.set(True)
    try:
        yield
    finally:
        _as_they_are.reset(token)


def moving() -> bool:
    """Are values being moved rather than looked at?"""
    return _as_they_are.get()
