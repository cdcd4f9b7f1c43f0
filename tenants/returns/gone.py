"""A case that is deleted by the rules: not before its figures are sent, and they stay what they were."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from shared.codes.periods import label, quarter_of
from shared.codes.steering import KNOWN, PERSON
from shared.contracts import Counts
from shared.contracts.fields import from_json, to_json
from shared.registry.queries import region_of
from tenants.kept.hooks import Leaving
from tenants.returns.counts import RegisteredCase, added, count_cases
from tenants.returns.drafts import is_over
from tenants.returns.models import EarlierCase, GoneCounts, SentReturn
from tenants.returns.queries import born_in, counted, gone_counts, registered_cases
from tenants.returns.steered import heirs, heirs_of
from tenants.returns.steered_queries import persons_by_case
from varde.access import Reader
from varde.clock import now
from varde.tenancy.door import OfficeRef, need_office
from varde.tenancy.work import work
from varde.ui.dates import day_of


def why_not(cases: Sequence[Leaving]) -> dict[UUID, str]:
    """A sentence for each case whose quarter has not been sent since it was closed.

    What was never a case is not counted, and a kommune without a region sends nothing.
    """
    if not cases or region_of(need_office()) is None:
        return {}
    born = born_in()
    # What those sent that have become this kommune stands as it is.
    quarters = {case.case_id: quarter_of(case.counted_from) for case in cases}
    quarters = {case_id: quarter for case_id, quarter in quarters.items() if born is None or quarter >= born}
    rows = SentReturn.objects.filter(period__in={str(quarter) for quarter in quarters.values()})
    last = dict(rows.values_list("period").annotate(last=Max("sent_at")).order_by())
    return {
        case.case_id: f"Tallene for {label([quarter])} er ikke sendt til regionen etter at saken ble lukket."
        for case in cases
        if case.case_id in quarters
        and ((sent := last.get(str(quarter := quarters[case.case_id]))) is None or sent < case.closed_at)
    }


def taken(ref: OfficeRef, cases: Collection[UUID]) -> Callable[[UUID, Reader], None]:
    """Read what these cases count, as the purpose that may; returns what lays it aside when one of them is deleted."""
    found: dict[UUID, RegisteredCase] = {}
    later: dict[UUID, set[UUID]] = {}
    known: set[UUID] = set()
    ended: set[UUID] = set()
    if cases:
        with work(ref, "returns"):
            every = counted()
            found = {case_id: case for case_id, case in every if case_id in cases}
            # The first case of somebody else in it stays a first case.
            known = {case_id for case_id, case in every if case.steering.get(PERSON) == KNOWN}
            later = heirs(persons_by_case())

    def lay_aside(case_id: UUID, by: Reader) -> None:
        case = found.get(case_id)
        if case is not None:
            _add(case)
            _stay_known(heirs_of(case_id, later, ended) & known)
            transaction.on_commit(lambda: ended.add(case_id))

    return lay_aside


def _stay_known(cases: Collection[UUID]) -> None:
    """The persons' next cases are not their first because an earlier one is gone."""
    for case_id in sorted(cases):
        EarlierCase(case_id=case_id).save(force_insert=True)


def _add(case: RegisteredCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('returns_gonecounts'))")
    row = GoneCounts.objects.filter(period=str(case.quarter)).first()
    counts = count_cases([case])
    if row is None:
        row = GoneCounts(period=str(case.quarter))
    else:
        counts = added(counts, from_json(Counts, row.content, "content"))
    row.content = to_json(Counts, counts, "content")
    row.save()


def not_sent(ref: OfficeRef) -> str:
    """Why the kommune cannot become part of another yet: a quarter that is over has cases and was never sent. As the
    owner of the tables."""
    if region_of(ref) is None:
        return ""
    over = {case.quarter for case in registered_cases() if is_over(case.quarter, day_of(now()))} | {
        quarter for quarter in gone_counts() if is_over(quarter, day_of(now()))
    }
    sent = set(SentReturn.objects.values_list("period", flat=True))
    waiting = sorted(quarter for quarter in over if str(quarter) not in sent)
    return f"Tallene for {label(waiting)} er ikke sendt til regionen." if waiting else ""
