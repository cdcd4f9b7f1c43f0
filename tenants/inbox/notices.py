"""Telling that something is new: never what, never about whom, and only to those who may see it."""

from collections.abc import Iterable
from uuid import UUID

from tenants.inbox import queries
from tenants.inbox.models import Concern
from varde.access import Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def something_new(ref: OfficeRef, concerns: Iterable[Concern]) -> list[Concern]:
    """Mail everybody who may open one of the concerns, once each, except who registered it; returns those told of.

    A mail tells that there is something. So who must not see a concern is not told of it either, and those who give
    roles are told at once only when nobody at all does the team's work: of one concern that nobody may open they hear
    at the fixed hours of `look_for_unwatched`, so that the mail does not say when it came.
    """
    wanted = {concern: _addresses(concern) for concern in concerns}
    if wanted and not queries.staffed():
        unstaffed(ref)
    told = tell("new", to=sorted(set().union(*wanted.values())), ref=ref)
    return [concern for concern, addresses in wanted.items() if addresses <= told]


def new_replies(ref: OfficeRef, concern_ids: Iterable[UUID]) -> set[UUID]:
    """Mail everybody who sees a matter whose reporter has written, once each; returns the matters told of."""
    wanted = {each: {person.email for person in queries.readers_of(each)} for each in concern_ids}
    told = tell("new", to=sorted(set().union(*wanted.values())), ref=ref)
    return {each for each, addresses in wanted.items() if addresses <= told}


def _addresses(concern: Concern) -> set[str]:
    people = queries.readers_of(concern.id)
    return {person.email for person in people if person.id != concern.registered_by}


def unstaffed(ref: OfficeRef) -> None:
    """The team lacks people: told to those who can give somebody a role, without a word of why it is seen now."""
    tell("unstaffed", to=[person.email for person in people(Role.ADMINISTRATOR)], ref=ref)
