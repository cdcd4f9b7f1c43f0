"""The inbox's and the team's part of «I dag»: whom to call, what the reporter wrote, calls not finished, routines."""

from collections.abc import Iterator
from datetime import datetime

from tenants.inbox import calls_access
from tenants.inbox.calls_models import Call, Callback
from tenants.inbox.due import Due, end_of
from tenants.inbox.replies_models import ReporterReply
from tenants.team.register_models import Routine
from varde.access import Permission, Reader, Role
from varde.clock import now
from varde.ui.dates import clock_time, date_and_time, day_of


def callbacks(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Whom this person is to call."""
    rows = Callback.objects.filter(owner_id=reader.user_id, done_at__isnull=True, due_at__lte=until)
    for row in rows.order_by("due_at", "id")[:most]:
        yield Due(
            "Ring tilbake", f"/innboks/ring-tilbake/{row.id}", "inbox.callback", row.concern_id or row.id,
            at=row.due_at, row=row, field="who", concern_id=row.concern_id,
        )  # fmt: skip


def replies(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """What a reporter wrote and nobody has opened, in a matter that this person sees."""
    rows = ReporterReply.objects.filter(read_at__isnull=True).order_by("at", "id")
    seen = dict.fromkeys(rows.values_list("concern_id", flat=True)[: most * 3])
    for concern_id in list(seen)[:most]:
        yield Due(
            "Ny melding fra melder", "", "inbox.receipt.reply", concern_id, concern_id=concern_id, in_matter=True
        )  # fmt: skip


def calls(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Calls that this person has not finished; a coordinator also hears whose others lie there."""
    if not reader.may(Permission.CONCERN_REGISTER):
        return
    for row in Call.objects.order_by("saved_at", "id")[:most]:
        text = f"begynt {date_and_time(row.started_at)}"
        yield Due("Samtale som ikke er ferdig", f"/innboks/samtale/{row.id}", "inbox.call", row.id, text=text)
    if reader.has(Role.COORDINATOR):
        for left in calls_access.left_by_others(now()):
            said = f"{left.name}, sist lagret {day_of(left.saved_at):%d.%m.} {clock_time(left.saved_at)}"
            yield Due("Samtale som ligger hos", "/innboks/samtale", "inbox.call", left.operator, text=said)


def routines(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Routines of the team that this person is to look over."""
    if not reader.may(Permission.TEAM_REGISTER):
        return
    rows = Routine.objects.filter(owner_id=reader.user_id, review_on__lte=day_of(until)).order_by("review_on", "id")
    for row in rows[:most]:
        yield Due(
            "Gå gjennom rutinen", f"/team/register/rutiner/{row.id}", "team.routine", row.id,
            at=end_of(row.review_on), whole_day=True, text=row.title,
        )  # fmt: skip
