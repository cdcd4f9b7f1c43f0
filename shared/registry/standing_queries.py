"""Asking who works together. The same answers inside an office and on the public host."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shared.registry import standing
from shared.registry.models import Office
from shared.registry.standing import ALWAYS, Party, Word
from shared.registry.standing_models import Standing


def party_of(kommune_id: UUID, at: datetime) -> Party | None:
    """The agreement that a kommune is in at this time."""
    return next(iter(standing.in_force(words_on(kommune_id), at=at)), None)


def parties(region_id: UUID, at: datetime) -> list[Party]:
    """The kommuner that are in an agreement with this region at this time."""
    return [party for party in standing.in_force(_known(region_id), at=at) if party.region == region_id]


def parties_during(region_id: UUID, start: datetime, end: datetime) -> list[Party]:
    """The kommuner that were in one at some time from `start` until before `end`, also those that have left since."""
    return parties_in_each(region_id, [(start, end)])[0]


def left(region_id: UUID, at: datetime) -> set[UUID]:
    """The kommuner that have been in the region and are not in it at this time."""
    words = _known(region_id)
    been = {party.kommune for party in standing.during(words, start=ALWAYS, end=at) if party.region == region_id}
    return been - {party.kommune for party in standing.in_force(words, at=at) if party.region == region_id}


def parties_in_each(region_id: UUID, spans: Iterable[tuple[datetime, datetime]]) -> list[list[Party]]:
    """The same for each of several spans; one query."""
    words = _known(region_id)
    found = (standing.during(words, start=start, end=end) for start, end in spans)
    return [[party for party in parties if party.region == region_id] for parties in found]


def heirs(region_id: UUID, at: datetime) -> dict[UUID, tuple[UUID, datetime]]:
    """Kommuner that have become part of one that is in the region at this time: former -> (the new one, since when)."""
    became = dict(Office.objects.filter(became__isnull=False, kind="kommune").values_list("id", "became"))
    here = {party.kommune: party.since for party in parties(region_id, at)} if became else {}
    return {former: (new, here[new]) for former, new in became.items() if new in here}


def together(one: UUID, other: UUID, at: datetime) -> bool:
    """Were a region and a kommune, in either order, in an agreement with each other at this time?"""
    found = standing.in_force(_words(Standing.objects.filter(kommune__in=[one, other])), at=at)
    return any({party.region, party.kommune} == {one, other} for party in found)


def regions_at(kommuner: Iterable[UUID], at: datetime) -> dict[UUID, UUID]:
    """Which region each of these kommuner is in at this time; those in none are left out."""
    words = _words(Standing.objects.filter(kommune__in=list(kommuner)))
    return {party.kommune: party.region for party in standing.in_force(words, at=at)}


def words_of(agreement: UUID) -> list[Word]:
    """Everything that has been said of an agreement, the oldest first."""
    return _words(Standing.objects.filter(agreement=agreement))


def words_on(kommune_id: UUID) -> list[Word]:
    """Everything that a kommune and its regions have said to each other, the oldest first."""
    return _words(Standing.objects.filter(kommune=kommune_id))


def said_by(office_id: UUID) -> list[Word]:
    """Everything that an office itself has said, the oldest first."""
    return _words(Standing.objects.filter(said_by=office_id))


def _known(region_id: UUID) -> list[Word]:
    """All that decides who is in this region: a kommune's words with another one too."""
    kommuner = Standing.objects.filter(region=region_id).values("kommune")
    return _words(Standing.objects.filter(kommune__in=kommuner))


def _words(rows: Iterable[Standing]) -> list[Word]:
    return sorted((row.said for row in rows), key=lambda word: (word.said_at, word.id))
