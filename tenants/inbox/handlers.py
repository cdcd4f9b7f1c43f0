"""Letters that become concerns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace

from django.db import IntegrityError, transaction

from shared.contracts import ConcernHandover
from shared.post.handlers import Envelope
from tenants.inbox import calls_known
from tenants.inbox.actions import Carried, receive
from tenants.inbox.told import Told
from varde.access.reader import Reader
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
    with once_per_letter():
        at = min(letter.taken_at, now())
        got = receive(told=told, channel="hotline", by=by, received_at=at, carried=carried)
        calls_known.tie_to_named(got.concern_id, letter.names_matter, by)


@contextmanager
def once_per_letter() -> Iterator[None]:
    """The post may read no concern, so the database says whether this letter has become one already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        if "letter_id" not in (getattr(diag, "constraint_name", None) or ""):
            raise
