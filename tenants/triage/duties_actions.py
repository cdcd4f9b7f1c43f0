"""Weighing duties: each answer is a new row; the one it replaces stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from shared.codes.duties import duty, version
from tenants.inbox.models import Concern
from tenants.triage import duties, duties_queries, tell_actions, tell_queries
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.said import check_seen, lay, take_going
from tenants.triage.tell_actions import ToTell
from varde.access import Reader
from varde.clock import now
from varde.days import check_to_come
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One duty weighed. `seen` is the id of the answer that stood there, "" for none, None when no page showed any;
    `tell` is who tells whom by when, for a yes and nothing else."""

    duty: str
    answer: str
    reason: str
    seen: str | None = None
    tell: ToTell | None = None


@transaction.atomic
def weigh(*, concern: Concern, given: Sequence[Answer], by: Reader) -> list[DutyWeighed]:
    """Lay the answers, all or none. What was to be told by the answer that stood is replaced or dropped.

    Raises Refused for a missing reason, for a yes without who tells whom and for a matter that is over, Overtaken when
    somebody else answered meanwhile, ValueError for a duty that is not on the list.
    """
    held = take_going(concern, by)
    now_standing = duties_queries.newest_per_duty(duties_queries.weighed(held))
    for each in given:
        duties.check(each.answer, each.reason, told=each.tell is not None)
        if each.tell is not None:
            check_to_come(each.tell.due_on, day_of(now()))
        newest = now_standing.get(each.duty)
        check_seen(newest, each.seen, f"{duty(each.duty).label}: {newest.said if newest else ''}")
    rows = [_lay(held, each, by) for each in given]
    _tell(held, given, by)
    return rows


def _lay(concern: Concern, given: Answer, by: Reader) -> DutyWeighed:
    row = DutyWeighed(
        concern=concern, duty=given.duty, version=version(), answer=given.answer, reason=given.reason,
        settled=given.answer in duties.SETTLED,
    )  # fmt: skip
    return lay(row, what="triage.duty", by=by, reason=given.duty)


def _tell(concern: Concern, given: Sequence[Answer], by: Reader) -> None:
    waiting = tell_queries.untold(concern)
    for each in given:
        for old in waiting:
            if old.duty == each.duty:
                again = f"Plikten ble vurdert på nytt: {dict(duties.ANSWERS)[each.answer]}."
                tell_actions.drop(telling=old, because=again, by=by)
        if each.tell is not None:
            tell_actions.lay(concern=concern, duty=each.duty, what=each.tell, by=by)
