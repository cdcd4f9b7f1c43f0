"""Asking for what leaders may see, and for the cases that it is made of."""

from datetime import date

from shared.codes.periods import quarter_of
from shared.contracts import Counts
from tenants.cases.models import Case
from tenants.cases.queries import registered
from tenants.joined.queries import kept_from_somebody
from tenants.returns.counts import RegisteredCase, count_cases
from tenants.returns.leaders import Period, may_be_given
from tenants.returns.leaders_models import GivenFigures


def given() -> list[GivenFigures]:
    """Every period that has been given, the newest first."""
    return sorted(GivenFigures.objects.all(), key=lambda row: (row.period[:4], row.period), reverse=True)


def given_for(period: str) -> GivenFigures | None:
    """A period's figures, when they have been given."""
    return GivenFigures.objects.filter(period=period).first()


def countable() -> list[RegisteredCase]:
    """Cases that nobody is shut out of, of those that are there for the one who asks.

    Every coordinator gets the same: a case that one of them does not see is left out for all. So nobody who knows
    their own figures can subtract them and learn that there is a case more.
    """
    hidden = kept_from_somebody()
    return [
        RegisteredCase(quarter_of(case.counted_from), case.answers, case.form_version)
        for case in registered()
        if case.case_id not in hidden
    ]


def counts_of(period: Period) -> Counts:
    """The period's counts of those cases."""
    return count_cases(countable(), period.quarters)


def waiting(today: date) -> list[Period]:
    """Closed periods that can still be given, from the first case that nobody is shut out of."""
    rows = Case.objects.exclude(id__in=kept_from_somebody()).order_by("counted_from")
    first = rows.values_list("counted_from", flat=True).first()
    return may_be_given(quarter_of(first), [row.period for row in GivenFigures.objects.all()], today) if first else []
