"""The only way from the raw pool to something shown: every report is protected, but one for checking."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from regional.statistics.across import mask, mask_cases, too_few, too_small, wider_halves
from regional.statistics.choices import Missing
from regional.statistics.pool import Json, protected_report, raw_report
from regional.statistics.queries import added_up, pool
from shared.codes.periods import Quarter, format_period
from varde.access import Reader
from varde.audit.actions import Action, record


class RawRefused(PermissionError):
    """Raw figures may not leave this installation."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report that may be shown, who has sent for which quarters, and what has not come."""

    content: Json
    sent: dict[str, list[Quarter]]
    missing: list[Missing]


def protected(quarters: Sequence[Quarter], by: Reader, *, offered: Sequence[Sequence[Quarter]] = ()) -> Report:
    """The report for people: small figures, and what would give them away, are hidden.

    `offered`: other periods shown on the same page, against which this one must also hold.
    """
    report = protected_for_copy(quarters, by, offered=offered)
    record(by=by, action=Action.VIEW, what="statistics.report", ids=[format_period(quarters)])
    return report


def protected_for_copy(quarters: Sequence[Quarter], by: Reader, *, offered: Sequence[Sequence[Quarter]]) -> Report:
    """The same, looked at by nobody: for the copy of a period that `copies` keeps."""
    beside = sorted({quarter for period in offered for quarter in period} - set(quarters))
    pooled = pool(quarters, by, beside=beside)
    period = format_period(quarters)
    content = protected_report(pooled.contributions, period=period)
    wider = wider_halves(quarters, offered, pooled.by_quarter)
    halves = [added_up(pooled.by_quarter[quarter] for quarter in half) for half in wider]
    mask(content, too_small(halves))
    if too_few(halves):
        mask_cases(content)
    return Report(content, pooled.sent, pooled.missing)


def unprotected_for_check(quarters: Sequence[Quarter], by: Reader) -> Report:
    """Raw pooled counts, to be held against a source; RawRefused unless the installation was started for it."""
    if not settings.ALLOW_RAW or settings.MODE == "production":
        raise RawRefused("Ubeskyttede tall kan bare skrives ut der VARDE_ALLOW_RAW=1 er satt, og aldri i produksjon.")
    pooled = pool(quarters, by)
    period = format_period(quarters)
    record(by=by, action=Action.EXPORT, what="statistics.report.raw", ids=[period])
    return Report(raw_report(pooled.contributions, period=period), pooled.sent, pooled.missing)
