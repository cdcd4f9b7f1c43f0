"""What a kommune says of its start, and that it asks for a test concern."""

from regional.delivery.actions import answer_test
from regional.onboarding.models import Health
from shared.codes.starting import by_code
from shared.contracts import OfficeHealth, TestAsked
from shared.post.handlers import Envelope
from varde.access import Reader
from varde.audit.actions import Action, record


class NotOurs(ValueError):
    """From somebody who is no kommune, or of steps that nobody knows; the letter stays in the post where it is seen."""


def store_health(letter: OfficeHealth, envelope: Envelope, by: Reader) -> None:
    """Kept as it came, once. Who sent it is what the envelope says. Steps that this edition lacks are left out."""
    if envelope.sender.kind != "kommune":
        raise NotOurs("Bare en kommune sier hvor langt den er kommet.")
    if Health.objects.filter(id=envelope.id).exists():
        return
    known = by_code()
    row = Health(
        id=envelope.id, kommune=envelope.sender.id, as_of=letter.as_of, list_version=letter.list_version[:20],
        steps={code: state for code, state in letter.steps.items() if code in known}, team=letter.team,
        certified=letter.certified, trained=letter.trained, police=letter.police, started_on=letter.started_on,
    )  # fmt: skip
    row.save()
    record(by=by, action=Action.CREATE, what="onboarding.kommune", ids=[row.kommune])


def answer_asked(_letter: TestAsked, envelope: Envelope, by: Reader) -> None:
    """The test goes at once, and is followed among the others that the phone has sent."""
    answer_test(to=envelope.sender, by=by)
