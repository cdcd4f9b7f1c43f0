"""What is known of how the people of a matter are safely reached. Who may see it: those who see the matter."""

from collections.abc import Mapping

from shared.contracts.safe_ways import from_told
from tenants.inbox import callbacks_access
from tenants.inbox.calls_known import APART, SAFE_OF_PERSON
from tenants.inbox.calls_models import Caller
from tenants.inbox.facts import hidden_in, hidden_texts
from tenants.inbox.models import Concern
from tenants.inbox.safe import (
    CALLER,
    EXPOSED,
    REPORTER,
    UNCLEAR,
    WHOSE,
    Piece,
    Safe,
    gather,
    told_elsewhere,
)
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.dates import date_and_time
from varde.ui.gone import GONE, words


def of_matter(concern: Concern) -> list[Safe]:
    """Of each person what holds now; nothing before somebody has opened the concern."""
    if concern.progress == "received":
        return []
    return gather(
        [
            *told_elsewhere(concern),
            *told_in(concern, hidden_in(concern)),
            *callbacks_access.said_in(concern),
            *_callers(concern),
        ]
    )


def told_in(concern: Concern, instead: Mapping[str, str]) -> list[Piece]:
    """What came with the concern; `instead` stands for fields that no page shows. Where the two were not asked apart,
    nobody can know of whom it speaks."""
    at, ways = concern.received_at, from_told(words(concern, "safe_contact"))
    if not concern.safe_apart:
        return [Piece("Sagt da bekymringen kom", at, ways, f"{UNCLEAR}told")]
    person = Piece(WHOSE[EXPOSED], at, from_told(instead.get("safe_person") or words(concern, "safe_person")), EXPOSED)
    return [person, Piece(WHOSE[REPORTER], at, ways, REPORTER)]


def _callers(concern: Concern) -> list[Piece]:
    """Whoever rang later need not be whoever reported: each stands apart, without a name."""
    rows = list(Caller.objects.filter(concern=concern).order_by("at", "id"))
    open_together(rows)
    said = {row.pk: _said(row) for row in rows}
    instead = hidden_texts(concern, {text for fields in said.values() for text in (fields or {}).values()})
    return [piece for row in rows for piece in _of_call(row, said[row.pk], instead)]


def _said(row: Caller) -> Mapping[str, str] | None:
    """What was said of how both are reached; None when it has been deleted for good."""
    try:
        return {name: str(row.told.get(name, "")) for name in ("safe_contact", *SAFE_OF_PERSON, APART)}
    except Destroyed:
        return None


def _of_call(row: Caller, fields: Mapping[str, str] | None, instead: Mapping[str, str]) -> list[Piece]:
    when = date_and_time(row.at)
    if fields is None:
        return [Piece(f"Sagt i en samtale {when}", row.at, {"safe_ways": GONE}, f"{CALLER}{row.id}")]
    said = {name: instead.get(text, text) for name, text in fields.items()}
    ways, around = {"safe_ways": said["safe_contact"]}, {name: said[name] for name in ("listening", "interpreter")}
    if not said[APART]:
        return [Piece(f"Sagt i en samtale {when}", row.at, ways | around, f"{UNCLEAR}{row.id}")]
    return [
        Piece(WHOSE[EXPOSED], row.at, {"safe_ways": said["safe_person"]} | around, EXPOSED),
        Piece(f"Den som ringte {when}", row.at, ways, f"{CALLER}{row.id}"),
    ]
