"""Which version of the form a period is reported in."""

from collections.abc import Sequence
from functools import cache

from shared.codes.data_files import read
from shared.codes.forms import Form, form
from shared.codes.periods import Quarter, label, parse


@cache
def _rows() -> tuple[tuple[Quarter, str], ...]:
    """The first quarter of each version, the oldest first."""
    return tuple(sorted((parse(row["from"])[0], row["form"]) for row in read("reported_forms")["forms"]))


def form_of(quarter: Quarter) -> Form:
    """The form that a quarter is reported in; what is older than the first form is reported in that."""
    versions = [version for first, version in _rows() if first <= quarter]
    return form(versions[-1] if versions else _rows()[0][1])


def reported_form(quarters: Sequence[Quarter]) -> Form:
    """The one form of a period. Raises ValueError with a sentence where the period has two: it is reported in parts."""
    found = {form_of(quarter).version: form_of(quarter) for quarter in quarters}
    if len(found) != 1:
        raise ValueError(f"{label(quarters)} har to utgaver av skjemaet. Lag en rapport for hver del.")
    return next(iter(found.values()))
