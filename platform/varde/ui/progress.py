"""Where a concern is on its way: «du er her»."""

from dataclasses import dataclass

CONCERN_STEPS = ("Mottatt", "Avklart", "Sak", "Tiltak", "Lukket")


@dataclass(frozen=True)
class Step:
    """One step; `state` is done, current or ahead. Always shown as words too, never by colour alone."""

    label: str
    state: str


def steps(current: str, labels: tuple[str, ...] = CONCERN_STEPS) -> list[Step]:
    """The steps with `current` (one of the labels) marked; ValueError for an unknown label."""
    here = labels.index(current)
    return [Step(label, _state(at, here)) for at, label in enumerate(labels)]


def _state(at: int, here: int) -> str:
    if at == here:
        return "current"
    return "done" if at < here else "ahead"
