"""Who reported is closed, and shown for a reason that is kept: its code in the log, its words in the matter."""

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.inbox.replies_models import ReporterLook
from tenants.inbox.reporter_states import REASONS
from tenants.inbox.states import WrongMove
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@transaction.atomic
def look(*, concern: Concern, reason: str, text: str, by: Reader) -> ReporterLook:
    """Note why this person is shown who reported. The log gets the code alone: the words might name somebody.

    Raises Refused without a reason of the list and some words, WrongMove before anybody has opened the concern.
    """
    require(by, Permission.INBOX_READ)
    if concern.progress == "received":
        raise WrongMove("Åpne bekymringen før du ser hvem som meldte.")
    if by.user_id is None or reason not in dict(REASONS) or not text.strip():
        raise Refused("Velg en grunn, og skriv kort hvorfor du må vite hvem som meldte.")
    row = ReporterLook(concern=concern, reason=reason, text=text, at=now(), by_user=by.user_id, by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.VIEW, what="inbox.reporter", ids=[concern.id], reason=dict(REASONS)[reason])
    return row
