"""The only way out of the raw pool: a report for checking against a source, where the installation was started for it.

What people see is in `regional.releases`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from regional.statistics.choices import Missing
from regional.statistics.pool import Json, raw_report
from regional.statistics.queries import pool
from shared.codes.periods import Quarter, format_period
from varde.access import Reader
from varde.audit.actions import Action, record


class RawRefused(PermissionError):
    """Raw figures may not leave this installation."""


@dataclass(frozen=True, slots=True)
class Report:
    """A raw report, and what has not come."""

    content: Json
    missing: list[Missing]


def unprotected_for_check(quarters: Sequence[Quarter], by: Reader) -> Report:
    """Raw pooled counts, to be held against a source; RawRefused unless the installation was started for it."""
    if not settings.ALLOW_RAW or settings.MODE == "production":
        raise RawRefused("Ubeskyttede tall kan bare skrives ut der VARDE_ALLOW_RAW=1 er satt, og aldri i produksjon.")
    pooled = pool(quarters, by)
    period = format_period(quarters)
    record(by=by, action=Action.EXPORT, what="statistics.report.raw", ids=[period])
    return Report(raw_report(pooled.contributions, period=period), pooled.missing)
