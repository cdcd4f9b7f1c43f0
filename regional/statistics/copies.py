"""The copy of a half-year's protected figures, kept once all have sent for it and never changed.

What follows each return and correction the same second tells, by the difference, what one kommune sent. Half-years do
not overlap, so no copy can be taken from another.
"""

from regional.statistics.choices import choices
from regional.statistics.models import PeriodCopy
from regional.statistics.queries import quarters_with_data
from regional.statistics.reports import Report, protected_for_copy
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, format_period
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now

_HALF = 2  # quarters


def keep_complete(quarter: Quarter, by: Reader) -> None:
    """Keep the half-year of this quarter, when nobody who should send lacks in it and it has no copy yet.

    Where all would be hidden there is nothing to keep: then it waits for more to send.
    """
    turn.wait_for("statistics.copy")
    offered = [one.quarters for one in choices(quarters_with_data())]
    half = next((each for each in offered if len(each) == _HALF and quarter in each and _is_half(each)), None)
    if half is None or PeriodCopy.objects.filter(form=REPORTED, period=format_period(half)).exists():
        return
    report = protected_for_copy(half, by, offered=offered)
    if not is_complete(report, half) or report.content["cases"] is None:
        return
    row = PeriodCopy(form=REPORTED, period=format_period(half), content=report.content, made_at=now())
    row.save()
    record(by=by, action=Action.CREATE, what="statistics.copy", ids=[row.id])


def is_complete(report: Report, quarters: tuple[Quarter, ...]) -> bool:
    """Has everybody sent who should, and somebody for each quarter?"""
    sent = {quarter for own in report.sent.values() for quarter in own}
    return not report.missing and sent == set(quarters)


def _is_half(quarters: tuple[Quarter, ...]) -> bool:
    return "H" in format_period(quarters)
