"""Which calls have waited too long in their kommune. A later room knows, and says so when it starts."""

from collections.abc import Callable, Collection
from uuid import UUID

Late = Callable[[Collection[UUID]], Collection[UUID]]
_asked: list[Late] = []


def knows(function: Late) -> None:
    """`function(call ids)` -> those of them that are overdue; called once in AppConfig.ready()."""
    if function not in _asked:
        _asked.append(function)


def overdue(call_ids: Collection[UUID]) -> set[UUID]:
    """Those of these calls whose concern no person has opened in time."""
    return {found for function in _asked for found in function(call_ids)} if call_ids else set()
