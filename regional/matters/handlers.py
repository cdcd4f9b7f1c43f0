"""System matters that come from the region's kommuner, and what they say of them later."""

from uuid import UUID

from regional.matters import notices, queries, states
from regional.matters.models import Matter, MatterWord
from shared.contracts import SystemMatter
from shared.post.handlers import Envelope
from shared.registry.standing_queries import party_of
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


class NotOurs(ValueError):
    """From an office that is no kommune of this region, or about a matter that never came; it stays in the post."""


def keep(letter: SystemMatter, envelope: Envelope, by: Reader) -> UUID | None:
    """Keep a matter or a word about one, once however often the letter is opened."""
    known = Matter.objects.filter(letter_id=envelope.id).first()
    if known is not None or MatterWord.objects.filter(letter_id=envelope.id).exists():
        return known.id if known else None
    row = _raised(letter, envelope, by) if letter.said == "raised" else _said(letter, envelope, by)
    notices.came(by.office)
    return row.id


def _raised(letter: SystemMatter, envelope: Envelope, by: Reader) -> Matter:
    """A new one, also when the same was sent back before: what was sent back is gone, and stays so."""
    party = party_of(envelope.sender.id, envelope.sent_at)
    if party is None or party.region != by.office.id or letter.raised is None:
        raise NotOurs("Avsenderen var ingen kommune i regionen da brevet ble sendt.")
    told, at = letter.raised, min(envelope.sent_at, now())
    row = Matter(
        kommune=envelope.sender.id, kommune_name=envelope.sender.name[:200], theirs=letter.matter,
        letter_id=envelope.id, title=told.title, what=told.what, tried=told.tried, wish=told.wish,
        category=told.category[:40], urgency=told.urgency, doubts=dict(letter.doubts), state=states.NEW,
        received_at=at, changed_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="matters.matter", ids=[row.id])
    return row


def _said(letter: SystemMatter, envelope: Envelope, by: Reader) -> Matter:
    """More about it, that the kommune needs no answer any more, or that its text must go.

    Also from one that has left the cooperation."""
    rows = Matter.objects.select_for_update().filter(kommune__in=envelope.senders, theirs=letter.matter)
    row = rows.order_by("-received_at").first()
    if row is None:
        raise NotOurs("Brevet gjelder ingen systemsak herfra.")
    MatterWord(
        matter=row, way="in", said=letter.said, text="" if row.state == states.SENT_BACK else letter.text, at=now(),
        by_name=row.kommune_name, letter_id=envelope.id, doubts=dict(letter.doubts),
    ).save(force_insert=True)  # fmt: skip
    row.changed_at, row.version = now(), row.version + 1
    if letter.said == "withdrawn" and row.state != states.SENT_BACK:
        queries.emptied(row)
    if letter.said == "closed" and row.state not in (states.SENT_BACK, states.DECIDED):
        row.state, row.over_at, row.into = states.CLOSED, now(), None
        queries.set_free(row)
    row.save()
    record(by=by, action=Action.CHANGE, what="matters.matter", ids=[row.id], reason=letter.said)
    return row
