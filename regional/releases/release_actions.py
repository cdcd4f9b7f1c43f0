"""The worker's side of a release: prepared, worked out, entered as said, kept for a second person, and given out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from regional.releases import keeping
from regional.releases.drafting import Draft, Job, job_of
from regional.releases.entering import enter, in_turn
from regional.releases.ledger import Ledger, Said
from regional.releases.making import History
from regional.releases.marks import made_mark, tie_key
from regional.releases.models import FrozenCopy, KeptKind, LedgerEntry, Wish, WishState
from regional.releases.problem import Json, World
from regional.releases.queries import true_facts, world
from regional.releases.statements import canonical, digest
from regional.releases.stops import CLAIMED, Unsettled
from regional.releases.wish_actions import done, held, ready, who_of
from varde.access import Reader
from varde.refusal import Refused

MOVED = "Det er skjedd noe i hovedboken siden. Det blir gjort på nytt."
CHANGED = "Utkastet er ikke det som ble godkjent. Ingenting er gitt ut."
SHOWN = "Utkastet er alt gitt ut."
NOT_APPROVED = "Utkastet er ikke godkjent."


class Moved(Refused):
    """Something was said, or kommuner became one, while it was worked on: it is done again."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What something was worked out from; it must be the same when it is entered."""

    told: Ledger
    head: int
    world: World
    history: History

    def check(self, by: Reader) -> Ledger:
        """The ledger, in turn. Raises Moved and Broken."""
        told = in_turn(by)
        if end() != self.head or world(told) != self.world:
            raise Moved(MOVED)
        return told


@transaction.atomic
def stand(by: Reader) -> Stand:
    """Everything that is known now. Raises Broken."""
    told = in_turn(by)
    found = world(told)
    facts = true_facts(told, found)
    return Stand(told, end(), found, told.history.with_facts(facts))


@transaction.atomic
def prepare(*, wish: UUID, by: Reader) -> tuple[Job, bytes] | None:
    """Everything that the draft is made from, and the key that breaks ties; None where an old draft is shown again.

    Raises Refused and Broken.
    """
    told = in_turn(by)
    row = held(wish, WishState.WAITING)
    if told.unsettled:
        raise Unsettled(CLAIMED)
    about: Any = row.about
    old = told.to_give_out(about["period"])
    if old is not None:
        _show(row, old, by)
        return None
    found = world(told)
    return job_of(told, end(), found, true_facts(told, found), about["period"]), tie_key()


@transaction.atomic
def keep(*, wish: UUID, job: Job, draft: Draft, by: Reader) -> Wish:
    """The draft is said: it stands in the ledger before anybody can look at it. Raises Refused where it has been
    dropped, and Moved."""
    told = in_turn(by)
    row = held(wish, WishState.WAITING)
    if end() != job.head or world(told) != job.world:
        raise Moved(MOVED)
    marks = {
        "kept": keeping.keep(KeptKind.DRAFT, draft.kept | {"entry": draft.entry}, wish),
        "proof": keeping.keep(KeptKind.PROOF, draft.proof, wish),
    }
    enter("drafted", draft.entry | marks | {"wish": str(wish)}, name=row.asked_by_name, by=by)
    said = in_turn(by).to_give_out(job.period)
    if said is None:
        raise Refused(CHANGED)
    return _show(row, said, by)


def _show(row: Wish, said: Said, by: Reader) -> Wish:
    """The draft lies ready for another person."""
    kept = keeping.kept(KeptKind.DRAFT, said.kept)
    made = {
        "number": said.number,
        "period": said.period,
        "copy": kept["copy"],
        "levels": kept["levels"],
        "rule": kept["entry"]["rule"],
        "audit": kept["entry"]["audit"],
    }
    return ready(row, made, by, drafted=said.number)


@transaction.atomic
def publish(*, wish: UUID, seen: Stand, by: Reader) -> LedgerEntry:
    """What was approved is given out, byte for byte, if what it was audited with (`seen`) still stands.

    Raises Refused, Moved and Broken.
    """
    told = seen.check(by)
    row = held(wish, WishState.APPROVED)
    said = to_publish(told, row)
    kept = keeping.kept(KeptKind.DRAFT, said.kept)
    made: Any = row.made
    if made_mark(canonical(made)) != row.made_digest or canonical(made["copy"]) != canonical(kept["copy"]):
        raise Refused(CHANGED)
    content = _content(kept, said, row)
    entry = enter("release", content, name=row.approved_by_name, by=by)
    FrozenCopy(entry=entry, content=canonical(kept["copy"]).decode()).save()
    done(row, by)
    return entry


def to_publish(told: Ledger, row: Wish) -> Said:
    """The draft that is to be given out. Raises Refused."""
    if row.state != WishState.APPROVED or row.drafted is None:
        raise Refused(NOT_APPROVED)
    if told.unsettled:
        raise Unsettled(CLAIMED)
    said = next((each for each in told.drafted if each.number == row.drafted), None)
    if said is None:
        raise Refused(CHANGED)
    if any(each.drafted == said.number and not each.withdrawn for each in told.releases):
        raise Refused(SHOWN)
    return said


def _content(kept: Json, said: Said, row: Wish) -> Json:
    """The draft's own row, what it says, and who."""
    drafted: Json = LedgerEntry.objects.get(number=said.number).content
    return {
        **drafted,
        "drafted": said.number,
        "statements": kept["statements"],
        "levels": kept["levels"],
        "copy": digest(canonical(kept["copy"])),
        **who_of(row),
    }


def end() -> int:
    """The number of the ledger's last row."""
    return LedgerEntry.objects.count()
