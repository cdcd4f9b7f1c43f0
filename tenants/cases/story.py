"""What has happened in a case, in one line of time."""

from collections.abc import Iterator

from tenants.cases import glass, panels, queries
from tenants.cases.models import Case, Note
from tenants.cases.panels import Event
from tenants.inbox.mistakes_queries import address, marks_of
from tenants.inbox.models import Concern
from tenants.triage.queries import assessments, done_steps
from tenants.triage.step_text_queries import address as address_of_step
from varde.ui.gone import words


def timeline(case: Case) -> list[Event]:
    """Every event, the newest first."""
    concern = case.concern
    events = [*arrival(concern), Event(case.opened_at, "Sak opprettet", case.opened_by_name)]
    events += [
        Event(row.decided_at, row.title, row.decided_by_name, words(row, "reason")) for row in assessments(concern)
    ]
    events += _done(case)
    events += _notes(case)
    events += [
        Event(row.answered_at, f"Nødåpning for {row.asked_by.name}", row.approver.name, glass.words_of(row))
        for row in queries.glass_of(case)
        if row.answered_at is not None
    ]
    events += panels.events_of(case)
    return sorted(events, key=lambda event: event.when, reverse=True)


def _done(case: Case) -> Iterator[Event]:
    for step in done_steps(case.concern):
        if step.done_at is not None:
            right_at = address_of_step(step) if case.state == "open" else ""
            yield Event(step.done_at, "Steg gjort", step.done_by_name, step.told, right_at=right_at)


def _notes(case: Case) -> Iterator[Event]:
    rows = queries.notes(case)
    marks = marks_of(Note, [row.pk for row in rows])
    for row in rows:
        mark = marks.get(row.pk)
        at = "" if mark else address(case.concern_id, "notat", row.pk)
        yield Event(row.at, "Notat", row.by_name, words(row, "text"), mark.said if mark else "", at)


def arrival(concern: Concern) -> list[Event]:
    """When it came, and when a person opened it."""
    events = [Event(concern.received_at, f"Bekymring mottatt ({concern.get_channel_display()})")]
    if concern.opened_at is not None:
        events.append(Event(concern.opened_at, "Åpnet og tatt imot", concern.opened_by_name))
    return events
