"""A template from the region, kept beside those that the office has loaded until somebody takes it into use."""

from shared.codes.template_file import load_data
from shared.contracts import TemplateOffer as Letter
from shared.post.handlers import Envelope
from shared.registry.standing_queries import together
from tenants.risk.models import TemplateOffer
from varde.access import Reader
from varde.audit.actions import Action, record


class WrongSender(ValueError):
    """Somebody else than the region has sent a template; the letter stays in the post where it is seen."""


def _together(envelope: Envelope, by: Reader) -> bool:
    """As it was when the letter was sent, also of one that has become part of this kommune since."""
    return together(envelope.sender.id, envelope.recipient or by.office.id, envelope.sent_at)


def keep_offer(letter: Letter, envelope: Envelope, by: Reader) -> None:
    """Keep what the region sent, read as strictly as a file (BadTemplate); the same twice is kept once.

    It was the kommune's region as it sent it: what is under way when an agreement ends is not lost.
    """
    if envelope.sender.kind != "region" or not _together(envelope, by):
        raise WrongSender("Avsenderen er ikke kommunens region.")
    content = load_data(letter.text)
    if TemplateOffer.objects.filter(content=content, region=envelope.sender.name).exists():
        return
    row = TemplateOffer(
        **{name: content[name] for name in ("key", "version", "title")},
        content=content,
        region=envelope.sender.name,
        sent_at=letter.sent_at,
        letter_id=envelope.id,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="risk.offer", ids=[row.id])
