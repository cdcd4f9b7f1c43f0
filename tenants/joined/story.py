"""What has happened in a matter that was joined, in one line of time; told on the page of the one it went on as."""

from collections.abc import Iterator

from tenants.cases.duty_parts import story_of
from tenants.cases.inbox_parts import laid_in
from tenants.cases.panels import Event
from tenants.cases.story import arrival, timeline
from tenants.inbox.models import Concern
from tenants.joined import queries
from tenants.measures.panels import early_events
from tenants.triage.queries import assessments, done_steps
from varde.ui.gone import words


def events_of(concern: Concern) -> list[Event]:
    """Every event, the newest first, whether it became a case or not."""
    case = queries.case_of(concern)
    found = timeline(case) if case else [*_before_a_case(concern)]
    return sorted(found, key=lambda event: event.when, reverse=True)


def _before_a_case(concern: Concern) -> Iterator[Event]:
    yield from arrival(concern)
    for row in assessments(concern):
        yield Event(row.decided_at, row.title, row.decided_by_name, words(row, "reason"))
    for step in done_steps(concern):
        if step.done_at is not None:
            yield Event(step.done_at, "Steg gjort", step.done_by_name, step.told)
    yield from story_of(concern)
    yield from laid_in(concern)
    yield from early_events(concern)
