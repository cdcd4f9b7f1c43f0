"""What a region writes of the agreement is kept as it came, and those who may answer are told."""

from shared.contracts import AgreementNotice
from shared.contracts.fields import to_json
from shared.post.handlers import Envelope
from tenants.starting import notices
from tenants.starting.models import Notice
from varde.access import Reader
from varde.audit.actions import Action, record


class NotARegion(ValueError):
    """Only a region writes of an agreement; the letter stays in the post where it is seen."""


def store_notice(letter: AgreementNotice, envelope: Envelope, by: Reader) -> None:
    """Kept once, whatever often the letter comes."""
    if envelope.sender.kind != "region":
        raise NotARegion("Bare en region skriver om avtalen.")
    if Notice.objects.filter(id=envelope.id).exists():
        return
    row = Notice(
        id=envelope.id, agreement=letter.agreement, region=envelope.sender.id, asks=letter.asks,
        content=to_json(AgreementNotice, letter, "letter"), sent_at=letter.sent_at,
    )  # fmt: skip
    row.save()
    record(by=by, action=Action.CREATE, what="starting.agreement", ids=[row.id])
    notices.agreement_came(by.office)
