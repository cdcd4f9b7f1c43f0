"""What the region says in the registry when a step is carried out or called off, wherever its word is touched."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from regional.cooperation import steps_parts as parts
from regional.cooperation import steps_queries
from regional.cooperation.agreement_models import AgreementStep
from shared.registry.models import Office
from shared.registry.standing import Party, Word
from shared.registry.standing_actions import say
from shared.registry.standing_queries import party_of, said_by, words_of
from varde.access import Reader
from varde.clock import now


def say_out(at: datetime, by: Reader, *, kommune: UUID | None = None) -> None:
    """The region's no from then on, wherever its yes holds or will hold later; None: to every kommune.

    Also where the kommune has gone out by itself or has yet to begin: no yes of ours is left for another day.
    """
    open_offices = set(Office.objects.filter(kind="kommune", active=True).values_list("id", flat=True))
    for (agreement, key), words in _bonds(said_by(by.office.id)).items():
        over = words[-1].word == "out" and words[-1].at <= at
        if kommune in (None, key) and key in open_offices and not over:
            say(agreement=agreement, region=by.office.id, kommune=key, word="out", at=at, by=by)


def take_back_out(at: datetime, by: Reader, *, kommune: UUID | None = None) -> list[UUID]:
    """The region's no that was to begin then is taken back; what else it has said for later is said anew. To whom."""
    moment, told = now(), []
    for (agreement, key), words in _bonds(said_by(by.office.id)).items():
        left = [word for word in words if word.word == "in" or word.at != at]
        if kommune not in (None, key) or len(left) == len(words):
            continue
        stance = [word for word in left if word.at <= moment][-1:]
        for word in (*stance, *_ahead(left, moment)):
            say(
                agreement=agreement, region=word.region, kommune=key, word=word.word, at=max(word.at, moment), by=by,
                host=word.host,
            )  # fmt: skip
        told.append(key)
    return told


def say_host(party: Party, at: datetime, by: Reader, *, host: bool) -> None:
    """The kommune is the host from then on, or no longer. What we have said to begin later is said once more: else
    this newer word would undo it."""
    own = _bonds(said_by(by.office.id)).get((party.agreement, party.kommune), [])
    say(agreement=party.agreement, region=by.office.id, kommune=party.kommune, word="in", at=at, by=by, host=host)
    for word in _ahead(own, at):
        say(
            agreement=word.agreement, region=word.region, kommune=word.kommune, word=word.word, at=word.at, by=by,
            host=word.host,
        )  # fmt: skip


def call_off(step: AgreementStep, why: str, by: Reader) -> None:
    """The step is not carried out. A kommune that was asked is told, and the yes it may have given lapses."""
    if step.kind == "join" and "sent" in steps_queries.codes(step):
        lapse(step, by)
        terms = parts.newest_of(step.agreement).terms
        parts.tell(step, parts.offices([parts.kommune(step).id]), None, terms, "withdrawn", by, message=why)
    parts.mark(step, "cancelled", by, text=why)


def lapse(step: AgreementStep, by: Reader) -> None:
    """The yes that a kommune gave to terms that are withdrawn counts no more. Nothing that holds is ended."""
    kommune = parts.kommune(step).id
    theirs = [word for word in words_of(step.agreement.id) if word.said_by == word.kommune == kommune]
    if not theirs or theirs[-1].word != "in":
        return
    stands = party_of(kommune, now())
    holds = stands is not None and stands.agreement == step.agreement.id
    if holds and theirs[-1].at <= now():
        return
    at = theirs[-1].at if holds else now()
    say(agreement=step.agreement.id, region=by.office.id, kommune=kommune, word="out", at=at, by=by)


def _bonds(words: Iterable[Word]) -> dict[tuple[UUID, UUID], list[Word]]:
    found: dict[tuple[UUID, UUID], list[Word]] = {}
    for word in words:
        found.setdefault((word.agreement, word.kommune), []).append(word)
    return found


def _ahead(said: list[Word], at: datetime) -> list[Word]:
    """Of one side's words in the order in which they were said: those that will take over after `at`, by time."""
    found = []
    for moment in sorted({word.at for word in said if word.at > at}):
        newest = [word for word in said if word.at <= moment][-1]
        if newest.at == moment:
            found.append(newest)
    return found
