"""The kommune's answer comes home."""

from regional.cooperation import steps_actions
from shared.contracts import AgreementAnswer
from shared.post.handlers import Envelope
from varde.access import Reader


def answered(letter: AgreementAnswer, envelope: Envelope, by: Reader) -> None:
    """As `steps_actions.answered`."""
    steps_actions.answered(letter, envelope, by)
