"""Tasks from meetings of somebody who leaves, for the hand-over."""

from collections.abc import Iterable
from uuid import UUID

from tenants.inbox.handing import Kind
from tenants.meeting import decision_actions, queries


def tasks(user_id: UUID) -> Iterable[UUID | None]:
    """The matters of a person's tasks."""
    return queries.undone().filter(queries.theirs(user_id)).values_list("concern_id", flat=True)


TASK = Kind("task", 50, "oppgave fra et møte", "oppgaver fra møter", tasks, decision_actions.give_tasks)
