"""Asking which duties have been weighed in a matter."""

from datetime import datetime

from shared.codes.duties import duties
from tenants.inbox.models import Concern
from tenants.triage import tell_queries
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.queries import newest_assessment
from varde.privacy.fields import open_together
from varde.ui.gone import words


def weighed(concern: Concern) -> list[DutyWeighed]:
    """Every answer, the newest first."""
    rows = list(DutyWeighed.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def newest_per_duty(rows: list[DutyWeighed]) -> dict[str, DutyWeighed]:
    """The answer that counts of each duty; of rows with the newest first."""
    return {row.duty: row for row in reversed(rows)}


def answers(rows: list[DutyWeighed]) -> dict[str, str]:
    """What counts of each duty, as codes."""
    return {code: words(row, "answer") for code, row in newest_per_duty(rows).items()}


def assess_by(concern: Concern) -> datetime | None:
    """When the decision that counts says that the matter must have been assessed."""
    newest = newest_assessment(concern)
    return newest.deadline_at if newest else None


def codes() -> list[str]:
    """The duties of the list."""
    return [each.code for each in duties()]


def reasons(concern: Concern) -> list[tuple[DutyWeighed, str]]:
    """Every answer with its reason, the oldest first; to the one that counts is added what was told, or is to be."""
    rows = weighed(concern)
    newest, told = newest_per_duty(rows), tell_queries.newest_per_duty(tell_queries.of_matter(concern))
    found = []
    for row in reversed(rows):
        counts = row.duty in told and newest[row.duty].pk == row.pk
        said = [words(row, "reason"), f"{told[row.duty].said}."] if counts else [words(row, "reason")]
        found.append((row, "\n".join(said)))
    return found
