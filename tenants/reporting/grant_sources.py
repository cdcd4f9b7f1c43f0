"""What the kommune has agreed about the grant, in words. The room that keeps the agreement registers itself."""

from collections.abc import Callable
from dataclasses import dataclass

from varde.access import Reader


@dataclass(frozen=True, slots=True)
class Agreed:
    """The agreement as the region wrote it to the kommune: title, host, and the kommune's own part of the grant."""

    title: str
    host: str
    share: str
    parties: tuple[str, ...]


type Source = Callable[[Reader], Agreed | None]
_sources: list[Source] = []


def agreed_by(source: Source) -> None:
    """Register the one who knows."""
    if source not in _sources:
        _sources.append(source)


def agreed(by: Reader) -> Agreed | None:
    """What holds now; None without an agreement."""
    return next((found for source in _sources if (found := source(by)) is not None), None)
