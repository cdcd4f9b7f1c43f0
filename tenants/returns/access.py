"""Who sees which figures in the kommune (decision 1).

Only coordinators see raw figures: those of the cases that are there for them, marked «tall du har tilgang til». What
is sent is counted by a worker and may be more. Team members see only their own cases, and leaders none, so raw figures
would tell them of others: they see that a quarter was ordered, by whom and whether it has arrived, not the counts.
Nobody is told whether what was sent differs from what was sent before: the difference may be a case that they do not
see.
"""

from shared.codes.periods import Quarter
from tenants.returns import queries
from tenants.returns.counts import RegisteredCase
from tenants.returns.queries import Ordered
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def sees_figures(by: Reader) -> bool:
    """May this reader see the office's raw figures?"""
    return by.may(Permission.RETURNS_SEND)


def cases(by: Reader) -> list[RegisteredCase]:
    """The cases that the reader sees, as they are counted; nothing for those who see no figures."""
    if not sees_figures(by):
        return []
    record(by=by, action=Action.VIEW, what="returns.figures")
    return queries.registered_cases()


def ordered(by: Reader) -> dict[Quarter, Ordered]:
    """What has been ordered, when, by whom, and whether it has arrived; no counts."""
    record(by=by, action=Action.LIST, what="returns.sent")
    return queries.ordered()
