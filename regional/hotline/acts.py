"""What the operator did herself because it could not wait; it travels in the letter. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.contracts import AcuteAction

# The first of each is what stands in the letter. «other» needs words.
ACTS = [
    ("ambulance", "Ringt 113 og fått ambulanse"),
    ("police", "Ringt 112 og varslet politiet"),
    ("legevakt", "Satt i kontakt med legevakten"),
    ("shelter", "Gitt plass på krisesenteret"),
    ("overnight", "Skaffet et trygt sted for natten"),
    ("other", "Noe annet"),
]
LABELS = dict(ACTS)
MOST = 10


def rows_of(acts: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each as {"what", "at" (ISO), "by_service", "note"}, the oldest first."""
    rows: list[dict[str, str]] = list(acts.get("rows", []))
    return sorted(rows, key=lambda row: row["at"])


def added(acts: Mapping[str, Any], *, what: str, at: datetime, by_service: str, note: str) -> dict[str, Any]:
    """With one more."""
    row = {"what": what, "at": at.isoformat(), "by_service": by_service, "note": note}
    return {"rows": [*rows_of(acts), row]}


def without(acts: Mapping[str, Any], place: int) -> dict[str, Any]:
    """Without the one at that place of the list; the same when there is none."""
    return {"rows": [row for at, row in enumerate(rows_of(acts)) if at != place]}


def as_letter_rows(acts: Mapping[str, Any]) -> tuple[AcuteAction, ...]:
    """As the letter has them."""
    return tuple(
        AcuteAction(
            what=row["what"], at=datetime.fromisoformat(row["at"]), by_service=row["by_service"], note=row["note"]
        )
        for row in rows_of(acts)
    )
