"""Every day what was confirmed a week ago is destroyed, and what is due is marked and told. Also `varde retention`."""

from collections import Counter

from django.db import OperationalError

from tenants.inbox.queries import readers_of
from tenants.kept import ending, hooks, queries
from tenants.kept.models import DueMark, Tombstone
from tenants.kept.states import LOOSE
from tenants.triage.queries import coordinators
from varde.celery import office_task
from varde.clock import now
from varde.notify import mail
from varde.privacy.errors import CannotOpen
from varde.refusal import Refused
from varde.retention.registry import Done, Line
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

BUSY = "Noen skrev i saken akkurat da. Den slettes neste natt."


@office_task("kept.daily", every=86_400, kinds=("kommune",))
def daily(ref: OfficeRef) -> None:
    """First what is confirmed, then the look at what is due, so that nobody is told of what is gone."""
    run(ref)
    with work(ref, "retention") as by:
        tell(ref, ending.mark_due(by=by))


def tell(ref: OfficeRef, new: list[DueMark]) -> None:
    """One mail to each coordinator who sees something that is due, else to those who see it: that something is, never
    what. Once per mark."""
    leading = set(coordinators())
    able = {mark: readers_of(mark.concern_id) for mark in new}
    whom = {mark: [one for one in people if one in leading] or people for mark, people in able.items()}
    told = mail.tell("due", to=sorted({one.email for people in whom.values() for one in people}), ref=ref)
    reached = [mark.pk for mark, people in whom.items() if told & {one.email for one in people}]
    DueMark.objects.filter(pk__in=reached).update(told_at=now())


def run(ref: OfficeRef) -> Done:
    """Destroy what is confirmed, each matter with those it was ever joined with in a transaction of its own: one that
    cannot go holds back those alone."""
    with work(ref, "retention"):
        orders = queries.ready_orders(now())
        groups = queries.together(orders)
    keep = hooks.taken(ref, [case_id for case_id in orders.values() if case_id is not None])
    gone, reasons = 0, []
    for group in groups:
        try:
            with work(ref, "retention") as by:
                gone += len(ending.end_together(orders=group, keep=keep, by=by))
        except (Refused, CannotOpen) as error:
            reasons.append(str(error))
        except OperationalError:
            reasons.append(BUSY)
    with work(ref, "retention") as by:
        gone += ending.end_loose(by=by)
    return Done(gone, len(reasons), tuple(reasons))


def look(ref: OfficeRef) -> list[Line]:
    """Counts per class, for whoever runs the installation."""
    with work(ref, "retention"):
        known, matters = queries.classes(), queries.seen(whole=False).values()
        over = Counter(one.standing.chosen.code for one in matters)
        due = Counter(one.standing.chosen.code for one in matters if one.standing.is_due)
        confirmed = Counter(one.standing.chosen.code for one in matters if one.order is not None)
        loose = queries.loose()
        over.update(row.kind for row in loose)
        due.update(row.kind for row in queries.loose_due(loose, known))
        for kind in LOOSE:
            clearing = queries.clearings(kind).first()
            if clearing is not None:
                days = [day_of(row.at) for row in loose if row.kind == kind]
                confirmed[kind] = sum(day <= clearing.through for day in days)
        gone = Counter(Tombstone.objects.values_list("class_code", flat=True))
    return [
        Line(one.name, one.decided, over[code], due[code], confirmed[code], gone[code]) for code, one in known.items()
    ]
