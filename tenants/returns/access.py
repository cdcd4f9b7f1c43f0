"""Who sees which figures in the kommune (decision 1).

Only the coordinator, who sees every case, sees the raw figures of the whole office; they are marked «tall du har
tilgang til». Team members see only their own cases, and leaders none, so raw figures would tell them of others:
they see that a quarter has been sent and when, not the counts.
"""

from shared.codes.periods import Quarter
from tenants.returns import queries
from tenants.returns.counts import RegisteredCase
from tenants.returns.queries import Sending
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
    return queries.registered_cases(by)


def sendings(by: Reader) -> dict[Quarter, Sending]:
    """What has been sent, when, and whether it has arrived; no counts."""
    record(by=by, action=Action.LIST, what="returns.sent")
    return queries.sendings()
