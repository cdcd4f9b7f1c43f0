"""Naming the owner of the report, asking for a report, counting it, and finishing it."""

import hashlib

from django.db import IntegrityError, transaction

from shared.codes.reported_forms import reported_form
from shared.reporting.document import canonical
from tenants.reporting import queries
from tenants.reporting.access import ONLY_OWNER, require_owner
from tenants.reporting.making import Made, document
from tenants.reporting.models import Draft, Report, ReportCopy, ReturnsOwner
from tenants.reporting.states import Period, period
from tenants.returns.counts import make_return
from tenants.returns.queries import gone_counts, registered_cases, started_on
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import accounts_of
from varde.refusal import Refused
from varde.ui.dates import day_of

# The same whatever the reason is.
NOT_NOW = "Rapporten kunne ikke lages nå. Prøv igjen senere, eller be om at en annen blir rapportansvarlig."
NOT_NAMED = "Den rapportansvarlige må være en koordinator i kommunen som ingen sak er skjult for."
CHANGED = "Rapporten er talt på nytt siden du så på den. Se på den på nytt før du ferdigstiller den."


@transaction.atomic
def name_owner(*, user: User, by: Reader) -> ReturnsOwner:
    """From now on this coordinator makes the report. Raises Refused for oneself, for who is no coordinator, and for
    somebody from whom something is hidden: what, the one who names does not learn."""
    require(by, Permission.SETTINGS, Permission.OFFICE_END)
    turn.wait_for("reporting.owner")
    if by.user_id is None or by.user_id in {each.pk for each in accounts_of(user)}:
        raise Refused("Du kan ikke gjøre deg selv til rapportansvarlig. Be en annen om det.")
    if user not in queries.may_be_named():
        raise Refused(NOT_NAMED)
    row = ReturnsOwner(user=user, user_name=user.name[:200], at=now(), by_user=by.user_id, by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CREATE, what="reporting.owner", ids=[row.id])
    return row


@transaction.atomic
def order(*, value: str, by: Reader) -> Draft:
    """Ask for a report to be counted by a worker; asked twice while it waits, it is one. Raises Refused."""
    require_owner(by)
    found = _reportable(value)
    if by.user_id is None:
        raise Refused(ONLY_OWNER)
    waiting = Draft.objects.filter(period=value, ordered_by=by.user_id, done_at=None).first()
    if waiting is not None:
        return waiting
    row = Draft(period=found.value, ordered_at=now(), ordered_by=by.user_id, ordered_by_name=by.name[:200])
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="reporting.draft", ids=[row.id])
    return row


def _reportable(value: str) -> Period:
    found = period(value)
    if found is None:
        raise Refused("En rapport er for et halvår eller et år.")
    if not found.is_over(day_of(now())):
        raise Refused(f"{found.label.capitalize()} er ikke over ennå.")
    try:
        reported_form(found.quarters)
    except ValueError as error:
        raise Refused(str(error)) from error
    return found


@transaction.atomic
def make_ordered(*, by: Reader) -> int:
    """For the purpose "returns": count what has been ordered; how many orders were done.

    Whatever goes wrong, the one who asked is told the same sentence. Where a deny row hides a matter from them the
    order waits, as it does when the worker is busy, and those who name are asked to name another: a refusal would tell.
    """
    orders = list(Draft.objects.select_for_update(skip_locked=True).filter(done_at=None).order_by("ordered_at"))
    ready = [row for row in orders if queries.is_clean(row.ordered_by) or not queries.is_named(row.ordered_by)]
    for row in ready:
        _make(row, by)
    return len(ready)


def _make(row: Draft, by: Reader) -> None:
    made = _counted(row, by) if queries.is_clean(row.ordered_by) else b""
    row.content, row.done_at = made.decode(), now()
    row.digest = hashlib.sha256(made).hexdigest() if made else ""
    row.said = "" if made else NOT_NOW
    row.save(update_fields=["content", "digest", "said", "done_at"])
    # What was counted before and not finished is of no use any more.
    Draft.objects.filter(period=row.period, ordered_by=row.ordered_by).exclude(id=row.id).exclude(done_at=None).update(
        content="", digest=""
    )
    record(by=by, action=Action.CHANGE, what="reporting.draft", ids=[row.id])


def _counted(row: Draft, by: Reader) -> bytes:
    """The report's bytes, or none where it cannot be made; a fault of one report stops no other."""
    try:
        with transaction.atomic():
            return canonical(document(_made(row, by)))
    except (ValueError, LookupError, IntegrityError):
        return b""


def _made(row: Draft, by: Reader) -> Made:
    found = period(row.period)
    if found is None:
        raise ValueError("the period was checked when it was ordered")
    cases, gone, today = registered_cases(), gone_counts(), day_of(now())
    started = started_on(by.office, cases, gone) or found.quarters[0].first_day
    letter = make_return(
        cases,
        quarters=found.quarters,
        kommune_number=by.office.number,
        started_on=started,
        sent_at=now(),
        gone=gone,
    )
    last = found.quarters[-1]
    total = letter.since_start.counts.cases
    return Made(
        office=by.office.name,
        number=by.office.number,
        owner=row.ordered_by_name,
        on=today,
        period=found,
        form=reported_form(found.quarters),
        letter=letter,
        check=queries.check_of(by.office, cases, gone, total=total, started=started, until=last, today=today),
        broken=queries.breaking(queries.looked(measures=False), found.quarters),
    )


@transaction.atomic
def finish(*, draft: Draft, seen: str, by: Reader) -> Report:
    """Freeze what was counted, byte for byte; an earlier report of the period stands beside it. `seen`: the digest of
    what the page showed. Raises Refused, and NotWhole for a draft that was changed since it was counted."""
    require_owner(by)
    turn.wait_for("reporting.report")
    found = queries.draft_of(by.user_id, draft.period)
    if by.user_id is None or found is None or found.digest != seen or not found.content:
        raise Refused(CHANGED)
    queries.drafted(found)
    last = Report.objects.order_by("number").last()  # also of those that have become part of this kommune
    report = Report(
        number=last.number + 1 if last else 1,
        period=found.period,
        form=reported_form(_reportable(found.period).quarters).version,
        replaces=queries.newest_of(found.period),
        finished_at=now(),
        finished_by=by.user_id,
        finished_by_name=by.name[:200],
    )
    report.save()
    ReportCopy(report=report, draft=found.id, finished_by=by.user_id, content=found.content, digest=found.digest).save()
    record(by=by, action=Action.CREATE, what="reporting.report", ids=[report.id])
    return report
