"""Legal references: duties to weigh at triage, and grounds on which something may be shared."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from shared.codes.data_files import read


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A section of an act. `kind`: a duty to weigh (with its `question`), a ground for sharing, or for a measure.

    `valid_from` is None where the date has not been checked.
    """

    code: str
    act: str
    section: str
    label: str
    kind: Literal["duty", "ground", "measure"]
    question: str
    url: str
    valid_from: date | None
    valid_to: date | None

    @property
    def citation(self) -> str:
        """For example «straffeloven § 196»; the label where no act is named."""
        return f"{self.act} {self.section}" if self.act else self.label


@cache
def references() -> tuple[LegalReference, ...]:
    """Return every reference of the shipped version."""
    return tuple(_reference(row) for row in read("legal")["references"])


def duties(on: date | None = None) -> tuple[LegalReference, ...]:
    """Return the duties to weigh, those in force `on` a date when it is given."""
    return tuple(found for found in references() if found.kind == "duty" and _in_force(found, on))


def grounds(on: date | None = None) -> tuple[LegalReference, ...]:
    """Return the grounds for sharing, those in force `on` a date when it is given."""
    return tuple(found for found in references() if found.kind == "ground" and _in_force(found, on))


def reference(code: str) -> LegalReference:
    """Return the reference with this code. Raises ValueError when there is none."""
    for found in references():
        if found.code == code:
            return found
    raise ValueError(f"Ukjent hjemmel «{code}».")


def _reference(row: dict[str, Any]) -> LegalReference:
    days = {name: row[name] and date.fromisoformat(row[name]) for name in ("valid_from", "valid_to")}
    return LegalReference(**(row | days))


def _in_force(found: LegalReference, on: date | None) -> bool:
    if on is None:
        return True
    return (found.valid_from or on) <= on <= (found.valid_to or on)
