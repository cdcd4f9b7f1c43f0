"""A release of the region, kept as it came; and the word that one is withdrawn."""

from shared.contracts import ReleaseGiven, ReleaseWithdrawn
from shared.contracts.fields import to_json
from shared.post.handlers import Envelope
from shared.registry.standing_queries import together
from tenants.returns.received_models import ReceivedRelease, WithdrawnRelease
from varde.access import Reader
from varde.audit.actions import Action, record


class WrongSender(ValueError):
    """Somebody else than the region has sent figures; the letter stays in the post where it is seen."""


def _check(envelope: Envelope, by: Reader) -> None:
    """It was the kommune's region as it sent it: what is under way when an agreement ends is not lost."""
    recipient = envelope.recipient or by.office.id
    if envelope.sender.kind != "region" or not together(envelope.sender.id, recipient, envelope.sent_at):
        raise WrongSender("Avsenderen er ikke kommunens region.")


def keep_release(letter: ReleaseGiven, envelope: Envelope, by: Reader) -> None:
    """Keep what the region has given out; the same release twice is kept once."""
    _check(envelope, by)
    if ReceivedRelease.objects.filter(region=envelope.sender.id, number=letter.number).exists():
        return
    whole: object = to_json(ReleaseGiven, letter, "letter")
    row = ReceivedRelease(
        region=envelope.sender.id,
        region_name=envelope.sender.name[:200],
        number=letter.number,
        period=letter.period,
        given_at=letter.given_at,
        approved_by=letter.approved_by[:200],
        content={"tables": whole["tables"]} if isinstance(whole, dict) else {},
        letter_id=envelope.id,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="returns.release", ids=[row.id])


def keep_withdrawn(letter: ReleaseWithdrawn, envelope: Envelope, by: Reader) -> None:
    """Keep the word; also of a release that has not come yet."""
    kept = ReceivedRelease.objects.filter(region=envelope.sender.id, number=letter.number).exists()
    if not kept:  # who has left the region since still shows what it was given
        _check(envelope, by)
    if WithdrawnRelease.objects.filter(region=envelope.sender.id, number=letter.number).exists():
        return
    row = WithdrawnRelease(
        region=envelope.sender.id, number=letter.number, withdrawn_at=letter.withdrawn_at, letter_id=envelope.id
    )
    row.save()
    record(by=by, action=Action.CREATE, what="returns.release", ids=[row.id], reason="trukket tilbake")
