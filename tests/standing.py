"""Offices that say yes and no to each other, for tests about agreements; needs `house`."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.registry.standing_actions import say
from tests.cast import TEST, ref
from varde.clock import now
from varde.tenancy.work import work

REGION, OTHER_REGION = "gjovikregionen", "naboregionen"


def speak(
    slug: str,
    word: str,
    *,
    kommune: str = "gjovik",
    region: str = REGION,
    agreement: UUID | None = None,
    after: timedelta = timedelta(0),
    host: bool = False,
) -> datetime:
    """The office with this address says "in" or "out", of the agreement they were born into; returns from when."""
    at = now() + after
    with work(ref(slug), TEST) as by:
        say(
            agreement=agreement or ref(region).id, region=ref(region).id, kommune=ref(kommune).id, word=word, at=at,
            host=host, by=by,
        )  # fmt: skip
    return at


def leave(kommune: str, region: str = REGION) -> datetime:
    """The kommune goes out of its region now."""
    return speak(kommune, "out", kommune=kommune, region=region)


def join(kommune: str, region: str) -> None:
    """Both say yes to an agreement now."""
    for slug in (region, kommune):
        speak(slug, "in", kommune=kommune, region=region)
