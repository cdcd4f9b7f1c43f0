"""Asking what has been written and done in a matter, whether it is a case or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.contracts import EarlierNote
from tenants.inbox.mistakes_queries import address, marks_of, unmarked
from tenants.inbox.models import Concern
from tenants.triage import step_text_queries
from tenants.triage.notes_models import Note
from tenants.triage.queries import done_steps
from tenants.triage.states import DECIDABLE
from varde.privacy.fields import open_together
from varde.ui.gone import words


@dataclass(frozen=True, slots=True)
class Done:
    """A line of what has been done before a matter was a case."""

    when: datetime
    title: str
    who: str
    text: str
    wrong: str = ""
    mark_at: str = ""
    right_at: str = ""


def notes(concern: Concern) -> list[Note]:
    """What was written before it was a case, the oldest first."""
    rows = list(Note.objects.filter(concern=concern).order_by("at", "id"))
    open_together(rows)
    return rows


def to_follow(concern: Concern) -> list[EarlierNote]:
    """The notes as they go along when the concern is sent back, without those that were entered wrongly."""
    rows = list(unmarked(Note.objects.filter(concern=concern)).order_by("at", "id"))
    open_together(rows)
    return [EarlierNote(at=row.at, text=row.text) for row in rows]


def written(concern: Concern) -> Iterator[Done]:
    """The notes as lines, each with its mark when it was entered wrongly, else with where it is marked."""
    rows = notes(concern)
    marks = marks_of(Note, [row.pk for row in rows])
    for row in rows:
        mark = marks.get(row.pk)
        at = "" if mark else address(concern.pk, "tidlig-notat", row.pk)
        yield Done(row.at, "Notat", row.by_name, words(row, "text"), mark.said if mark else "", at)


def done(concern: Concern) -> list[Done]:
    """Notes and steps that are done, the newest first."""
    return sorted(_done(concern), key=lambda each: each.when, reverse=True)


def _done(concern: Concern) -> Iterator[Done]:
    yield from written(concern)
    for step in done_steps(concern):
        if step.done_at is not None:
            right_at = step_text_queries.address(step) if concern.progress in DECIDABLE else ""
            yield Done(step.done_at, "Steg gjort", step.done_by_name, step.told, right_at=right_at)
