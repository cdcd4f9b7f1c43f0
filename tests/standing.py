"""Offices that say yes and no to each other, for tests about agreements; needs `house`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from shared.registry import lends_actions
from shared.registry.lends import Lend
from shared.registry.standing_actions import say
from tests.cast import TEST, ref
from varde.access import Role
from varde.clock import now
from varde.tenancy import directory
from varde.tenancy.fleet import connect
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


def lend_of(lender: str, place: str, role: Role, *, region: str = REGION, agreement: UUID | None = None) -> Lend:
    """A lend of the agreement they were born into."""
    return Lend(agreement or ref(region).id, ref(region).id, ref(lender).id, ref(place).id, role.value)


def speak_of(slug: str, lend: Lend, word: str, *, after: timedelta = timedelta(0)) -> datetime:
    """The office with this address says "in" or "out" of a lend; returns from when."""
    at = now() + after
    with work(ref(slug), TEST) as by:
        lends_actions.say(lend=lend, story=[(at, word == "in")], by=by)
    return at


def lend(lender: str, place: str, *roles: Role, region: str = REGION) -> None:
    """All whom it is about say yes now: the kommune lends people with these roles to this office."""
    for role in roles:
        for slug in {region, lender, place}:
            speak_of(slug, lend_of(lender, place, role, region=region), "in")


@contextmanager
def lent_meanwhile(lender: UUID, role: Role) -> Iterator[None]:
    """The same to the region's office, for a test that rolls back: nobody can change office within its transaction."""
    row = "INSERT INTO registry_lend VALUES (%s, %s, %s, %s, %s, %s, %s, 'in', clock_timestamp(), clock_timestamp())"
    region, made = ref(REGION).id, [uuid4(), uuid4()]
    with connect(autocommit=True) as owner:
        for key, side in zip(made, (region, lender), strict=True):
            owner.execute(row, [key, region, region, lender, region, role.value, side])
        try:
            yield
        finally:
            owner.execute("DELETE FROM registry_lend WHERE id = ANY (%s)", [made])


@contextmanager
def become(old: str, new: str) -> Iterator[None]:
    """A kommune of the region has become part of another one, which is in from now."""
    leave(old)
    leave(new, OTHER_REGION)
    join(new, REGION)
    with connect(autocommit=True) as owner:
        owner.execute(
            "UPDATE registry_office SET became = %s, active = false WHERE id = %s", [ref(new).id, ref(old).id]
        )
        directory.forget()
        try:
            yield
        finally:
            owner.execute("UPDATE registry_office SET became = NULL, active = true WHERE id = %s", [ref(old).id])
            directory.forget()
