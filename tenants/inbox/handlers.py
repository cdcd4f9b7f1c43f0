"""Letters that become concerns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from shared.contracts import AcuteAction, ConcernHandover, EarlierNote, Redirected, TestConcern
from shared.contracts.fields import to_json
from shared.post.handlers import Envelope
from tenants.inbox import calls_known, returned_actions
from tenants.inbox.actions import Carried, receive
from tenants.inbox.returned_models import FromPhone, Trial
from tenants.inbox.told import Told
from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.clock import now

_SHARED = {field.name for field in fields(Told)} & {field.name for field in fields(ConcernHandover)}


class WrongSender(ValueError):
    """A letter from an office that sends no such letters; it stays in the post where it is seen."""


def store_handover(letter: ConcernHandover, envelope: Envelope, by: Reader) -> None:
    """One letter is one concern, also when it is delivered again after a restore.

    The concern counts as received when the caller told it: its age must not shrink because the post was slow.
    """
    if envelope.sender.kind != "region":
        raise WrongSender("Bare en vakttelefon sender bekymringer slik.")
    told = Told(**{name: getattr(letter, name) for name in _SHARED})
    if letter.names_matter:
        said = calls_known.sentence(letter.names_matter)
        told = replace(told, extra="\n\n".join(filter(None, [told.extra, said])))
    carried = Carried(envelope.id, letter.reference[:20], envelope.sender.id)
    with once_per_letter(envelope, by):
        at = min(letter.taken_at, now())
        got = receive(told=told, channel="hotline", by=by, received_at=at, carried=carried)
        calls_known.tie_to_named(got.concern_id, letter.names_matter, by)
        _keep_beside(letter, got.concern_id)


def _keep_beside(letter: ConcernHandover, concern_id: UUID) -> None:
    """What the letter says beside the told words, where it says something."""
    if not (letter.acute_actions or letter.service or letter.times or letter.added):
        return
    done = [to_json(AcuteAction, each, "acute_actions") for each in letter.acute_actions]
    noted = [to_json(EarlierNote, each, "added") for each in letter.added]
    FromPhone(
        concern_id=concern_id,
        service=letter.service,
        times=letter.times,
        done={"rows": done} if done else {},
        noted={"rows": noted} if noted else {},
    ).save()


def end_returned(letter: Redirected, envelope: Envelope, by: Reader) -> UUID | None:
    """A person at the right kommune has what we sent back: the copy here ends."""
    if envelope.sender.kind != "region":
        raise WrongSender("Bare en vakttelefon sier fra om det.")
    return returned_actions.end_copy(letter_id=letter.handover, by=by)


def store_trial(letter: TestConcern, envelope: Envelope, by: Reader) -> None:
    """A test is kept beside the inbox, never in it: nothing counts it."""
    if envelope.sender.kind != "region":
        raise WrongSender("Bare en vakttelefon sender prøver.")
    row = Trial(letter_id=envelope.id, reference=letter.reference[:20], origin=envelope.sender.id, at=envelope.sent_at)
    with once_per_letter(envelope, by):
        row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="inbox.trial", ids=[row.id])


@contextmanager
def once_per_letter(envelope: Envelope, by: Reader) -> Iterator[None]:
    """The post may read no concern, so the database says whether this letter has become one already. Then its sender
    may have lost the word that a person has opened it, and gets it anew."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        if "letter_id" not in (getattr(diag, "constraint_name", None) or ""):
            raise
        returned_actions.say_opened(letter_id=envelope.id, to=envelope.sender, by=by)
