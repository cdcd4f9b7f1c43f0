"""The reporter writes back, and the team opens what was written. Nothing that was sent is refused for its number
before so much lies unopened that nobody could read it; then it is said, and the text stays with the one who wrote."""

from django.db import IntegrityError, transaction

from tenants.inbox import limits, receipts, replies_queries, tasks
from tenants.inbox.access import concern_with_receipt
from tenants.inbox.models import Concern
from tenants.inbox.queries import Followed
from tenants.inbox.replies_models import ReporterReply
from tenants.inbox.states import WrongMove
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.refusal import Refused

REPLY_LIMIT = 5_000
MOST_UNREAD = 50
_TOO_FAST = "Det er skrevet mange meldinger på kort tid. Denne er ikke sendt. Send den om et minutt. Haster det, ring."
_DELETED = "Det som var meldt, er slettet etter reglene. Meld fra på nytt hvis det har skjedd noe."


@transaction.atomic
def write_back(*, code: str, text: str, client_key: str, by: Reader) -> Followed:
    """Store a message from whoever holds the receipt; sent twice with the same key and words it is the same message.

    Raises Http404 for a code that is none, Refused with a sentence when too many lie unopened or come at once.
    """
    found = concern_with_receipt(by, code)
    chosen = receipts.client_key_id(by.office, f"svar\x1f{found.id}\x1f{client_key}\x1f{text}")
    if ReporterReply.objects.filter(id=chosen).exists():
        return found
    if limits.wait_for_reply(by.office.id, found.id) is not None:
        raise Refused(_TOO_FAST)
    if replies_queries.unread(found.id) >= MOST_UNREAD:
        raise Refused(
            f"Teamet har ikke åpnet de siste {MOST_UNREAD} meldingene dine ennå. Denne er ikke sendt. Haster det, ring."
        )
    try:
        with transaction.atomic():
            ReporterReply(id=chosen, concern_id=found.id, text=text, at=now()).save(force_insert=True)
    except IntegrityError:  # the same message a moment ago
        return found
    except Destroyed as error:
        raise Refused(_DELETED) from error
    record(by=by, action=Action.CREATE, what="inbox.receipt.reply", ids=[found.id])
    transaction.on_commit(lambda: tasks.something_new.ring_once_a(30, by.office), robust=True)
    return found


@transaction.atomic
def open_them(*, concern: Concern, by: Reader) -> int:
    """A named person opens what the reporter wrote; from now on the reporter sees that. Returns how many were new."""
    require(by, Permission.INBOX_READ)
    if concern.progress == "received":
        raise WrongMove("Åpne bekymringen før du åpner meldingene.")
    rows = list(ReporterReply.objects.select_for_update().filter(concern=concern, read_at__isnull=True))
    for row in rows:
        row.read_at, row.read_by, row.read_by_name = now(), by.user_id, by.name[:200]
        row.save(update_fields=["read_at", "read_by", "read_by_name"])
    if rows:
        record(by=by, action=Action.CHANGE, what="inbox.receipt.reply", ids=[concern.id])
    return len(rows)
