"""What the leader team answers, laid beside the matter that it is about."""

from uuid import UUID

from shared.contracts import SystemMatterAnswer
from shared.post.handlers import Envelope
from tenants.raising import notices, states
from tenants.raising.models import Raised, RaisedWord
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


class NotOurs(ValueError):
    """An answer to a matter that this kommune has not sent to that office; it stays in the post where it is seen."""


def keep_answer(letter: SystemMatterAnswer, envelope: Envelope, by: Reader) -> UUID | None:
    """Keep it, once however often the letter is opened; the matter's state follows."""
    if RaisedWord.objects.filter(letter_id=envelope.id).exists():
        return letter.matter
    row = Raised.objects.select_for_update().filter(pk=letter.matter, region=envelope.sender.id).first()
    if row is None:
        raise NotOurs("Svaret gjelder ingen systemsak som er sendt dit.")
    RaisedWord(
        raised=row, way="in", said=letter.said, text=letter.text, meeting=letter.meeting[:200],
        decision=letter.decision[:200], measures={"measures": list(letter.measures)} if letter.measures else {},
        at=now(), by_name=envelope.sender.name[:200], letter_id=envelope.id,
    ).save(force_insert=True)  # fmt: skip
    row.state, row.changed_at = states.after(row.state, letter.said), now()
    row.version += 1
    row.over_at = now() if row.state == states.DECIDED else row.over_at
    row.save()
    record(by=by, action=Action.CHANGE, what="raising.matter", ids=[row.id], reason=letter.said)
    notices.answered(row, by.office)
    return row.id
