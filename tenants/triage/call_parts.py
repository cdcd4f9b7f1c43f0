"""What is said in a call about a matter becomes a note of it; a later room takes those that have become a case."""

from tenants.inbox.models import Concern
from tenants.triage import notes_actions
from varde.access import Permission, Reader


def write(concern: Concern, text: str, by: Reader) -> bool:
    """For `calls_known`: False for whoever does not triage. Raises Refused in a matter that is over."""
    if not by.may(Permission.TRIAGE):
        return False
    notes_actions.write(concern=concern, text=text, by=by)
    return True
