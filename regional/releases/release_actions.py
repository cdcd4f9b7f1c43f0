"""The worker's side of a release: prepared, worked out, kept for a second person, and given out as it was approved."""

import zlib
from typing import Any
from uuid import UUID

from django.db import transaction

from regional.releases.drafting import Draft, Job, job_of
from regional.releases.entering import enter, in_turn, only_worker
from regional.releases.marks import proof_mark, tie_key
from regional.releases.models import FrozenCopy, LedgerEntry, Proof, Wish, WishState
from regional.releases.queries import frozen, world
from regional.releases.statements import canonical, digest
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused

OLD = "Det er gitt ut noe annet siden utkastet ble laget. Be om et nytt."
CHANGED = "Utkastet er ikke det som ble godkjent. Ingenting er gitt ut."
BY_COMMAND = "Driften av installasjonen, med kommando"


@transaction.atomic
def prepare(*, wish: UUID, by: Reader) -> tuple[Job, bytes]:
    """Everything that the draft is made from, and the key that breaks ties. Raises Refused and Broken."""
    told = in_turn(by)
    about: Any = _waiting(wish).about
    return job_of(told, _end(), world(told), about["period"], about["tables"]), tie_key()


@transaction.atomic
def keep(*, wish: UUID, draft: Draft, by: Reader) -> Wish:
    """The draft is ready to be looked at. Raises Refused where it has been dropped."""
    only_worker(by)
    row = _waiting(wish)
    mark = proof_mark(draft.proof)
    Proof(wish=row.id, content=zlib.compress(draft.proof, 9), mark=mark).save()
    made = {"entry": draft.entry | {"proof": mark}, "copy": draft.copy}
    row.state, row.made, row.head = WishState.READY, made, draft.head
    row.made_digest, row.said = digest(canonical(made)), ""
    row.save(update_fields=["state", "made", "made_digest", "head", "said"])
    record(by=by, action=Action.CHANGE, what="releases.wish", ids=[row.id])
    return row


@transaction.atomic
def fail(*, wish: UUID, said: str, was: str, by: Reader) -> Wish:
    """It could not be done; why, as a sentence. Nothing is changed where it has gone on since it `was` begun."""
    only_worker(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    if row.state != was:
        return row
    row.state, row.said, row.done_at = WishState.FAILED, said[:600], now()
    row.save(update_fields=["state", "said", "done_at"])
    record(by=by, action=Action.CHANGE, what="releases.wish", ids=[row.id])
    return row


@transaction.atomic
def publish(*, wish: UUID, by: Reader) -> LedgerEntry:
    """What was approved is given out, byte for byte, if nothing has been said or changed since it was made.

    Raises Refused and Broken.
    """
    told = in_turn(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    if row.state != WishState.APPROVED or row.made is None:
        raise Refused("Utkastet er ikke godkjent.")
    made: Any = row.made
    if digest(canonical(made)) != row.made_digest or digest(canonical(made["copy"])) != made["entry"]["copy"]:
        raise Refused(CHANGED)
    if row.head != _end() or not Proof.objects.filter(wish=row.id, mark=made["entry"]["proof"]).exists():
        raise Refused(OLD)
    frozen(told)
    who = {"asked_by": row.asked_by_name, "approved_by": row.approved_by_name, "wish": str(row.id)}
    entry = enter("release", made["entry"] | who, name=row.approved_by_name, by=by)
    FrozenCopy(entry=entry, content=canonical(made["copy"]).decode()).save()
    row.state, row.done_at = WishState.DONE, now()
    row.save(update_fields=["state", "done_at"])
    return entry


@transaction.atomic
def ask_by_command(*, period: str, tables: list[str], by: Reader) -> Wish:
    """A wish of whoever runs the installation, who answers for it alone; the ledger says so."""
    only_worker(by)
    row = Wish(kind="release", about={"period": period, "tables": tables}, asked_at=now(), asked_by_name=BY_COMMAND)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="releases.wish", ids=[row.id])
    return row


@transaction.atomic
def approve_by_command(*, wish: UUID, by: Reader) -> Wish:
    """The command's own wish; what a person asked for is approved by a person."""
    only_worker(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    if row.asked_by is not None or row.state != WishState.READY:
        raise Refused("Det et menneske har bedt om, må et annet menneske godkjenne.")
    row.state, row.approved_at, row.approved_by_name = WishState.APPROVED, now(), BY_COMMAND
    row.save(update_fields=["state", "approved_at", "approved_by_name"])
    record(by=by, action=Action.CHANGE, what="releases.wish", ids=[row.id])
    return row


def _waiting(wish: UUID) -> Wish:
    row = Wish.objects.select_for_update().filter(pk=wish, state=WishState.WAITING).first()
    if row is None:
        raise Refused("Ønsket er trukket tilbake eller alt avgjort.")
    return row


def _end() -> int:
    return LedgerEntry.objects.count()


@transaction.atomic
def set_ready(*, wish: UUID, by: Reader) -> Wish:
    """What needs a second person and no draft can be looked at as it was asked for."""
    only_worker(by)
    row = _waiting(wish)
    row.state, row.made, row.head = WishState.READY, row.about, _end()
    row.made_digest = digest(canonical(row.about))
    row.save(update_fields=["state", "made", "made_digest", "head"])
    record(by=by, action=Action.CHANGE, what="releases.wish", ids=[row.id])
    return row


@transaction.atomic
def finish(*, wish: UUID, by: Reader) -> Wish:
    """It is done."""
    only_worker(by)
    row = Wish.objects.select_for_update().get(pk=wish)
    row.state, row.done_at = WishState.DONE, now()
    row.save(update_fields=["state", "done_at"])
    record(by=by, action=Action.CHANGE, what="releases.wish", ids=[row.id])
    return row


@transaction.atomic
def stopped(*, wish: UUID, said: str, by: Reader) -> None:
    """How far the draft has come. Raises Refused when somebody has dropped it meanwhile."""
    only_worker(by)
    row = _waiting(wish)
    row.said = said
    row.save(update_fields=["said"])
