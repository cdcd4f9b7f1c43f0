"""What the anonymous registration of a case says in words. The room that keeps it knows this one, and registers."""

from collections.abc import Callable

from shared.contracts.known import KnownWords
from tenants.cases.models import Case

type Source = Callable[[Case], KnownWords | None]
_sources: list[Source] = []


def said_by(source: Source) -> None:
    """Register the one who knows."""
    if source not in _sources:
        _sources.append(source)


def words_of(case: Case) -> KnownWords | None:
    """The words; None where nothing is said."""
    return next((found for source in _sources if (found := source(case)) is not None), None)
