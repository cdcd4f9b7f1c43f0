"""Measures, and requests that wait for an answer, of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from tenants.inbox.handing import Column, Kind, by_taker, counted
from tenants.measures import actions, requests_actions
from tenants.measures.models import Measure, Request
from tenants.measures.requests_states import WAITING
from tenants.measures.states import OPEN


def measures(user_id: UUID) -> Iterable[UUID]:
    """The matters of a person's measures."""
    rows = Measure.objects.filter(owner=user_id, status__in=OPEN, case__state="open")
    return rows.values_list("case__concern", flat=True)


def measure_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many not ended each owns, among those that the one who asks sees; for the team's register."""
    rows = Measure.objects.filter(status__in=OPEN, case__state="open", owner__in=users)
    return counted(rows, "owner_id")


def requests(user_id: UUID) -> Iterable[UUID]:
    """The matters of the requests that a person follows up."""
    return Request.objects.filter(owner=user_id, state__in=WAITING).values_list("concern_id", flat=True)


def request_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many each follows up, among what the one who asks sees; for the team's register."""
    return counted(Request.objects.filter(state__in=WAITING, owner__in=users), "owner_id")


MEASURE = Kind("measure", 30, "tiltak", "tiltak", measures, Column(30, "Tiltak", measure_counts, "/tiltak?eier={}"),
               by_taker(actions.hand_on))  # fmt: skip
REQUEST = Kind("request", 35, "forespørsel uten svar", "forespørsler uten svar", requests,
               Column(35, "Forespørsler", request_counts, "/tiltak?eier={}"),
               by_taker(requests_actions.give_follow_up))  # fmt: skip
