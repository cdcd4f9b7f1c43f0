"""Tasks from meetings of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models.functions import Coalesce

from tenants.inbox.handing import Column, Kind, counted
from tenants.meeting import decision_actions, queries


def tasks(user_id: UUID) -> Iterable[UUID | None]:
    """The matters of a person's tasks."""
    return queries.undone().filter(queries.theirs(user_id)).values_list("concern_id", flat=True)


def task_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many each is to do, among those that the one who asks sees; for the team's register."""
    rows = queries.undone().annotate(does=Coalesce("heir_id", "owner_id")).filter(does__in=users)
    return counted(rows, "does")


TASK = Kind("task", 50, "oppgave fra et møte", "oppgaver fra møter", tasks,
            Column(50, "Oppgaver fra møter", task_counts, "/mote"), decision_actions.give_tasks)  # fmt: skip
