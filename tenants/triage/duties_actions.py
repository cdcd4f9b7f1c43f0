"""Weighing duties: each answer is a new row; the one it replaces stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from shared.codes.duties import duty, version
from tenants.inbox.models import Concern
from tenants.triage import duties, duties_queries
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.said import check_seen, lay, take
from varde.access import Reader


@dataclass(frozen=True, slots=True)
class Answer:
    """One duty weighed. `seen` is the id of the answer that stood there, "" for none, None when no page showed any."""

    duty: str
    answer: str
    reason: str
    seen: str | None = None


@transaction.atomic
def weigh(*, concern: Concern, given: Sequence[Answer], by: Reader) -> list[DutyWeighed]:
    """Lay the answers, all or none.

    Raises Refused for a missing reason, Overtaken when somebody else answered meanwhile, ValueError for a duty that is
    not on the list.
    """
    held = take(concern, by)
    now_standing = duties_queries.newest_per_duty(duties_queries.weighed(held))
    for each in given:
        duties.check(each.answer, each.reason)
        newest = now_standing.get(each.duty)
        check_seen(newest, each.seen, f"{duty(each.duty).label}: {newest.said if newest else ''}")
    return [_lay(held, each, by) for each in given]


def _lay(concern: Concern, given: Answer, by: Reader) -> DutyWeighed:
    row = DutyWeighed(
        concern=concern, duty=given.duty, version=version(), answer=given.answer, reason=given.reason
    )  # fmt: skip
    return lay(row, what="triage.duty", by=by, reason=given.duty)
