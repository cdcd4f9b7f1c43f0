"""Does a signature hold? Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Signed:
    """When, which text by its print, and until which day."""

    at: datetime
    sha256: str
    until: date


def holding(signed: Iterable[Signed], *, sha256: str, role_since: datetime | None, today: date) -> Signed | None:
    """The signature that holds the longest: of the text in force, since the role was given, and not run out."""
    fits = (
        one for one in signed
        if role_since is not None and one.at >= role_since and one.sha256 == sha256 and one.until >= today
    )  # fmt: skip
    return max(fits, key=lambda one: one.until, default=None)


def standing(found: Signed | None, today: date) -> str:
    """ "missing", "soon" (30 days left) or "ok"."""
    if found is None:
        return "missing"
    return "soon" if found.until - today <= SOON else "ok"
