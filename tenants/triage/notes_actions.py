"""Writing of a matter before it is a case."""

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage.notes_models import Note
from tenants.triage.said import lay, take_going
from varde.access import Reader
from varde.refusal import Refused


@transaction.atomic
def write(*, concern: Concern, text: str, by: Reader) -> Note:
    """Add a note; it can never be changed. Raises Refused without a word and for a matter that is over."""
    held = take_going(concern, by)
    if not text.strip():
        raise Refused("Skriv noe i notatet.")
    return lay(Note(concern=held, text=text), what="triage.note", by=by)
