"""The choice of languages on the public pages. The room that keeps the words names itself when it starts."""

from collections.abc import Callable, Sequence
from typing import Any

type Source = Callable[[str], Sequence[dict[str, Any]]]
_sources: list[Source] = []


def offered_by(source: Source) -> None:
    """Register the one who knows what there is, as {code, label, url, current}, for a page in a language."""
    if source not in _sources:
        _sources.append(source)


def choices(current: str) -> list[dict[str, Any]]:
    """Languages that there are words in; nothing where there is nothing to choose."""
    return [choice for source in _sources for choice in source(current)]
